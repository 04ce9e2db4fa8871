import { expect, it } from 'vitest';
import { waterfallOf } from '../../src/geometry/waterfall';
import type { Span } from '../../src/model/span';

const span = (spanId: string, parentId: string | null, startMicros: number, endMicros: number): Span => ({
  traceId: 't',
  spanId,
  parentId,
  links: [],
  name: spanId,
  kind: 'internal',
  place: 0,
  request: 1,
  startMicros,
  endMicros,
  error: null,
});
const drawn = (spans: readonly Span[], end = 1_000): unknown[] =>
  waterfallOf(spans, end).rows.map(({ span: { name }, depth, start, length }) => [name, depth, start, length]);

it('puts children below their parents, in the order in which they began', () => {
  const spans = [span('root', null, 100, 500), span('b', 'root', 100, 200), span('c', 'root', 200, 400), span('b1', 'b', 300, 350)];
  expect(drawn(spans)).toEqual([
    ['root', 0, 0, 1],
    ['b', 1, 0, 0.25],
    ['b1', 2, 0.5, 0.125],
    ['c', 1, 0.25, 0.5],
  ]);
});

it('lets what has not ended last until the end of the run', () => {
  expect(drawn([span('root', null, 0, 100), span('lost', 'root', 50, -1)], 200)).toEqual([
    ['root', 0, 0, 0.5],
    ['lost', 1, 0.25, 0.75],
  ]);
});

it('shows what is inside of a span that was not kept', () => {
  expect(drawn([span('only', 'gone', 10, 10)])).toEqual([['only', 0, 0, 0]]);
  expect(drawn([])).toEqual([]);
});
