/** What a watched file says of its variables: each place that binds one, by where it is, never by its name. */
import { beforeEach, describe, expect, it } from 'vitest';
import { compile } from '../../src/handlers/compile';
import { beginTurn } from '../../src/handlers/handler-budget';
import { loadModule } from '../../src/handlers/load-module';
import { Probes } from '../../src/handlers/probes';
import type { SeenFile, SeenSite } from '../../src/model/seen-values';
import { clearJobs, drainJobs, fulfil, VirtualPromise } from '../../src/sim/virtual-promise';
import { evaluate } from './virtual-run';

beforeEach(() => clearJobs());

/** Runs `onTick` of a file once, or as often as `requests` says, each in the name of its own. */
function watch(source: string, { requests = [1], request = 0, untilMicros = 1_000 } = {}): SeenFile {
  const probes = new Probes({ untilMicros, request });
  const compiled = compile(source, 'a.ts', probes);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  let now = 0;
  probes.listen(() => now);
  const { onTick } = loadModule(compiled.module, evaluate, probes.globals);
  const waiting: VirtualPromise[] = [];
  const ctx = {
    later: () => {
      const promise = new VirtualPromise();
      waiting.push(promise);
      return promise;
    },
  };
  for (const id of requests) {
    now += 10;
    beginTurn(10_000);
    probes.inTheNameOf({ component: 'client', request: id }, () => onTick!(ctx));
    drainJobs();
  }
  for (let promise = waiting.shift(); promise; promise = waiting.shift()) {
    now += 10;
    beginTurn(10_000);
    fulfil(promise, { at: now });
    drainJobs();
  }
  return probes.files[0]!;
}

/** The sites that a name stands for, at its n-th place in the text. */
function sitesOf(source: string, seen: SeenFile, name: string, nth = 0): SeenSite[] {
  let at = -1;
  for (let count = 0; count <= nth; count++) {
    const found = new RegExp(`(?<!\\w|\\w\\.)${name}(?!\\w)`).exec(source.slice(at + 1));
    if (!found) throw new Error(`no ${name}`);
    at += 1 + found.index;
  }
  const before = source.slice(0, at).split('\n');
  const place = { line: before.length, column: before.at(-1)!.length + 1 };
  const found = seen.names.find(({ line, column }) => line === place.line && column === place.column);
  return (found?.sites ?? []).map((site) => seen.sites[site]!);
}

const textsOf = (source: string, name: string, nth = 0, options = {}): (string | undefined)[] =>
  sitesOf(source, watch(source, options), name, nth).map(({ last }) => last?.text);

const tick = (body: string): string => `export async function onTick(ctx: Ctx) {\n${body}\n}`;

describe('every way to bind a variable', () => {
  it.each([
    ['a declaration', 'const a: number = 1 + 1;', 'a', '2'],
    ['one without a value', 'let a;', 'a', 'undefined'],
    ['the second of a declaration', 'const z = 1, a = z + 1;', 'a', '2'],
    ['what an await gives', 'const a = await ctx.later();', 'a', '{ at: 20 }'],
    ['an object pattern', 'const { b: a, ...rest } = { b: 3, c: 4 };', 'a', '3'],
    ['the rest of it', 'const { b: a, ...rest } = { b: 3, c: 4 };', 'rest', '{ c: 4 }'],
    ['a default in a pattern', 'const [{ a = 7 } = {}] = [];', 'a', '7'],
    ['an assignment', 'let z; (z = 5).toFixed(); const a = z;', 'a', '5'],
    ['a parameter of an arrow', 'const f = (a: number) => a * 2; f(4);', 'a', '4'],
    ['a parameter without parentheses', '[1, 2].map(a => ({ a }));', 'a', '2'],
    ['a parameter with a default', 'function f({ a } = { a: 6 }) { return a; } f();', 'a', '6'],
    ['rest parameters', 'const f = (...a: number[]) => a.length; f(1, 2);', 'a', '[1, 2]'],
    ['a parameter after a directive', "function f(a) { 'use strict'\n return a; } f(8);", 'a', '8'],
    ['for of', 'for (const a of [1, 2, 3]) ctx;', 'a', '3'],
    ['for of over what is there', 'let a = 0; for (a of [1, 2]);', 'a', '2', 1],
    ['for in', 'for (const a in { x: 1 }) { ctx; }', 'a', '"x"'],
    ['for', 'for (let a = 0; a < 3; a++);', 'a', '0'],
    ['the step of a for', 'for (let a = 0; a < 3; a++);', 'a', '3', 2],
    ['for await', 'for await (const [a] of [ctx.later().then(() => [9])]) ctx;', 'a', '9'],
    ['catch', 'try { throw new RangeError("no"); } catch (a) { ctx; }', 'a', 'RangeError: "no"'],
    ['a pattern of catch', 'try { throw { m: [1] }; } catch ({ m: [a] }) { ctx; }', 'a', '1'],
    ['a method', 'class C { m(a) { return a; } async n(b) { return b; } } new C().m(2);', 'a', '2'],
    ['an async method', 'class C { async #n(b) { return b; } n() { return this.#n(3); } } await new C().n();', 'b', '3'],
    ['a constructor', 'class B {} class C extends B { constructor(a) { super(); } } new C(1);', 'a', '1'],
    ['a setter', 'const o = { set x(a) {} }; o.x = 4;', 'a', '4'],
    ['a generator', 'function* g(a) { yield a; } [...g(1)];', 'a', '1'],
    ['an async generator', 'async function* g(a) { const b = yield a; } for await (const x of g(1));', 'a', '1'],
    ['an async arrow', 'const f = async a => a + 1; await f(1);', 'a', '1'],
    ['swapping', 'let a = 1, b = 2; [a, b] = [b, a];', 'a', '2', 1],
    ['a pattern that is assigned', 'let a; ({ a } = { a: 2 });', 'a', '2', 1],
    ['counting up', 'let a = 1; const b = a++ * 2;', 'b', '2'],
    ['what counting up leaves', 'let a = 1; a++;', 'a', '2', 1],
    ['a power', 'let a = 3; a **= 2;', 'a', '9', 1],
    ['a default that is assigned', 'let a; a ??= 4;', 'a', '4', 1],
    ['var in a branch', 'if (ctx) var a = 1; else var b = 2;', 'a', '1'],
  ] as [string, string, string, string, number?][])('%s', (_, body, name, text, nth = 0) => {
    expect(textsOf(tick(body), name, nth)).toEqual([text]);
  });

  it('works without semicolons, and with what ends a line', () => {
    const source = tick('let a = 1 // one\nconst f = (x) => x /* two */\n++a\nif (a) a++\nelse a--\ndo a++\nwhile (a < 5)\nf(a)');
    expect(textsOf(source, 'x')).toEqual(['5']);
  });
});

