import { expect, test } from 'vitest';
import type { Problem } from '../../../src/model/problem';
import { problemGroups } from '../../../src/ui/shell/problem-groups';

const thrown = (file: string, line: number): Problem =>
  ({ path: '', key: 'problem.threw', params: {}, file, line, column: 1, atMicros: 5 }) as Problem;
const wrong = (path: string): Problem => ({ path, key: 'problem.choice', params: {} });

test('what is wrong at one place a thousand times is one group with its count', () => {
  const problems = [...Array.from({ length: 1_000 }, () => thrown('a.ts', 3)), thrown('a.ts', 4), thrown('b.ts', 3), thrown('a.ts', 3)];
  expect(problemGroups(problems).map(({ count }) => count)).toEqual([1_001, 1, 1]);
});

test('what is wrong at different places of a scenario stays apart, in its order', () => {
  const problems = [wrong('seed'), wrong('duration'), wrong('seed')];
  expect(problemGroups(problems).map(({ problem, count }) => [problem.path, count])).toEqual([
    ['seed', 2],
    ['duration', 1],
  ]);
});

test('a group names each lane in which it was met once', () => {
  const met = [null, 'tcp', null].map((variant) => ({ ...thrown('a.ts', 3), variant }));
  expect(problemGroups([...met, wrong('seed')]).map(({ variants }) => [...variants])).toEqual([[null, 'tcp'], []]);
});
