import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import problemTexts from '../../src/i18n/problems.json';
import { readScenario, variantNames } from '../../src/model/read-scenario';

const SHIPPED = readdirSync('public/scenarios').map((name) => JSON.parse(readFileSync(`public/scenarios/${name}`, 'utf8')) as unknown);
const TEXTS = problemTexts as Readonly<Record<string, { en: string; zh: string }>>;

/** Values that have tripped readers: names every object has, and what JavaScript's own conversions call. */
const tricky = fc.constantFrom<unknown>(
  'constructor',
  '__proto__',
  'toString',
  { toString: null },
  { valueOf: 1 },
  { length: -1 },
  -0,
  1e308,
  '',
  '9'.repeat(400),
  '1e400ms',
  [[]],
  null,
);

/** The document with the value at its n-th place (counted through all of them) replaced. */
function replaceAt(document: unknown, place: number, value: unknown): unknown {
  let left = place % JSON.stringify(document).split(/[:,[]/).length;
  return JSON.parse(JSON.stringify(document), (_key, old: unknown) => (left-- === 0 ? value : old)) as unknown;
}

function read(file: unknown): void {
  const result = readScenario(file, variantNames(file)[0] ?? null);
  if (result.ok) return;
  for (const item of result.problems) {
    expect(TEXTS[item.key], item.key).toBeDefined();
    for (const sentence of [TEXTS[item.key]!.en, TEXTS[item.key]!.zh]) {
      for (const [, parameter] of sentence.matchAll(/\{\{(\w+)\}\}/g))
        expect(item.params, `${item.key} at ${item.path}`).toHaveProperty(parameter!);
    }
  }
}

describe('the reader of scenario files', () => {
  it('never throws at any JSON, and every problem has its sentence in both languages', () => {
    fc.assert(fc.property(fc.jsonValue(), read), { numRuns: 200 });
  });

  it('never throws at a shipped scenario with anything put anywhere', () => {
    const change = fc.tuple(fc.nat(), fc.oneof(fc.jsonValue(), tricky));
    const mutated = fc
      .tuple(fc.constantFrom(...SHIPPED), fc.array(change, { minLength: 1, maxLength: 3 }))
      .map(([file, changes]) => changes.reduce((changed, [place, value]) => replaceAt(changed, place, value), file));
    fc.assert(fc.property(mutated, read), { numRuns: 2_000 });
  });
});
