import { describe, expect, it } from 'vitest';
import { compile } from '../../src/handlers/compile';

function problemsOf(source: string) {
  const compiled = compile(source, 'greeter.ts');
  return compiled.ok ? [] : compiled.problems.map(({ key, params, line, column }) => ({ key, params, line, column }));
}

function codeOf(source: string): string {
  const compiled = compile(source, 'greeter.ts');
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.module.code;
}

describe('compile', () => {
  it('names the exported handlers, however they are exported', () => {
    const exportsOf = (source: string) => {
      const compiled = compile(source, 'a.ts');
      return compiled.ok && compiled.module.exports;
    };
    expect(exportsOf('export async function onRequest() {}\nexport const onMessage = async () => {}, onTick = () => 1')).toEqual([
      'onRequest',
      'onMessage',
      'onTick',
    ]);
    expect(exportsOf('async function tick() {}\nexport { tick as onTick }')).toEqual(['onTick']);
    expect(exportsOf('const a = 1')).toEqual([]);
  });

  it('keeps every line where it was', () => {
    const source = [
      "import type { Ctx } from 'async-lab'",
      'interface Order {',
      '  id: number',
      '}',
      'const wait = async (',
      '  ms: number,',
      ') => { // a comment with => in it',
      '  await',
      '    sleepFor(ms)',
      '}',
      'function sleepFor(ms: number) { return ms as number }',
      'class A<T> { async m() {',
      '  for await (const { a,',
      '     b } of [] as Order[]) { mark(13) }',
      '  try { mark(14) } catch ({',
      '    message }) { mark(15) }',
      '} }',
      'const o = {',
      '  async a() { mark(18) },',
      '  async *b() { yield mark(19) },',
      '}',
      'const mark = (line: number) => line',
      'export const onTick = async () => { mark(22); await wait(1); o; A }',
    ].join('\n');
    const lines = codeOf(source).split('\n');
    source.split('\n').forEach((line, index) => {
      const marked = /mark\(\d+\)/.exec(line)?.[0];
      if (marked) expect(lines[index]).toContain(marked);
    });
    expect(lines.length).toBe(source.split('\n').length + 1);
  });

  it('maps a place in the code back to its line and column, past types and insertions', () => {
    const source =
      'type A = string\nexport async function onTick(ctx: Ctx): Promise<void> {\n  const x: number = await ctx.sleep(1); boom(x)\n}\ndeclare function boom(x: number): void';
    const compiled = compile(source.replace('declare function boom(x: number): void', 'function boom(x: number): void {}'), 'a.ts');
    if (!compiled.ok) throw new Error('refused');
    const line = compiled.module.code.split('\n')[2]!;
    expect(compiled.module.placeOf(3, line.indexOf('boom(x)') + 1)).toEqual({ line: 3, column: 41 });
    expect(compiled.module.placeOf(3, line.indexOf('ctx.sleep') + 1)).toEqual({ line: 3, column: 27 });
  });

  it('takes imports of types and of the helpers', () => {
    expect(
      problemsOf(
        "import type { Ctx } from 'async-lab'\nimport { Request } from 'async-lab'\nimport { seconds } from 'async-lab'\nexport const onTick = (ctx: Ctx, r: Request) => ctx.work(seconds(1))",
      ),
    ).toEqual([]);
  });

  it.each([
    ["import fs from 'node:fs'\nfs.x", 'problem.codeImport', { from: 'node:fs' }, 1, 1],
    ["\nimport { Ctx } from 'async-lab'; new Ctx()", 'problem.codeImport', { from: 'async-lab' }, 2, 1],
    ["const f = () =>\n  import('x')", 'problem.codeNotTaken', { what: 'import()' }, 2, 3],
    ["export * from 'x'", 'problem.codeImport', { from: 'x' }, 1, 1],
    ["export { a } from 'x'", 'problem.codeImport', { from: 'x' }, 1, 1],
    ['export default async function () {}', 'problem.codeDefaultExport', { wanted: 'onRequest, onStream, onMessage, onTick' }, 1, 1],
    ['export function onRequst() {}', 'problem.codeExport', { name: 'onRequst', wanted: 'onRequest, onStream, onMessage, onTick' }, 1, 8],
    ['const a: number = 1; await a', 'problem.codeNotTaken', { what: 'await' }, 1, 22],
    ['for await (const x of []) x', 'problem.codeNotTaken', { what: 'await' }, 1, 1],
    ['const a = 1\n  debugger', 'problem.codeNotTaken', { what: 'debugger' }, 2, 3],
    ['const x: number = Date.now()', 'problem.codeUseInstead', { name: 'Date', use: 'ctx.now' }, 1, 19],
    ['const x = Math.random()', 'problem.codeUseInstead', { name: 'Math.random', use: 'ctx.random' }, 1, 11],
    ["const x = Math['random']()", 'problem.codeUseInstead', { name: 'Math.random', use: 'ctx.random' }, 1, 11],
    ['const x = Math.sin(1)', 'problem.codeUnavailable', { name: 'Math.sin' }, 1, 11],
    ['setTimeout(() => 1, 5)', 'problem.codeUseInstead', { name: 'setTimeout', use: 'ctx.sleep' }, 1, 1],
    ["fetch('/')", 'problem.codeUseInstead', { name: 'fetch', use: 'ctx.call' }, 1, 1],
    ['console.log(1)', 'problem.codeUseInstead', { name: 'console', use: 'ctx.log' }, 1, 1],
    ['crypto.randomUUID()', 'problem.codeUseInstead', { name: 'crypto', use: 'ctx.random' }, 1, 1],
    ['typeof performance', 'problem.codeUseInstead', { name: 'performance', use: 'ctx.now' }, 1, 8],
    ["eval('1')", 'problem.codeUnavailable', { name: 'eval' }, 1, 1],
    ["new Function('1')", 'problem.codeUnavailable', { name: 'Function' }, 1, 5],
    ["(() => 1).constructor('1')", 'problem.codeUnavailable', { name: '.constructor' }, 1, 11],
    ["'a'.localeCompare('b')", 'problem.codeUnavailable', { name: 'localeCompare' }, 1, 5],
    ['const x = nobody', 'problem.codeUnknownName', { name: 'nobody' }, 1, 11],
    ['arguments[0]', 'problem.codeUnavailable', { name: 'arguments' }, 1, 1],
    ['const f = () => { $steps.limit = Infinity }', 'problem.codeReservedName', { name: '$steps' }, 1, 19],
    ['const $task = 1', 'problem.codeReservedName', { name: '$task' }, 1, 7],
    ['const a = {}; const f = (k) => { a[k()] **= 2 }', 'problem.codeNotTaken', { what: '**=' }, 1, 34],
    ['class A { m() { return async () => { super.x = 1 } } }', 'problem.codeNotTaken', { what: 'super.x = …' }, 1, 38],
  ])('refuses %j', (source, key, params, line, column) => {
    expect(problemsOf(source)).toContainEqual({ key, params, line, column });
  });

  it.each([
    ['let x = ;', 1, 9],
    ['const a = 1\nfoo(', 2, undefined],
    ['const a = 1\nconst a = 2', 2, 7],
    ['with (Math) {}', 1, 1],
  ])('gives the place of a syntax error in %j', (source, line, column) => {
    expect(problemsOf(source)[0]).toMatchObject({ key: 'problem.codeSyntax', line, ...(column ? { column } : {}) });
  });

  it('leaves names alone that the file declares itself', () => {
    const source = `
      const Date = 1; function fetch(console, { process, a: [window] }) { return [console, process, window, arguments.length, Date] }
      class Intl {} try { fetch(1, { a: [] }) } catch (performance) { performance.x } for (const document of []) document
      const o = { Date, setTimeout: 1, get eval() { return this.setTimeout } }; o.eval; o.crypto; label: for (;;) break label
      const { navigator = 1, ...global } = o; var self = () => { var URL; return URL }; new Intl(); navigator; global; self
      switch (1) { case 1: let module = 1; module }
      const named = function alert() { return alert }; export const onTick = () => [named, e.constructor.name]; const e = new Error()`;
    expect(problemsOf(source)).toEqual([]);
  });

  it('reports every refusal in order, and only those', () => {
    expect(problemsOf('const a = Date\nconst b = fetch\nconst c = 1').map(({ line }) => line)).toEqual([1, 2]);
  });

  it('refuses a file that is too long', () => {
    expect(problemsOf(' '.repeat(100_001))[0]).toMatchObject({ key: 'problem.codeTooLong', params: { max: 100_000 } });
  });
});
