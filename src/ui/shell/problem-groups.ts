/** Problems by what they are and where: a handler that throws for every request says one thing, not a thousand. */
import { isCodeProblem } from '../../model/problem';
import type { RunProblem } from '../../state/run-machine';

export interface ProblemGroup {
  readonly id: string;
  /** The first one. */
  readonly problem: RunProblem;
  readonly count: number;
  /** The lanes in which it was met; none for one that keeps the scenario from running. */
  readonly variants: ReadonlySet<string | null>;
}

/** In the order of their first ones. */
export function problemGroups(problems: readonly RunProblem[]): readonly ProblemGroup[] {
  const found = new Map<
    string,
    { readonly id: string; readonly problem: RunProblem; count: number; readonly variants: Set<string | null> }
  >();
  for (const problem of problems) {
    const place = isCodeProblem(problem) ? `${problem.file}:${problem.line}` : problem.path;
    const id = `${problem.key} ${place}`;
    let group = found.get(id);
    if (!group) found.set(id, (group = { id, problem, count: 0, variants: new Set() }));
    group.count += 1;
    if (problem.variant !== undefined) group.variants.add(problem.variant);
  }
  return [...found.values()];
}
