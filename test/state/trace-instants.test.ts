import { expect, test } from 'vitest';
import type { LaneResult } from '../../src/model/run-result';
import { instantsOf } from '../../src/state/trace-instants';

/** A lane of chunks; the arrays are longer than what they hold, as pooled buffers are. */
function lane(...chunks: number[][]): LaneResult {
  return { chunks: chunks.map((times) => ({ time: Float64Array.from([...times, 0, 0]), count: times.length })) } as unknown as LaneResult;
}

const instants = instantsOf([lane([0, 5, 5, 9], [9, 12]), lane([], [7, 30])]);

test('finds the next and the previous instant over all lanes and chunks', () => {
  const forth: (number | undefined)[] = [];
  for (let time: number | undefined = -1; time !== undefined;) forth.push((time = instants.after(time)));
  expect(forth).toEqual([0, 5, 7, 9, 12, 30, undefined]);
  const back: (number | undefined)[] = [];
  for (let time: number | undefined = 31; time !== undefined;) back.push((time = instants.before(time)));
  expect(back).toEqual([30, 12, 9, 7, 5, 0, undefined]);
});

test('without lanes there is no instant', () => {
  expect(instantsOf([]).after(0)).toBeUndefined();
});
