/** Which language of the page a browser asks for. */
import { LANGUAGES, type Language } from '../model/lesson';

/** What `<html lang>` says for each. */
export const HTML_LANG: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

/** The first of the browser's wishes that the page speaks: any Chinese gives `zh`, any English `en`; English when none fits. */
export function languageOfBrowser(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const primary = wish.toLowerCase().split('-')[0];
    if (primary === 'zh' || primary === 'en') return primary;
  }
  return 'en';
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}