describe('a name stands for the variable that it means there', () => {
  it('where it is bound for that place, elsewhere for all places of the variable', () => {
    const source = tick('let a = 1;\na = 2;\nctx.later(a);');
    expect([0, 1, 2].map((nth) => textsOf(source, 'a', nth))).toEqual([['1'], ['2'], ['1', '2']]);
  });

  it('not for another of the same name', () => {
    const source = tick('const a = 1;\n{ const a = 2;\nctx.later(a); }\nconst f = (a) => a;\nf(3);\nctx.later(a);');
    expect([0, 1, 2, 3, 4, 5].map((nth) => textsOf(source, 'a', nth))).toEqual([['1'], ['2'], ['2'], ['3'], ['3'], ['1']]);
  });

  it('for what a closure sees', () => {
    const source = tick('let a = 0;\nconst up = () => { a += 5; };\nup();\nup();\nctx.later(a);');
    expect(textsOf(source, 'a', 2)).toEqual(['0', '10']);
  });

  it('and functions, classes, properties and types are no variables', () => {
    const source = tick('function f() {}\nclass C {}\nconst o = { p: 1 } as { q: C };\nf(o.p);');
    const seen = watch(source);
    expect(['f', 'C', 'p', 'q'].map((name) => sitesOf(source, seen, name))).toEqual([[], [], [], []]);
  });
});

describe('what is told of a value', () => {
  it('is how it was then, not what became of it', () => {
    expect(textsOf(tick('const a = [1];\na.push(2);'), 'a')).toEqual(['[1]']);
  });

  it('is for which request, when and how often', () => {
    const source = tick('const a = await ctx.later();');
    const [site] = sitesOf(source, watch(source, { requests: [7, 8], request: 7 }), 'a');
    expect(site).toEqual({
      times: 2,
      last: { text: '{ at: 40 }', atMicros: 40, order: 4, request: 8, component: 'client' },
      ofRequest: { text: '{ at: 30 }', atMicros: 30, order: 3, request: 7, component: 'client' },
    });
  });

  it('is nothing of what comes after the instant', () => {
    const source = tick('const a = 1;\nconst b = await ctx.later();');
    const seen = watch(source, { untilMicros: 15 });
    expect(['a', 'b'].map((name) => sitesOf(source, seen, name)[0]?.times)).toEqual([1, 0]);
  });

  it('is short, and runs nothing of what it shows', () => {
    const source = tick(`let ran = 0;
      const trap = new Proxy({}, { ownKeys() { ran++; return []; }, getPrototypeOf() { ran++; return null; } });
      const a = { get x() { ran++; return 1; }, toString() { ran++; return ''; }, toJSON() { ran++; return ''; }, trap, f() {} };
      const loop = { text: 'x'.repeat(1e4), long: [...Array(1e3).keys()] }; loop.self = loop; const b = [loop, new Map([[1, new Set('a')]])];
      class Basket { size = 2; }
      const c = new Basket();
      const d = Promise.resolve(ran);`);
    const [a, b, c, d, ran] = ['a', 'b', 'c', 'd', 'ran'].map((name) => textsOf(source, name)[0]);
    expect(a).toBe('{ x: (getter), toString: function, toJSON: function, trap: Proxy, f: function }');
    expect(b).toMatch(/^\[\{ text: "x{60}…", long: \[0, 1, .*, … 988 more\], self: \(cycle\) \}, Map \{ 1 → Set \{ "a" \} \}\]$/);
    expect([c, d, ran]).toEqual(['Basket { size: 2 }', 'Promise', '0']);
  });
});

it('counts the same steps and the same depth as the code without', () => {
  const source = 'const g = (n, b = (n = n)) => (n = n - 1) > 0 ? g(n) : b; export function onTick() { for (let i = 0; i < 3; i++) g(i); }';
  const steps = (code: string): string[] => code.match(/\+\+\$steps\.(used|depth)/g) ?? [];
  const [plain, watched] = [compile(source, 'a.ts'), compile(source, 'a.ts', new Probes({ untilMicros: 1, request: 0 }))];
  if (!plain.ok || !watched.ok) throw new Error('refused');
  expect(watched.module.code).toContain('$seen(');
  expect(plain.module.code).not.toContain('$seen(');
  expect(steps(watched.module.code)).toEqual(steps(plain.module.code));
});
