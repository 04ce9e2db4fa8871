/** A problem as a sentence, without the page: the command line and the tests use this too. */
import type { Language } from '../model/lesson';
import type { Problem } from '../model/problem';
import { filled } from './filled';
import problems from './problems.json';

const SENTENCES: Readonly<Record<string, Readonly<Record<Language, string>>>> = problems;

/** The sentence of a problem with its values filled in; the path is left to the caller. An unknown key is shown as it is. */
export function problemSentence(problem: Problem, language: Language): string {
  const sentence = SENTENCES[problem.key]?.[language];
  if (sentence === undefined) return `${problem.key} ${JSON.stringify(problem.params)}`;
  return filled(sentence, problem.params);
}
