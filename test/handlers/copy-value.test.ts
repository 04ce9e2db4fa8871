import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyValue, ValueRefused } from '../../src/handlers/copy-value';
import { LIMITS } from '../../src/model/limits';
import { VirtualPromise } from '../../src/sim/virtual-promise';

function refusalOf(value: unknown): unknown {
  try {
    copyValue(value);
  } catch (error) {
    if (error instanceof ValueRefused) return { key: error.key, ...error.params };
    throw error;
  }
  return undefined;
}

function nest(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = { in: value };
  return value;
}

describe('copyValue', () => {
  it('copies plain data to the same data, frozen and apart from the original', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const copy = copyValue(value);
        expect(copy).toEqual(value);
        expect(Object.isFrozen(copy)).toBe(true);
        if (typeof value === 'object' && value !== null) expect(copy).not.toBe(value);
      }),
    );
    const inner = { n: [1] };
    const copy = copyValue({ a: inner, b: inner }) as { a: { n: number[] } };
    inner.n.push(2);
    expect(copy).toEqual({ a: { n: [1] }, b: { n: [1] } });
    expect(Object.isFrozen(copy.a.n)).toBe(true);
  });

  it('takes undefined, bigints, holes and objects without a prototype', () => {
    expect(copyValue([undefined, 5n, , null])).toEqual([undefined, 5n, undefined, null]);
    expect(copyValue(Object.assign(Object.create(null), { a: 1 }))).toEqual({ a: 1 });
  });

  it('keeps a key named __proto__ a plain key', () => {
    const copy = copyValue(JSON.parse('{"__proto__": {"admin": true}}')) as Record<string, unknown>;
    expect(Object.keys(copy)).toEqual(['__proto__']);
    expect(Reflect.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(copy['admin']).toBeUndefined();
  });

  it.each<[string, unknown, string, string]>([
    ['a function', { a: [() => 1] }, 'a[0]', 'function'],
    ['a symbol', Symbol('s'), '', 'symbol'],
    ['a symbol key', { a: { [Symbol('s')]: 1 } }, 'a.Symbol(s)', 'symbol'],
    ['a Map', { a: { b: new Map() } }, 'a.b', 'Map'],
    ['a Date', [new Date(0)], '[0]', 'Date'],
    [
      'an instance of a class',
      {
        a: new (class Order {
          id = 1;
        })(),
      },
      'a',
      'Order',
    ],
    ['a promise', { a: Promise.resolve() }, 'a', 'Promise'],
    [
      'a getter',
      {
        a: {
          get b() {
            throw new Error('ran');
          },
        },
      },
      'a.b',
      'getter',
    ],
    [
      'a proxy that throws',
      {
        a: new Proxy(
          {},
          {
            ownKeys() {
              throw new Error('trap');
            },
          },
        ),
      },
      'a',
      'Proxy',
    ],
    [
      'a revoked proxy',
      {
        a: (() => {
          const { proxy, revoke } = Proxy.revocable({}, {});
          revoke();
          return proxy;
        })(),
      },
      'a',
      'Proxy',
    ],
  ])('refuses %s', (_name, value, at, kind) => {
    expect(refusalOf(value)).toEqual(at === '' ? { key: 'problem.valueKindWhole', kind } : { key: 'problem.valueKind', at, kind });
  });

  it('asks for the missing await where a promise is sent', () => {
    expect(refusalOf({ got: [new VirtualPromise(() => undefined)] })).toEqual({ key: 'problem.valuePromise', at: 'got[0]' });
    expect(refusalOf(VirtualPromise.resolve(1))).toEqual({ key: 'problem.valuePromiseWhole' });
  });

  it('refuses a cycle, but not a part used twice', () => {
    const loop: Record<string, unknown> = { name: 'x' };
    loop['self'] = [loop];
    expect(refusalOf(loop)).toEqual({ key: 'problem.valueKind', at: 'self[0]', kind: 'cycle' });
  });

  it('refuses what is deeper, larger or longer than the limits', () => {
    expect(refusalOf(nest(LIMITS.valueDepth))).toBeUndefined();
    expect(refusalOf(nest(LIMITS.valueDepth + 1))).toMatchObject({ key: 'problem.valueTooDeep', max: LIMITS.valueDepth });
    expect(refusalOf(new Array(LIMITS.valueNodes - 1).fill(0))).toBeUndefined();
    expect(refusalOf(new Array(LIMITS.valueNodes).fill(0))).toMatchObject({ key: 'problem.valueTooLargeWhole' });
    expect(refusalOf(new Array(4e9))).toMatchObject({ key: 'problem.valueTooLargeWhole' });
    expect(refusalOf('a'.repeat(LIMITS.valueText))).toBeUndefined();
    expect(refusalOf({ a: 'a'.repeat(LIMITS.valueText) })).toMatchObject({ key: 'problem.valueTooLarge', at: 'a' });
  });

  it('ignores toJSON and what is not enumerable', () => {
    expect(copyValue(Object.defineProperty({ a: 1 }, 'hidden', { value: () => 1 }))).toEqual({ a: 1 });
    expect(refusalOf({ toJSON: () => 1 })).toMatchObject({ at: 'toJSON', kind: 'function' });
  });
});
