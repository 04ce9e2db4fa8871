/** Where an engine does not let the legacy properties of `RegExp` go, as Firefox does not. A thread plays such an engine. */
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import script from './locked-thread?bundle';
import type { Answer } from './locked-thread';

const STUBBORN = `for (const key of ['input', '$1', 'lastMatch']) Object.defineProperty(RegExp, key, { configurable: false });\n`;

let thread: Worker;

beforeAll(() => {
  thread = new Worker(STUBBORN + script, { eval: true });
});
afterAll(() => thread.terminate());

function run(code: string): Promise<string> {
  return new Promise((resolve, reject) => {
    thread.once('message', ({ value }: Answer) => resolve(value));
    thread.once('error', reject);
    thread.postMessage({ id: 1, code });
  });
}

it.each([
  [
    'the last match is not told',
    `/(secret)/.exec('secret'); return [RegExp.$1, RegExp.input, RegExp.lastMatch, RegExp['$&']].join()`,
    ',,,',
  ],
  ['nor by what made a literal', `const made = /(a)/; made.exec('a'); return String(made['const' + 'ructor'].$1)`, 'undefined'],
  ['a literal is made by RegExp', `return /a/['const' + 'ructor'] === RegExp && /a/ instanceof RegExp`, 'true'],
  ['text and flags', `return String(new RegExp('a(.)', 'gi')) + RegExp('b').exec('abc').index`, '/a(.)/gi1'],
  [
    'without new, its own is given back',
    `const own = /a/; return [RegExp(own) === own, new RegExp(own) === own, RegExp(own, 'g').flags]`,
    'true,false,g',
  ],
  ['a class may extend it', `class Own extends RegExp {} return new Own('x') instanceof Own && new Own('(x)').exec('x')[1]`, 'x'],
  ['name and length', `return RegExp.name + RegExp.length + (RegExp[Symbol.species] === RegExp)`, 'RegExp2true'],
  [
    'text is split and replaced',
    `return 'a1b2'.split(/\\d/) + 'a1'.replace(/(\\d)/, '<$1>') + [...'xx'.matchAll(/x/g)].length`,
    'a,b,a<1>2',
  ],
])('%s', async (_what, code, expected) => expect(await run(code)).toBe(expected));
