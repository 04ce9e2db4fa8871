/** What an example is found by: all that its card says, and the words of the field for it, in English and in the language of the page. */
import { inEnglish, t } from '../../i18n/t.svelte';
import { fieldWordsOf } from '../../lesson/example-words';

export function searchText(group: string, name: string): string {
  const keys = [`examples.${name}`, `examples.${name}.about`, `examples.group.${group}`];
  return [name, ...keys.flatMap((key) => [t(key), inEnglish(key)]), fieldWords(name)].join(' ').toLowerCase();
}

/** The words of the field for an example that its card does not say. */
export function fieldWords(name: string): string {
  return fieldWordsOf(name)
    .flatMap((id) => [t(`examples.words.${id}`), inEnglish(`examples.words.${id}`)])
    .join(' ');
}

/** Whether a text, in small letters, has every word of a query, in any order. One is asked for by many, too: “consumer groups” finds “consumer group”. */
export function isFound(query: string, text: string): boolean {
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word) || (/\w{3}s$/.test(word) && text.includes(word.slice(0, -1))));
}
