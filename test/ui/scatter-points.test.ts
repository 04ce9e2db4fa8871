import { describe, expect, test } from 'vitest';
import type { RequestPairs } from '../../src/metrics/compare-pairs';
import type { RowTable } from '../../src/metrics/row-table';
import { atOnce, STEP_ROWS } from '../../src/metrics/steps';
import { Outcome } from '../../src/model/outcome';
import { pairPointsInSteps, pairsByTime, POINT_LOOKS } from '../../src/ui/compare/scatter-points';

const { ok, timeout, refused } = Outcome;
const FRAME = { left: 40, right: 140, top: 20, bottom: 120, band: 18 };

function rows(all: readonly (readonly [TMicros: number, outcome: Outcome])[]): RowTable {
  const [count, zeros] = [all.length, new Float64Array(all.length)];
  const ended = Float64Array.from(all, ([TMicros]) => TMicros);
  const outcome = Uint8Array.from(all, ([, outcome]) => outcome);
  const ids = { request: new Int32Array(count), client: new Uint16Array(count) };
  const parts = { tr: zeros, td: zeros, ts: zeros, tp: zeros };
  return { count, ...ids, ...parts, outcome, started: zeros, accepted: zeros, ended, held: zeros };
}

function pairsOf(a: RowTable, b: RowTable): RequestPairs {
  const rowA = Uint32Array.from({ length: a.count }, (_, row) => row);
  return { a, b, count: a.count, rowA, rowB: rowA, turn: rowA, sameTraffic: new Uint8Array(a.count), same: 0, aloneA: 0, aloneB: 0 };
}

describe('the points of a comparison', () => {
  const few = pairsOf(
    rows([
      [100_000, ok],
      [50_000, ok],
      [80_000, timeout],
      [50_000, ok],
    ]),
    rows([
      [50_000, ok],
      [70_000, refused],
      [100_000, ok],
      [75_000, ok],
    ]),
  );

  test('T in A goes across and T in B up, and what failed lies in the margin of its lane', () => {
    const { x, y, look, hasFailed, visible } = atOnce(pairPointsInSteps(few, Uint32Array.of(0, 1, 2, 3), FRAME));
    expect([...x]).toEqual([140, 90, 149, 90]);
    expect([...y]).toEqual([70, 11, 20, 45]);
    expect(Array.from(look, (one) => POINT_LOOKS[one]!.shape)).toEqual(['disc', 'cross', 'triangle', 'disc']);
    expect(hasFailed).toBe(true);
    expect([...visible]).toEqual([0, 1, 2, 3]);
  });

  test('only some of the pairs, and each under its own number', () => {
    const { pairs, x, hasFailed } = atOnce(pairPointsInSteps(few, Uint32Array.of(0, 3), FRAME));
    expect([[...pairs], [...x], hasFailed]).toEqual([[0, 3], [140, 90], false]);
  });

  test('the keys go from pair to pair by their times, equal ones by their numbers', () => {
    expect([...pairsByTime(few, Uint32Array.of(0, 1, 2, 3), 'a')]).toEqual([1, 3, 2, 0]);
    expect([...pairsByTime(few, Uint32Array.of(0, 1, 2, 3), 'b')]).toEqual([0, 1, 3, 2]);
  });

  test('many are found with rests, and of many on one pixel one is drawn', () => {
    const many = rows(Array.from({ length: 5 * STEP_ROWS }, (_, row) => [row % 2 === 0 ? 50_000 : 100_000, ok]));
    const steps = pairPointsInSteps(
      pairsOf(many, many),
      Uint32Array.from({ length: many.count }, (_, row) => row),
      FRAME,
    );
    let rests = 0;
    for (let step = steps.next(); ; step = steps.next(), rests++) {
      if (!step.done) continue;
      expect(step.value.visible).toHaveLength(2);
      break;
    }
    expect(rests).toBeGreaterThan(8);
  });
});
