/** A problem as a sentence, without the page: the command line and the tests use this too. */
import type { Language } from '../model/lesson';
import type { Problem } from '../model/problem';
import { filled } from './filled';
import { HTML_LANG } from './languages';
import problems from './problems.json';

const SENTENCES: Readonly<Record<string, Readonly<Record<Language, string>>>> = problems;

/** The sentence of a problem with its values filled in; the path is left to the caller. An unknown key is shown as it is. */
export function problemSentence(problem: Problem, language: Language): string {
  const sentence = SENTENCES[problem.key]?.[language];
  if (sentence === undefined) return `${problem.key} ${JSON.stringify(problem.params)}`;
  const params = Object.entries(problem.params).map(([name, value]) => [
    name,
    typeof value === 'number' ? grouped(value, language) : value,
  ]);
  return filled(sentence, Object.fromEntries(params));
}

/** A number with the separators of thousands that make 1,000,000 readable; no digit is rounded away. */
function grouped(value: number, language: Language): string {
  return value.toLocaleString(HTML_LANG[language], { useGrouping: 'min2', maximumFractionDigits: 20 });
}
