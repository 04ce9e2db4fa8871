/** All Chinese words as one module, so that one dynamic import brings them. */
const files = import.meta.glob<Record<string, string>>('./zh/*.json', { eager: true, import: 'default' });

export const chinese: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(files));

/** What the shipped scenarios are called, and their lanes, by the English name in their files. */
export { default as shippedNames } from './shipped-names.json';
