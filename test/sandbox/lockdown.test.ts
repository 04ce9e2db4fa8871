import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exp, ln, pow } from '../../src/sim/portable-math';
import type { Answer } from './locked-thread';
import script from './locked-thread?bundle';

let thread: Worker;
let lastId = 0;

/** What the code returns as text, or `threw …`. */
function run(code: string): Promise<string> {
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    const onMessage = (answer: Answer) => {
      if (answer.id !== id) return;
      thread.off('message', onMessage);
      resolve(answer.value);
    };
    thread.on('message', onMessage);
    thread.once('error', reject);
    thread.postMessage({ id, code });
  });
}

beforeAll(() => {
  thread = new Worker(script, { eval: true });
});
afterAll(() => thread.terminate());

describe('what is gone', () => {
  it.each([
    ['Date', 'ctx.now'],
    ['performance', 'ctx.now'],
    ['setTimeout', 'ctx.sleep'],
    ['crypto', 'ctx.random()'],
    ['fetch', 'ctx.call or ctx.send'],
    ['console', 'ctx.log'],
    ['Uint8Array', 'arrays'],
    ['process', 'the machine'],
    ['require', 'before the run'],
    ['WebAssembly', 'before the run'],
    ['Intl', 'differ from machine to machine'],
  ])('%s names what to use instead', async (name, instead) => {
    const answer = await run(`return ${name}`);
    expect(answer).toContain(`${name} is not available in handlers`);
    expect(answer).toContain(instead);
  });

  it('leaves only the language itself on the global object', async () => {
    const answer = await run(`
      const names = []
      for (let owner = globalThis; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
        for (const key of Reflect.ownKeys(owner)) {
          const property = Reflect.getOwnPropertyDescriptor(owner, key)
          if ('value' in property) names.push(String(key))
        }
      }
      return names.sort().join()`);
    expect(answer).toBe(
      [
        ...[
          'AggregateError',
          'Array',
          'BigInt',
          'Boolean',
          'Error',
          'EvalError',
          'Infinity',
          'JSON',
          'Map',
          'Math',
          'NaN',
          'Number',
          'Object',
        ],
        ...[
          'Proxy',
          'RangeError',
          'ReferenceError',
          'Reflect',
          'RegExp',
          'Set',
          'String',
          'Symbol',
          'SyntaxError',
          'TypeError',
          'URIError',
        ],
        ...['WeakMap', 'WeakSet', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'globalThis', 'isFinite', 'isNaN'],
        ...['parseFloat', 'parseInt', 'undefined'],
      ]
        .filter((name) => name !== 'Iterator')
        .sort()
        .join(),
    );
  });

  it.each([
    '(() => {}).constructor',
    '(function* () {}).constructor',
    '(async () => {}).constructor',
    '(async function* () {}).constructor',
    'Array.of.constructor',
  ])('%s makes no code from text', async (constructor) => {
    expect(await run(`return ${constructor}('return 1')()`)).toContain('Functions cannot be made from text');
  });

  it('tells nothing of the last regular expression', async () => {
    expect(await run(`/(secret)/.exec('secret'); return String(RegExp.$1) + RegExp.lastMatch + RegExp['$&']`)).toBe(
      'undefinedundefinedundefined',
    );
  });
});

