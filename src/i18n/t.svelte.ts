/**
 * `t(key, params)` in the language of the page. Each feature has one file in `en/` and `zh/` with flat, whole keys
 * (`"stage.waiting": "{{count}} waiting"`). The English of the first picture comes with the page, the rest of it right after,
 * Chinese when it is first wanted.
 */
import { createInstance } from 'i18next';
import { createSubscriber } from 'svelte/reactivity';
import type { Language } from '../model/lesson';
import type { Problem } from '../model/problem';
import { english } from './english';
import { HTML_LANG } from './languages';

const i18n = createInstance();
void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false }, // Svelte escapes what it writes
  parseMissingKeyHandler: (key) => (later ? key : ''), // what is not there yet is not shown by its key
  resources: { en: { translation: english } },
});

type Later = typeof import('./later');
let later: Later | undefined;
let coming: Promise<Later> | undefined;

/** Loads the words beyond the first picture, once; whoever has shown text is told. Rejects when they cannot be loaded; the next call tries again. */
export function laterWords(): Promise<unknown> {
  coming ??= import('./later').then(
    (words) => {
      later = words;
      i18n.addResourceBundle('en', 'translation', words.english, true);
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

const subscribe = createSubscriber((update) => {
  i18n.on('languageChanged', update);
  i18n.store.on('added', update);
  return () => {
    i18n.off('languageChanged', update);
    i18n.store.off('added', update);
  };
});

/** Text for people. Whoever reads it in markup or in an effect is told when the language changes. */
export function t(key: string, params: Readonly<Record<string, string | number>> = {}): string {
  subscribe();
  return i18n.t(key, params);
}

/** The sentence of a problem in the language of the page; empty for the moment until the sentences are loaded. */
export function problemText(problem: Problem): string {
  if (!later) void laterWords().catch(() => undefined);
  return later?.problemSentence(problem, language.current) ?? '';
}

export const language = {
  get current(): Language {
    subscribe();
    return i18n.language as Language;
  },
  /** Resolves when the words are there and shown. Rejects when the words cannot be loaded; the language then stays as it was. */
  async set(next: Language): Promise<void> {
    if (next === 'zh' && !i18n.hasResourceBundle('zh', 'translation')) {
      const { chinese } = await import('./chinese');
      i18n.addResourceBundle('zh', 'translation', chinese);
    }
    await i18n.changeLanguage(next);
    if (typeof document !== 'undefined') document.documentElement.lang = HTML_LANG[next];
  },
};
