/**
 * `t(key, params)` in the language of the page. Each feature has one file in `en/` and `zh/` with flat, whole keys
 * (`"stage.waiting": "{{count}} waiting"`). The English of the first picture comes with the page, the rest of it right after,
 * Chinese when it is first wanted.
 */
import type { Language } from '../model/lesson';
import type { Problem } from '../model/problem';
import { english } from './english';
import { filled } from './filled';
import { HTML_LANG } from './languages';

type Words = Readonly<Record<string, string>>;
type Params = Readonly<Record<string, string | number>>;

/** By what the files of the shipped scenarios call them in English. */
let chineseNames: Words = {};
let current = $state.raw<Language>('en');
/** By language. Whoever has shown text reads this, and is told when words come. */
let dictionaries = $state.raw<Readonly<Record<Language, Words>>>({ en: english, zh: {} });
const pluralRules: Readonly<Record<Language, Intl.PluralRules>> = { en: new Intl.PluralRules('en'), zh: new Intl.PluralRules('zh') };

type Later = typeof import('./later');
let later = $state.raw<Later>();
let coming: Promise<Later> | undefined;

/** Loads the words beyond the first picture, once; whoever has shown text is told. Rejects when they cannot be loaded; the next call tries again. */
export function laterWords(): Promise<unknown> {
  coming ??= import('./later').then(
    (words) => {
      later = words;
      dictionaries = { ...dictionaries, en: { ...dictionaries.en, ...words.english } };
      return words;
    },
    (error: unknown) => {
      coming = undefined;
      throw error;
    },
  );
  return coming;
}

/** A part of the page that is loaded late, together with its words. */
export async function withWords<Part>(part: Promise<Part>): Promise<Part> {
  await laterWords();
  return part;
}

/** The text of a key in a language: with a `count`, in the plural form that the language has for it. */
function textIn(words: Words, spoken: Language, key: string, { count }: Params): string | undefined {
  if (typeof count !== 'number') return words[key];
  return words[`${key}_${pluralRules[spoken].select(count)}`] ?? words[`${key}_other`] ?? words[key];
}

/** Text for people. Whoever reads it in markup or in an effect is told when the language changes. What is not there yet is not shown by its key. */
export function t(key: string, params: Params = {}): string {
  const text = textIn(dictionaries[current], current, key, params) ?? textIn(dictionaries.en, 'en', key, params);
  return text === undefined ? (later ? key : '') : filled(text, params);
}

/** The English text: who searches the Chinese page may write either. Empty as long as it is not there. */
export function inEnglish(key: string, params: Params = {}): string {
  return filled(textIn(dictionaries.en, 'en', key, params) ?? '', params);
}

/** What a shipped scenario or a lane of one is called in the language of the page; what the learner has named stays as it is. */
export function scenarioName(name: string): string {
  return current === 'zh' ? (chineseNames[name] ?? name) : name;
}

/** The sentence of a problem in the language of the page; empty for the moment until the sentences are loaded. */
export function problemText(problem: Problem): string {
  if (!later) void laterWords().catch(() => undefined);
  return later?.problemSentence(problem, language.current) ?? '';
}

export const language = {
  get current(): Language {
    return current;
  },
  /** Resolves when the words are there and shown. Rejects when the words cannot be loaded; the language then stays as it was. */
  async set(next: Language): Promise<void> {
    if (next === 'zh' && Object.keys(dictionaries.zh).length === 0) {
      const { chinese, shippedNames } = await import('./chinese');
      dictionaries = { ...dictionaries, zh: chinese };
      chineseNames = shippedNames;
    }
    current = next;
    if (typeof document !== 'undefined') document.documentElement.lang = HTML_LANG[next];
  },
};