describe('what cannot be changed', () => {
  it.each([
    'Object.prototype.polluted = 1',
    'Array.prototype.push = () => 0',
    'Map.prototype.get = () => 0',
    'JSON.stringify = () => ""',
    'Math.floor = () => 0',
    'globalThis.leak = 1',
    'Reflect.getPrototypeOf([][Symbol.iterator]()).next = 0',
    'Reflect.getPrototypeOf((function* () {})()).next = 0',
    'Error.stackTraceLimit = 1',
    'Error.prepareStackTrace = () => 1',
    'String.prototype.repeat = 0',
    'Symbol.leak = 1',
    'Object.getOwnPropertyDescriptor(globalThis, "Date").get.leak = 1',
    'Object.prototype.toString.leak = 1',
    'Object.getOwnPropertyDescriptor(Object.prototype, "toString").set.leak = 1',
    'Array.leak = 1',
    '[].constructor.leak = 1',
  ])('%s', async (change) => {
    expect(await run(change)).toMatch(/^threw (TypeError|Error)/);
  });

  it('lets nothing be added to, or changed on, the prototypes that all objects and lists share', async () => {
    const shared = '[Object.prototype, Array.prototype, (() => 0).__proto__, [].values().__proto__, Math, JSON, globalThis]';
    expect(await run(`return ${shared}.filter((part) => !Object.isFrozen(part)).length`)).toBe('0');
  });

  it('lets own objects carry the names of the frozen ones', async () => {
    expect(
      await run(`
        const own = {}
        own.toString = () => 'mine'
        own.constructor = 1
        class Refused extends Error { constructor() { super('m'); this.name = 'Refused'; this.message = 'changed' } }
        function Old() {}
        Old.prototype.toString = () => 'old'
        return [own, own.constructor, new Refused(), new Old(), Object.keys(own)].join('|')`),
    ).toBe('mine|1|Refused: changed|old|toString,constructor');
  });
});

describe('the same everywhere', () => {
  it('computes ln, exp and pow by the simulator and refuses the rest', async () => {
    expect(await run('return [Math.log(10), Math.exp(1), Math.pow(2, 0.3), Math.sqrt(2)].join()')).toBe(
      [ln(10), exp(1), pow(2, 0.3), Math.sqrt(2)].join(),
    );
    expect(await run('return Math.sin(1)')).toContain('Math.sin is not available in handlers');
    expect(await run('return Math.random()')).toContain('use ctx.random()');
  });

  it('knows no locale', async () => {
    expect(
      await run(`return ['ä'.localeCompare('z'), (1234.5).toLocaleString(), [1.5].toLocaleString(), 'I'.toLocaleLowerCase('tr')].join()`),
    ).toBe('1,1234.5,1.5,i');
  });

  it('shows only frames of handlers in a stack', async () => {
    const stack = await run(`function inner() { throw new Error('x') } try { inner() } catch (error) { return error.stack }`);
    expect(stack).toContain('at inner (handler:attack.ts:');
    expect(stack.split('\n').filter((line) => !line.includes('handler:attack.ts'))).toEqual(['Error: x']);
  });
});

describe('runaway allocations end in a RangeError', () => {
  it.each([
    `return 'x'.repeat(1e9)`,
    `return 'x'.padStart(2e7)`,
    `return 'x'.padEnd(2e7)`,
    'return new Array(3e7)',
    'return Array(3e7)',
    'return Array.from({ length: 3e7 })',
    'return new Array(100).fill(0).concat(Array.from({ length: 1e7 }), Array.from({ length: 1e7 }))',
    'const list = []; list.length = 4e9; return list.fill(0)',
    'const list = []; list.length = 3e7; return list.join()',
    `let text = 'x'; for (;;) text += text`,
    `let text = 'x'; while (text.length < 1e8) text += text; return [...text]`,
    `let text = 'x'; while (text.length < 1e8) text += text; return text.split('')`,
    'const kept = []; for (;;) kept.push(new Array(1e6).fill(0))',
    'class Mine extends Array {}; return new Mine(3e7)',
  ])('%s', async (code) => {
    expect(await run(code)).toMatch(/^threw RangeError/);
  });

  it('leaves ordinary work alone', async () => {
    expect(
      await run(`
        class Mine extends Array {}
        const mine = Mine.of(3, 1, 2)
        return [new Array(3).fill(1).join('-'), Array.from({ length: 3 }, (_, i) => i), Array(1, 2), 'ab'.repeat(2), 'a,b'.split(','),
          mine.map((n) => n * 2) instanceof Mine, [] instanceof Array, Array.isArray(mine), [...'né'].length, 'x'.padEnd(3, '.')].join('|')`),
    ).toBe('1-1-1|0,1,2|1,2|abab|a,b|true|true|true|2|x..');
  });
});
