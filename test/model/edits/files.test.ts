import { expect, test } from 'vitest';
import { addFile, fileNameProblem, removeFile, renameFile, usersOf } from '../../../src/model/edits/files';
import { readScenario } from '../../../src/model/read-scenario';
import type { JsonRecord } from '../../../src/model/variant';

const SHOP: JsonRecord = {
  version: 1,
  duration: '10s',
  components: {
    shop: { kind: 'client', arrivals: { poisson: '5/s' }, calls: 'stock' },
    stock: { kind: 'service', handler: 'stock.ts', policies: ['few'] },
  },
  policies: { few: { kind: 'bulkhead', limit: 2, machine: 'few.machine.json' } },
  links: [{ from: 'shop', to: 'stock' }],
  faults: [{ at: '1s', deploy: { service: 'stock', code: 'next.ts' } }],
  files: { 'stock.ts': 'a', 'next.ts': 'b', 'few.machine.json': '{}', 'spare.ts': 'c' },
  variants: { other: { components: { stock: { handler: 'next.ts' } }, files: { 'stock.ts': 'd' } } },
};

test('who uses a file, in the variants too', () => {
  expect(usersOf(SHOP, 'stock.ts')).toEqual([{ kind: 'component', name: 'stock' }]);
  expect(usersOf(SHOP, 'next.ts')).toEqual([
    { kind: 'deploy', name: 'stock' },
    { kind: 'component', name: 'stock' },
  ]);
  expect(usersOf(SHOP, 'few.machine.json')).toEqual([{ kind: 'policy', name: 'few' }]);
  expect(usersOf(SHOP, 'spare.ts')).toEqual([]);
});

test('a file that gets another name is followed by everybody, and stays in its place', () => {
  const renamed = ['stock', 'next', 'few.machine'].reduce(
    (file, name) =>
      name === 'few.machine' ? renameFile(file, 'few.machine.json', 'x.machine.json') : renameFile(file, `${name}.ts`, `${name}2.ts`),
    SHOP,
  );
  expect(JSON.stringify(renamed)).toBe(
    JSON.stringify(SHOP).replaceAll('stock.ts', 'stock2.ts').replaceAll('next.ts', 'next2.ts').replaceAll('few.machine', 'x.machine'),
  );
});

test('a name must be one for files, and free in every variant', () => {
  expect(fileNameProblem(SHOP, 'fine.ts')).toBeUndefined();
  expect(fileNameProblem(SHOP, 'no')?.key).toBe('problem.fileName');
  expect(fileNameProblem(SHOP, 'spare.ts')?.key).toBe('problem.fileTaken');
});

test('a new file has a name of its own and can be a handler at once', () => {
  const first = addFile(SHOP);
  const { file, name } = addFile(first.file);
  expect([first.name, name]).toEqual(['handler.ts', 'handler2.ts']);
  expect(
    readScenario(
      {
        ...file,
        faults: [],
        policies: {},
        components: { ...(SHOP['components'] as JsonRecord), stock: { kind: 'service', handler: name } },
      },
      null,
    ).ok,
  ).toBe(true);
});

test('a file that goes leaves those who used it, and they say so', () => {
  const left = removeFile(SHOP, 'stock.ts');
  expect(JSON.stringify(left)).not.toContain('"stock.ts":');
  const read = readScenario({ ...left, policies: {}, faults: [] }, null);
  expect(read.ok ? [] : read.problems.map(({ path }) => path)).toContain('components.stock.handler');
});
