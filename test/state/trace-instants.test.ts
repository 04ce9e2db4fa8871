import { expect, test } from 'vitest';
import type { LaneResult } from '../../src/model/run-result';
import { instantsOf } from '../../src/state/trace-instants';

/** A lane of chunks; the arrays are longer than what they hold, as pooled buffers are. */
function lane(...chunks: number[][]): LaneResult {
  return {
    chunks: chunks.map((times) => ({ first: 0, time: Float64Array.from([...times, 0, 0]), count: times.length })),
    keptFrom: { micros: 0, record: 0 },
  } as unknown as LaneResult;
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

test('where a trace begins late or ends early, its edge is an instant', () => {
  const prologue = { first: 4, count: 1, time: Float64Array.of(3) };
  const kept = { first: 5, count: 2, time: Float64Array.of(20, 25) };
  const part = { chunks: [prologue, kept], keptFrom: { micros: 20, record: 5 }, endMicros: 40 } as unknown as LaneResult;
  const { after, before } = instantsOf([part]);
  expect([after(20), after(25), after(40)]).toEqual([25, 40, undefined]);
  expect([before(40), before(25), before(20), before(19)]).toEqual([25, 20, 19, undefined]);
});

test('without lanes there is no instant', () => {
  expect(instantsOf([]).after(0)).toBeUndefined();
});
