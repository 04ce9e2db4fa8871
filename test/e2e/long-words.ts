/**
 * A language of long words for the tests: every English text of the page, accented, a good third longer, in brackets. It takes the
 * place of the Chinese chunk on its way to the browser, so that the page that is tested is the page that is shipped.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { BrowserContext } from 'playwright-core';

export type Words = Readonly<Record<string, string>>;

const ACCENTED: Readonly<Record<string, string>> = {
  a: 'åå',
  e: 'éé',
  i: 'îî',
  o: 'öö',
  u: 'üü',
  A: 'ÅÅ',
  E: 'ÉÉ',
  I: 'ÎÎ',
  O: 'ÖÖ',
  U: 'ÜÜ',
  c: 'ç',
  h: 'ĥ',
  n: 'ñ',
  s: 'š',
  t: 'ť',
  y: 'ý',
};

/** Letters become longer; places for values stay as they are. */
export function lengthened(text: string): string {
  const parts = text.split(/(\{\{.*?\}\})/);
  const long = parts.map((part) => (part.startsWith('{{') ? part : part.replace(/[A-Za-z]/g, (letter) => ACCENTED[letter] ?? letter)));
  return `[${long.join('')}]`;
}

/** All words of the page in a language. */
export function wordsOf(language: 'en' | 'zh'): Words {
  const files = readdirSync(`src/i18n/${language}`).map(
    (file) => JSON.parse(readFileSync(`src/i18n/${language}/${file}`, 'utf8')) as Words,
  );
  return Object.assign({}, ...files) as Words;
}

export const longWords: Words = Object.fromEntries(Object.entries(wordsOf('en')).map(([key, text]) => [key, lengthened(text)]));

/** From now on, who asks for the Chinese words in this context gets the long ones. Service workers must be blocked in it. */
export async function speakLongWords(context: BrowserContext): Promise<void> {
  await context.route(/\/assets\/chinese-[^/]*\.js$/, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `export const chinese = ${JSON.stringify(longWords)}; export const shippedNames = {};`,
    }),
  );
}
