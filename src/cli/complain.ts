/** Problems on the terminal, each with its place. */
import { problemSentence } from '../i18n/problem-sentence';
import { isCodeProblem, type Problem } from '../model/problem';

/** Returns the exit status of a bad scenario. */
export function complain(path: string, problems: readonly Problem[]): number {
  for (const problem of problems) process.stderr.write(`${path}: ${sentence(problem)}\n`);
  return 1;
}

export function sentence(problem: Problem): string {
  const place = isCodeProblem(problem) && problem.file !== '' ? `${problem.file}:${problem.line}:${problem.column}` : problem.path;
  return `${place ? `${place}: ` : ''}${problemSentence(problem, 'en')}`;
}
