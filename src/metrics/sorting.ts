/** Sorting with rests: blocks are sorted one by one, and merged in pairs. What is in order already costs one pass. */
import { rowsInSteps, STEP_ROWS } from './steps';

type Compare = (one: number, other: number) => number;

/** A copy, ascending. No value may be NaN. */
export function* sortedInSteps(values: Float64Array): Generator<undefined, Float64Array<ArrayBuffer>> {
  const block = (part: Float64Array): unknown => part.sort();
  return yield* mergeSorted(values.slice(), new Float64Array(values.length), block, (one, other) => one - other);
}

/** A copy in the order of a comparison; what it finds equal stays in its order. */
export function* orderedInSteps(rows: Uint32Array, compare: Compare): Generator<undefined, Uint32Array<ArrayBuffer>> {
  return yield* mergeSorted(rows.slice(), new Uint32Array(rows.length), (part) => part.sort(compare), compare);
}

/** 0, 1, 2 …: the rows of a table in the order in which they stand. `TypedArray.from` takes ten times as long, and none of these rest. */
export function rowNumbers(count: number): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

/** What a column has in these rows, in their order, with rests. */
export function* pickedInSteps(column: Float64Array, rows: Uint32Array): Generator<undefined, Float64Array> {
  const picked = new Float64Array(rows.length);
  yield* rowsInSteps(rows.length, (from, to) => {
    for (let at = from; at < to; at++) picked[at] = column[rows[at]!]!;
  });
  return picked;
}

function* mergeSorted<Column extends Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
  values: Column,
  room: Column,
  sort: (part: Column) => unknown,
  compare: Compare,
): Generator<undefined, Column> {
  let isSorted = true;
  yield* rowsInSteps(values.length, (from, to) => {
    for (let at = Math.max(1, from); at < to && isSorted; at++) isSorted = compare(values[at - 1]!, values[at]!) <= 0;
  });
  if (isSorted) return values;
  yield* rowsInSteps(values.length, (from, to) => sort(values.subarray(from, to) as Column));
  let [source, target]: [Column, Column] = [values, room];
  for (let width = STEP_ROWS; width < values.length; width *= 2) {
    let [left, right] = [0, 0];
    const [from, into] = [source, target];
    yield* rowsInSteps(values.length, (begin, end) => {
      for (let at = begin; at < end; at++) {
        const start = at - (at % (2 * width));
        const middle = Math.min(values.length, start + width);
        if (at === start) [left, right] = [start, middle];
        const rightEnd = Math.min(values.length, start + 2 * width);
        const takesLeft = right >= rightEnd || (left < middle && !(compare(from[left]!, from[right]!) > 0));
        into[at] = from[takesLeft ? left++ : right++]!;
      }
    });
    [source, target] = [target, source];
  }
  return source;
}
