/** The pairs of a comparison as points, found with rests. */
import { scatterAxis, VisiblePoints, type ScatterAxis, type ScatterPoints } from '../../geometry/scatter';
import type { RequestPairs } from '../../metrics/compare-pairs';
import { GrowingColumn } from '../../metrics/growing-column';
import type { RowTable } from '../../metrics/row-table';
import { rowsInSteps } from '../../metrics/steps';
import { Outcome } from '../../model/outcome';
import { LOST_LOOK, RETRY_LOOK, type Look } from '../stage/message-shapes';

/** Where there is room, px. */
export interface ScatterFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** The margin on the far side of each axis, for requests that failed in that lane and have no T. */
  readonly band: number;
}

/** What is drawn; all columns are in the order of `pairs`. */
export interface PairPoints extends ScatterPoints {
  readonly pairs: Uint32Array;
  /** Of `POINT_LOOKS`. */
  readonly look: Uint8Array;
  readonly axis: ScatterAxis;
  readonly frame: ScatterFrame;
  readonly hasFailed: boolean;
  /** Those that others do not hide, as indices. */
  readonly visible: Uint32Array;
}

const GOOD: Look = { shape: 'disc', colour: 'request' };
/** In the order in which they are drawn. */
export const POINT_LOOKS: readonly Look[] = [GOOD, LOST_LOOK, RETRY_LOOK];

export function* pairPointsInSteps(of: RequestPairs, pairs: Uint32Array, frame: ScatterFrame): Generator<undefined, PairPoints> {
  const { a, b, rowA, rowB } = of;
  const count = pairs.length;
  /** T in A of all, then T in B of all; NaN where it failed. */
  const times = new Float64Array(2 * count);
  const look = new Uint8Array(count);
  yield* rowsInSteps(count, (from, to) => {
    for (let at = from; at < to; at++) {
      const [inA, inB] = [rowA[pairs[at]!]!, rowB[pairs[at]!]!];
      times[at] = timeOf(a, inA);
      times[count + at] = timeOf(b, inB);
      look[at] = POINT_LOOKS.indexOf(lookOf(a.outcome[inA] as Outcome, b.outcome[inB] as Outcome));
    }
  });
  const axis = scatterAxis(times, frame.right - frame.left);
  yield;
  const [x, y] = [new Float32Array(count), new Float32Array(count)];
  const [farX, farY] = [frame.right + frame.band / 2, frame.top - frame.band / 2];
  const seen = new VisiblePoints(frame.right + frame.band, frame.bottom);
  const visible = new GrowingColumn();
  yield* rowsInSteps(count, (from, to) => {
    for (let at = from; at < to; at++) {
      const [TA, TB] = [times[at]!, times[count + at]!];
      x[at] = Number.isNaN(TA) ? farX : frame.left + axis.at(TA);
      y[at] = Number.isNaN(TB) ? farY : frame.bottom - axis.at(TB);
      if (seen.sees(x[at]!, y[at]!)) visible.push(at);
    }
  });
  return { pairs, x, y, look, axis, frame, hasFailed: look.some((one) => one > 0), visible: new Uint32Array(visible.filled) };
}

function timeOf({ outcome, ended, started }: RowTable, row: number): number {
  return outcome[row] === Outcome.ok ? ended[row]! - started[row]! : NaN;
}

function lookOf(a: Outcome, b: Outcome): Look {
  const worse = b === Outcome.ok ? a : b;
  if (worse === Outcome.ok) return GOOD;
  return worse === Outcome.timeout || worse === Outcome.deadline ? RETRY_LOOK : LOST_LOOK;
}

/** The pairs in the order of their times in a lane, also of those that failed: the way of the keys from point to point. */
export function pairsByTime({ a, b, rowA, rowB }: RequestPairs, pairs: Uint32Array, lane: 'a' | 'b'): Uint32Array {
  const [rows, rowOf] = lane === 'a' ? [a, rowA] : [b, rowB];
  const took = (pair: number): number => rows.ended[rowOf[pair]!]! - rows.started[rowOf[pair]!]!;
  return pairs.toSorted((one, other) => took(one) - took(other) || one - other);
}
