/** No code of a learner's runs on for ever, and nothing it can write catches what ends it. */
import { expect, it } from 'vitest';
import { failureOf } from './virtual-run';

const ENDLESS: Record<string, string> = {
  while: 'while (true) {}',
  'while without a body': 'while (true);',
  for: 'for (;;);',
  do: 'do; while (1)',
  label: 'l: for (;;) continue l',
  await: 'for (;;) await null',
  'for of an endless generator': 'for (const x of (function* () { for (;;) yield 1 })());',
  'for await': 'for await (const x of { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false }) }) });',
  'catch around it': 'for (;;) try { for (;;); } catch {} finally {}',
  'a pattern in catch': 'try { for (;;); } catch ({ message }) { return message }',
  'finally that returns': 'try { for (;;); } finally { return 1 }',
  'finally that awaits': 'try { for (;;); } finally { await null }',
  'finally in a loop': 'for (;;) { try { for (;;); } finally { continue } }',
  'awaited and caught': 'const f = async () => { for (;;); }; try { await f() } catch {} return f().catch(String)',
  'caught by a callback': 'return Promise.allSettled([(async () => { for (;;); })()])',
  'a promise constructor': 'new Promise(() => { for (;;); }); await null',
  'then that feeds itself': 'const again = () => Promise.resolve().then(again); again(); await new Promise(() => {})',
  microtasks: 'const again = () => queueMicrotask(again); again()',
  thenable: 'const t = { then(r) { r(t) } }; await t',
  'a getter': 'const o = { get x() { for (;;); } }; try { o.x } catch {}',
  'a toString': 'const o = { toString() { for (;;); } }; try { `${o}` } catch {}',
  'a static block': 'class A { static { for (;;); } }',
  'a field': 'class A { x = (() => { for (;;); })() } new A()',
  'expression bodies': 'const f = (n) => n > 0 ? [1, 2, 3].map(() => f(n - 1)) : 0; f(400)',
  'sort with a comparator': 'for (;;) [3, 2, 1].sort((a, b) => a - b)',
};

it.each(Object.entries(ENDLESS))('ends %s', (_name, body) => {
  expect(failureOf(`export async function onTick() {\n${body}\n}`)).toMatchObject({
    key: 'problem.stepLimit',
    params: { max: 10_000 },
    file: 'greeter.ts',
    line: 2,
    atMicros: 5,
  });
});

const BOTTOMLESS: Record<string, string> = {
  function: 'const f = function () { f() }; f()',
  arrow: 'const f = () => f(); try { f() } catch { return 1 }',
  method: 'const o = { m() { return o.m() } }; try { o.m() } catch {} finally { return 1 }',
  getter: 'const o = { get x() { return o.x } }; try { o.x } catch {}',
  mutual: 'const a = () => b(), b = () => a(); try { a() } catch ({ message }) { return message }',
  callback: '[1].forEach(function g() { [1].forEach(g) })',
  'async function': 'const f = async () => { await f() }; try { await f() } catch {}',
  'async function without await': 'const f = async () => f(); return f().catch(() => 1)',
  'async generator': 'async function* g() { yield* g() } for await (const x of g());',
  constructor: 'class A { constructor() { new A() } } try { new A() } catch {}',
  'field of a class': 'class A { x = new A() } try { new A() } catch {}',
  'default of a parameter': 'const f = (a = f()) => a; try { f() } catch {}',
  'sync generator': 'function* g() { yield* g() } try { [...g()] } catch {}',
  toString: 'const o = { toString() { return "" + o } }; try { `${o}` } catch {}',
};

it.each(Object.entries(BOTTOMLESS))('ends a bottomless %s', (_name, body) => {
  expect(failureOf(`export async function onTick() {\n${body}\n}`, 1_000_000)).toMatchObject({
    key: 'problem.callDepth',
    file: 'greeter.ts',
    line: 2,
  });
});

it('leaves deep but finite calls alone', () => {
  const deep =
    'const sum = (n) => n === 0 ? 0 : n + sum(n - 1); const later = async (n) => n === 0 ? 0 : n + await later(n - 1); if (sum(900) + await later(400) !== 485650) throw new Error("wrong")';
  expect(failureOf(`export async function onTick() {\n${deep}\n}`)).toBeUndefined();
});

it('fits the deepest calls on the stack, however many variables they hold', () => {
  const names = Array.from({ length: 60 }, (_, index) => `v${index}`);
  const wide = `const f = (n) => { const ${names.map((name) => `${name} = n + 1`).join()}; return n === 0 ? 0 : f(n - 1) + ${names.join(' + ')} }; f(990)`;
  expect(failureOf(`export async function onTick() {\n${wide}\n}`)).toBeUndefined();
  const wideLater = `const f = async (n) => { const ${names.map((name) => `${name} = n + 1`).join()}; return n === 0 ? 0 : await f(n - 1) + ${names.join(' + ')} }; await f(490)`;
  expect(failureOf(`export async function onTick() {\n${wideLater}\n}`)).toBeUndefined();
});

it('gives each turn a fresh budget', () => {
  const source = 'export function onTick() { for (let i = 0; i < 90; i++); }';
  expect(failureOf(source, 100)).toBeUndefined();
  expect(failureOf(source, 80)).toMatchObject({ key: 'problem.stepLimit', params: { max: 80 }, line: 1 });
  expect(failureOf(source, 100)).toBeUndefined();
});

it('ends an endless top level', () => {
  expect(failureOf('const a = 1\nwhile (a) {}\nexport const onTick = () => a')).toMatchObject({ key: 'problem.stepLimit', line: 2 });
});
