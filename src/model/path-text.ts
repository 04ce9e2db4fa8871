/** How a place in a scenario file is written for people. */

export type PathKey = string | number;

/** `links[2].delay`, `variants["slow link"].seed`: the reader's own names, quoted where a dot or a space would mislead. */
export function pathText(path: readonly PathKey[]): string {
  let written = '';
  for (const key of path) {
    if (typeof key === 'number') written += `[${key}]`;
    else if (/^[\w$-]+$/.test(key)) written += written === '' ? key : `.${key}`;
    else written += `[${JSON.stringify(key)}]`;
  }
  return written;
}
