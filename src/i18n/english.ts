/** All English words: the language every other one falls back to. */
const files = import.meta.glob<Record<string, string>>('./en/*.json', { eager: true, import: 'default' });

export const english: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(files));
