import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { COMPONENT_KINDS } from '../../../src/model/component-kind';
import {
  addComponent,
  duplicateComponents,
  nameProblem,
  placeComponents,
  removeComponents,
  renameComponent,
} from '../../../src/model/edits/components';
import { addFirstTwo } from '../../../src/model/edits/first-two';
import { connect, linkProblem, removeLinks } from '../../../src/model/edits/links';
import { componentsOf, linksOf } from '../../../src/model/edits/parts';
import { EMPTY_SCENARIO } from '../../../src/model/edits/starters';
import { editIn, patchBetween, removeVariant, variantFile } from '../../../src/model/edits/variants';
import { readScenario } from '../../../src/model/read-scenario';
import { mergePatch, type JsonRecord } from '../../../src/model/variant';

const SHOP: JsonRecord = {
  version: 1,
  duration: '10s',
  components: {
    shop: { kind: 'client', arrivals: { poisson: '5/s' }, calls: 'stock' },
    stock: { kind: 'service', handler: 'stock.ts' },
    mail: { kind: 'queue', deadLetter: 'dead' },
    dead: { kind: 'queue' },
    events: { kind: 'topic', retention: { records: 5 }, groups: { all: { members: ['mailer', 'stock'] } } },
    mailer: { kind: 'service', work: '5ms' },
  },
  links: [
    { from: 'shop', to: 'stock' },
    { from: 'stock', to: 'mail' },
    { from: 'mail', to: 'mailer' },
    { from: 'mail', to: 'dead' },
    { from: 'events', to: 'mailer' },
    { from: 'events', to: 'stock' },
  ],
  faults: [
    { at: '1s', crash: 'stock' },
    { at: '2s', loss: { from: 'mail', to: 'mailer', probability: 0.1 } },
    { at: '3s', set: { 'components.mailer.workers': 2, 'links[4].loss': 0.5 } },
  ],
  files: { 'stock.ts': "export async function onRequest(_: Request, ctx: Ctx) { ctx.send('mail', 1); return 'mail' }" },
  variants: { slow: { components: { mailer: { work: '50ms' } }, faults: [{ at: '1s', crash: 'mail' }] } },
};
const codes = (file: JsonRecord): string[] => {
  const read = readScenario(file, null);
  return read.ok ? [] : read.problems.map(({ key }) => key);
};

test('from nothing to something that runs in one step', () => {
  expect(codes(EMPTY_SCENARIO)).toEqual(['problem.noClient']);
  const { file, ids } = addFirstTwo(EMPTY_SCENARIO);
  expect(codes(file)).toEqual([]);
  expect(ids).toEqual(['client', 'service']);
  expect(componentsOf(file)['client']).toMatchObject({ calls: 'service' });
});

test('every kind can be added, with a name that is free in the variants too', () => {
  let file: JsonRecord = { ...EMPTY_SCENARIO, variants: { other: { components: { queue: { kind: 'queue' } } } } };
  for (const kind of COMPONENT_KINDS) file = addComponent(file, kind, [0, 0]).file;
  expect(Object.keys(componentsOf(file)).length).toBe(COMPONENT_KINDS.length);
  expect(Object.keys(componentsOf(file))).toContain('queue2');
  const shapes = codes(file).filter((key) => !/WithoutConsumer|WithoutBackend|doesNothing|noClient/.test(key));
  expect(shapes).toEqual([]);
});

