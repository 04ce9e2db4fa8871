/** The rules of `eslint.config.js` that keep runs repeatable, each shown to bite. */
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const eslint = new ESLint();

async function complaints(path: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: path });
  return (result?.messages ?? []).map(({ ruleId, message }) => `${String(ruleId)}: ${message}`);
}

test.each([
  ['a clock', 'src/sim/probe.ts', 'export const now = () => Date.now();', /no-restricted-globals.*parameter/],
  ['chance', 'src/world/probe.ts', 'export const luck = () => Math.random();', /no-restricted-properties.*stream/],
  ['a timer', 'src/handlers/probe.ts', 'setTimeout(() => 1, 5);', /no-restricted-globals.*virtual/],
  ['a native promise', 'src/metrics/probe.ts', 'export const soon = Promise.resolve(1);', /no-restricted-globals.*virtual/],
  ['unequal mathematics', 'src/machines/probe.ts', 'export const y = Math.exp(1.5);', /no-restricted-properties.*portable/],
  ['a power', 'src/model/probe.ts', 'export const square = (x: number) => x ** 2;', /no-restricted-syntax.*Multiply/],
  ['mathematics by another name', 'src/sim/probe.ts', 'export const { sqrt } = Math;', /no-restricted-syntax.*each use/],
  ['an order of words', 'src/lesson/probe.ts', "export const order = 'a'.localeCompare('b');", /no-restricted-properties.*Compare with/],
  ['a room above', 'src/model/probe.ts', "import { x } from '../world/run';\nexport const y = x;", /no-restricted-imports.*must not know/],
  [
    'the simulator in a view',
    'src/ui/stage/probe.ts',
    "import { x } from '../../sim/kernel';\nexport const y = x;",
    /no-restricted-imports.*must not know/,
  ],
  ['a message left on the console', 'src/state/probe.ts', "console.log('here');", /no-console/],
])('%s is caught, and the message says what to do', async (_what, path, code, expected) => {
  expect(await complaints(path, code)).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
});

test.each([
  ['exact powers of two', 'src/model/probe.ts', 'export const max = 2 ** 32 - 1;'],
  ['clocks where the page is', 'src/state/probe.ts', 'export const now = () => Date.now();'],
  ['sines of shapes', 'src/geometry/probe.ts', 'export const y = Math.sin(1);'],
])('%s are allowed', async (_what, path, code) => {
  expect(await complaints(path, code)).toEqual([]);
});
