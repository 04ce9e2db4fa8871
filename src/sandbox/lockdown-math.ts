/**
 * Math with the same digits everywhere. Only + − × ÷, sqrt and rounding are equal in all engines; ln, exp and pow are replaced
 * by the simulator's own, the other transcendental functions say that they are missing, and chance belongs to `ctx`.
 */
import { exp, ln, pow } from '../sim/portable-math';

const EQUAL_EVERYWHERE = new Set([
  ...['abs', 'ceil', 'floor', 'round', 'trunc', 'sign', 'sqrt', 'min', 'max', 'fround', 'imul', 'clz32'],
  ...['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'],
]);

const OWN: Readonly<Record<string, (...numbers: number[]) => number>> = {
  log: (x = NaN) => ln(Number(x)),
  exp: (x = NaN) => exp(Number(x)),
  pow: (x = NaN, y = NaN) => pow(Number(x), Number(y)),
};

export function makeMathPortable(): void {
  for (const key of Reflect.ownKeys(Math)) {
    if (typeof key !== 'string' || EQUAL_EVERYWHERE.has(key)) continue;
    const value = OWN[key] ?? refusal(key);
    Reflect.defineProperty(Math, key, { value, writable: false, enumerable: false, configurable: false });
  }
}

function refusal(name: string): () => never {
  const why = name === 'random' ? 'use ctx.random()' : 'its digits differ from machine to machine; Math.log, exp, pow and sqrt do not';
  return () => {
    throw new ReferenceError(`Math.${name} is not available in handlers: ${why}`);
  };
}