describe('a component goes', () => {
  it('with its links, faults, memberships and what names it', () => {
    const left = removeComponents(SHOP, new Set(['mailer']));
    expect(linksOf(left)).toEqual([linksOf(SHOP)[0], linksOf(SHOP)[1], linksOf(SHOP)[3], linksOf(SHOP)[5]]);
    expect(left['faults']).toEqual([{ at: '1s', crash: 'stock' }]);
    expect(JSON.stringify(left)).not.toContain('mailer');
  });

  it('and faults that change a link follow the link to its new number', () => {
    const left = removeComponents(SHOP, new Set(['shop']));
    expect(left['faults']).toContainEqual({ at: '3s', set: { 'components.mailer.workers': 2, 'links[3].loss': 0.5 } });
    expect(linksOf(left)[3]).toEqual({ from: 'events', to: 'mailer' });
  });

  it('and its attackers, but nobody else gets in because the only one who might ask has gone', () => {
    const file: JsonRecord = {
      components: {
        a: { kind: 'client', arrivals: { list: [] }, handler: 'a.ts' },
        b: { kind: 'service', handler: 'b.ts', allow: ['a'], secrets: { k: 'a' } },
        c: { kind: 'client', arrivals: { list: [] }, handler: 'a.ts' },
      },
      links: [
        { from: 'a', to: 'b' },
        { from: 'c', to: 'b' },
      ],
      attackers: { eve: { from: 'a', to: 'b' }, mallory: { from: 'c', to: 'b', forge: { rate: '1/s', as: 'a' } } },
    };
    expect(removeComponents(file, new Set(['a']))).toMatchObject({
      components: { b: { allow: [], secrets: { k: 'a' } } },
      attackers: { mallory: { from: 'c', to: 'b' } },
    });
    expect(renameComponent(file, 'a', 'z').file).toMatchObject({
      components: { b: { allow: ['z'], secrets: { k: 'a' } } },
      attackers: { eve: { from: 'z', to: 'b' }, mallory: { forge: { as: 'z' } } },
    });
  });

  it('and the part of a service config that was for it alone', () => {
    const methods = [{ name: [{ service: 'stock' }], timeout: '1s' }, { name: [{}, { service: 'stock' }] }];
    const stock = { kind: 'idempotency-key', key: 'stock' };
    const file = {
      ...SHOP,
      policies: { rpc: { kind: 'service-config', methodConfig: methods }, stock },
      alerts: { a: { metric: 'stock', above: 1 } },
    };
    expect(removeComponents(file, new Set(['stock']))['policies']).toEqual({
      stock,
      rpc: { kind: 'service-config', methodConfig: [{ name: [{}] }] },
    });
    expect(renameComponent(file, 'stock', 'shelf').file).toMatchObject({
      policies: { rpc: { methodConfig: [{ name: [{ service: 'shelf' }] }, {}] }, stock },
      alerts: { a: { metric: 'stock' } },
    });
  });

  it('and the group that it was the last member of', () => {
    const left = removeComponents(SHOP, new Set(['mailer', 'stock']));
    expect(componentsOf(left)['events']).toEqual({ kind: 'topic', retention: { records: 5 }, groups: {} });
  });
});

test('a new name is everywhere but where the text may mean something else, and that is said', () => {
  const { file, unsure } = renameComponent(SHOP, 'mail', 'post');
  expect(linksOf(file).slice(1, 4)).toEqual([
    { from: 'stock', to: 'post' },
    { from: 'post', to: 'mailer' },
    { from: 'post', to: 'dead' },
  ]);
  expect(file['faults']).toContainEqual({ at: '2s', loss: { from: 'post', to: 'mailer', probability: 0.1 } });
  expect((file['files'] as JsonRecord)['stock.ts']).toContain("ctx.send('post', 1); return 'mail'");
  expect(unsure).toEqual(['stock.ts']);
  expect((file['variants'] as JsonRecord)['slow']).toMatchObject({ faults: [{ at: '1s', crash: 'post' }] });
  expect(codes(file)).toEqual(codes(SHOP));
});

test('a name must be one, and free', () => {
  expect(nameProblem(SHOP, 'mail', 'no space')?.key).toBe('problem.id');
  expect(nameProblem(SHOP, 'mail', 'toString')?.key).toBe('problem.id');
  expect(nameProblem(SHOP, 'mail', 'stock')?.key).toBe('problem.nameTaken');
  expect(nameProblem(SHOP, 'mail', 'mail')).toBeUndefined();
});

test('copies have their own names and take their links out with them', () => {
  const { file, ids } = duplicateComponents(SHOP, new Set(['shop', 'stock']));
  expect(ids).toEqual(['shop2', 'stock2']);
  expect(componentsOf(file)['shop2']).toMatchObject({ calls: 'stock2' });
  expect(linksOf(file).slice(6)).toEqual([
    { from: 'shop2', to: 'stock2' },
    { from: 'stock2', to: 'mail' },
  ]);
  expect(codes(file)).toEqual(codes(SHOP));
});

