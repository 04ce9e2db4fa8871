/** Problems by what they are and where: a handler that throws for every request says one thing, not a thousand. */
import { isCodeProblem, type Problem } from '../../model/problem';

export interface ProblemGroup {
  readonly id: string;
  /** The first one. */
  readonly problem: Problem;
  readonly count: number;
}

/** In the order of their first ones. */
export function problemGroups(problems: readonly Problem[]): readonly ProblemGroup[] {
  const found = new Map<string, { readonly id: string; readonly problem: Problem; count: number }>();
  for (const problem of problems) {
    const place = isCodeProblem(problem) ? `${problem.file}:${problem.line}` : problem.path;
    const id = `${problem.key} ${place}`;
    const group = found.get(id);
    if (group) group.count += 1;
    else found.set(id, { id, problem, count: 1 });
  }
  return [...found.values()];
}
