/**
 * `t(key, params)` in the language of the page. Each feature has one file in `en/` and `zh/` with flat, whole keys
 * (`"stage.waiting": "{{count}} waiting"`). English comes with the page, Chinese is loaded when it is first wanted.
 */
import { createInstance } from 'i18next';
import { createSubscriber } from 'svelte/reactivity';
import type { Language } from '../model/lesson';
import type { Problem } from '../model/problem';
import { english } from './english';
import { HTML_LANG } from './languages';
import { problemSentence } from './problem-sentence';

const i18n = createInstance();
void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false }, // Svelte escapes what it writes
  resources: { en: { translation: english } },
});

const subscribe = createSubscriber((update) => {
  i18n.on('languageChanged', update);
  return () => i18n.off('languageChanged', update);
});

/** Text for people. Whoever reads it in markup or in an effect is told when the language changes. */
export function t(key: string, params: Readonly<Record<string, string | number>> = {}): string {
  subscribe();
  return i18n.t(key, params);
}

/** The sentence of a problem in the language of the page. */
export function problemText(problem: Problem): string {
  return problemSentence(problem, language.current);
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