describe('a link', () => {
  it.each([
    ['shop', 'stock', 'problem.linkTwice'],
    ['stock', 'stock', 'problem.linkToItself'],
    ['stock', 'shop', 'problem.linkIntoClient'],
    ['events', 'mail', 'problem.topicSubscriber'],
  ])('from %s to %s makes no sense, and why is said', (from, to, key) => {
    expect(linkProblem(SHOP, from, to)?.key).toBe(key);
  });

  it('that makes sense is made', () => {
    expect(linkProblem(SHOP, 'stock', 'mailer')).toBeUndefined();
    expect(linksOf(connect(SHOP, 'stock', 'mailer')).at(-1)).toMatchObject({ from: 'stock', to: 'mailer' });
  });

  it('that goes takes with it what needed it', () => {
    const left = removeLinks(SHOP, new Set([0, 3]));
    expect(componentsOf(left)['shop']).not.toHaveProperty('calls');
    expect(componentsOf(left)['mail']).not.toHaveProperty('deadLetter');
    expect(left['faults']).toContainEqual({ at: '3s', set: { 'components.mailer.workers': 2, 'links[2].loss': 0.5 } });
  });
});

describe('a variant', () => {
  it('holds exactly what was changed in it', () => {
    const changed = editIn(SHOP, 'slow', (scenario) => ({ ...scenario, seed: 9, faults: SHOP['faults'] }));
    expect((changed['variants'] as JsonRecord)['slow']).toEqual({ components: { mailer: { work: '50ms' } }, seed: 9 });
    expect({ ...changed, variants: 0 }).toEqual({ ...SHOP, variants: 0 });
  });

  it('that is the last one takes the list with it', () => {
    expect(removeVariant(SHOP, 'slow')).not.toHaveProperty('variants');
  });

  const json = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer()), tie('record')),
    record: fc.dictionary(fc.string(), tie('value')),
  })).record as fc.Arbitrary<JsonRecord>;
  it('is the difference, whatever the two are', () => {
    fc.assert(fc.property(json, json, (base, target) => void expect(mergePatch(base, patchBetween(base, target))).toEqual(target)));
  });
});

describe('any edits in any order', () => {
  const name = fc.constantFrom(...Object.keys(componentsOf(SHOP)), 'gone');
  const names = fc.array(name, { maxLength: 3 }).map((ids) => new Set(ids));
  const edit = fc.oneof(
    fc.constantFrom(...COMPONENT_KINDS).map((kind) => (file: JsonRecord) => addComponent(file, kind, [1, 2]).file),
    names.map((ids) => (file: JsonRecord) => removeComponents(file, ids)),
    names.map((ids) => (file: JsonRecord) => duplicateComponents(file, ids).file),
    fc.tuple(name, name).map(
      ([from, to]) =>
        (file: JsonRecord) =>
          linkProblem(file, from, to) ? file : connect(file, from, to),
    ),
    fc.array(fc.nat(8)).map((links) => (file: JsonRecord) => removeLinks(file, new Set(links))),
    fc.tuple(name, fc.string()).map(
      ([old, to]) =>
        (file: JsonRecord) =>
          nameProblem(file, old, to) ? file : renameComponent(file, old, to).file,
    ),
    name.map((id) => (file: JsonRecord) => placeComponents(file, new Map([[id, [3.7, -2]]]))),
  );
  const edits = fc.array(fc.tuple(fc.constantFrom(null, 'slow'), edit), { maxLength: 12 });
  const UNFINISHED = /WithoutConsumer|WithoutBackend|doesNothing|noClient|WithoutLink|noFile|group/;

  it('leave a file that is right, or unfinished in a way that is said', () => {
    fc.assert(
      fc.property(edits, (steps) => {
        const file = steps.reduce((left, [variant, change]) => editIn(left, variant, change), SHOP);
        expect(codes(file).filter((key) => !UNFINISHED.test(key))).toEqual([]);
        // A variant with links of its own keeps them, whatever the base has lost.
        expect(codes(variantFile(file, 'slow')).filter((key) => !UNFINISHED.test(key) && key !== 'problem.queueConsumer')).toEqual([]);
      }),
    );
  });

  it('never throw, whatever the file', () => {
    const parts = fc.record({
      components: fc.anything(),
      links: fc.anything(),
      faults: fc.anything(),
      variants: fc.anything(),
      files: fc.anything(),
    });
    fc.assert(
      fc.property(parts, edits, (start, steps) => {
        const plain = JSON.parse(JSON.stringify(start) ?? '{}') as JsonRecord;
        steps.reduce((file, [variant, change]) => editIn(file, variant, change), plain);
      }),
    );
  });
});
