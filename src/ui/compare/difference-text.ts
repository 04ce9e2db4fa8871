/** What became of one request in two lanes, in words and numbers. */
import { pairAt, type RequestPair, type RequestSide } from '../../metrics/compare-pairs';
import type { Comparison, Verdict } from '../../metrics/compare';
import type { RowTable } from '../../metrics/row-table';
import { orderedInSteps, rowNumbers } from '../../metrics/sorting';
import { rowsInSteps } from '../../metrics/steps';
import type { LaneResult } from '../../model/run-result';
import { Outcome, OUTCOME_NAMES } from '../../model/outcome';
import type { Micros } from '../../model/time';
import { csvText } from '../../share/csv';
import { placeTitle } from '../shell/place-title';
import { spanText } from '../timeline/time-text';

export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** What is compared, and what its lanes are called. */
export interface Compared {
  readonly comparison: Comparison;
  readonly a: ComparedLane;
  readonly b: ComparedLane;
}

export interface ComparedLane {
  readonly title: string;
  readonly lane: LaneResult;
}

/** Orders a reader can ask for. */
export const ORDERS = ['difference', 'start', 'where'] as const;
export type Order = (typeof ORDERS)[number];

/** A difference with its sign: `+1.25 s`, `−20 ms`. */
function signedSpan(micros: Micros): string {
  return micros === 0 ? '0' : `${micros > 0 ? '+' : '−'}${spanText(Math.abs(micros))}`;
}

/** T of a request, or how it failed. */
export function sideText({ outcome, TMicros }: RequestSide, t: Translate): string {
  return outcome === Outcome.ok ? spanText(TMicros) : t(`compare.outcome.${OUTCOME_NAMES[outcome]}`);
}

/** The difference of T; none where one of them has no T. */
export function differenceText({ a, b, differenceMicros }: RequestPair): string {
  return a.outcome === Outcome.ok && b.outcome === Outcome.ok ? signedSpan(differenceMicros) : '–';
}

/** Where the difference arose: "waited in the line of greeter, 3.1 s longer". */
export function whereText(verdict: Verdict, { a, b }: Compared, t: Translate): string {
  if (verdict.kind === 'failed') {
    const { side, outcome, trouble, place } = verdict;
    const { lane } = side === 'a' ? a : b;
    const letter = side === 'a' ? 'A' : 'B';
    const at = place === undefined ? undefined : lane.places[place];
    if (!at || !trouble) return t('compare.failedIn', { lane: letter, how: t(`compare.outcome.${OUTCOME_NAMES[outcome]}`) });
    return t('compare.failedIn', { lane: letter, how: t(`compare.trouble.${trouble}`, { place: placeTitle(at, lane.places) }) });
  }
  if (verdict.kind !== 'act' && verdict.kind !== 'part') return t(`compare.${verdict.kind}`);
  const { differenceMicros } = verdict;
  const longer = t(differenceMicros > 0 ? 'compare.longer' : 'compare.shorter', { span: spanText(Math.abs(differenceMicros)) });
  if (verdict.kind === 'part') return t('compare.because', { what: t(`compare.part.${verdict.part}`), longer });
  return t('compare.because', { what: actText(verdict, verdict.side === 'a' ? a.lane : b.lane, t), longer });
}

function actText({ act, trouble, place }: Extract<Verdict, { kind: 'act' }>, { places }: LaneResult, t: Translate): string {
  const at = places[place];
  const name = at ? placeTitle(at, places) : '';
  if (act !== 'vain') return t(`compare.act.${act}`, { place: name });
  return t(trouble === undefined ? 'compare.act.vain' : `compare.vain.${trouble}`, { place: name });
}

/** The pairs in an order: differences of outcome before those of time, the largest first. `pairs` ascend. With rests. */
export function* orderedPairs(
  { comparison, a, b }: Compared,
  pairs: Uint32Array,
  order: Order,
  t: Translate,
): Generator<undefined, Uint32Array> {
  if (order === 'start') return pairs;
  const { verdicts } = comparison;
  const { a: rowsA, b: rowsB, rowA, rowB } = comparison.pairs;
  const TMicros = (rows: RowTable, row: number): Micros => rows.ended[row]! - rows.started[row]!;
  const weightOf = (pair: number): number => {
    const { kind } = verdicts[pair]!;
    if (kind === 'failed') return Infinity;
    return kind === 'bothFailed' ? -1 : Math.abs(TMicros(rowsB, rowB[pair]!) - TMicros(rowsA, rowA[pair]!));
  };
  const weights = new Float64Array(pairs.length);
  yield* rowsInSteps(pairs.length, (from, to) => {
    for (let at = from; at < to; at++) weights[at] = weightOf(pairs[at]!);
  });
  const heavier = (one: number, other: number): number => (weights[one] === weights[other] ? 0 : weights[other]! - weights[one]!);
  let compare = heavier;
  if (order === 'where') {
    const names: string[] = [];
    yield* rowsInSteps(pairs.length, (from, to) => {
      for (let at = from; at < to; at++) names.push(placeOf(verdicts[pairs[at]!]!, a.lane, b.lane, t));
    });
    compare = (one, other) => (names[one] === names[other] ? heavier(one, other) : names[one]! < names[other]! ? -1 : 1);
  }
  const sorted = yield* orderedInSteps(rowNumbers(pairs.length), compare);
  return sorted.map((at) => pairs[at]!);
}

/** What rows with one place and one reason have in common. */
function placeOf(verdict: Verdict, a: LaneResult, b: LaneResult, t: Translate): string {
  if (verdict.kind === 'act') return `1 ${actText(verdict, verdict.side === 'a' ? a : b, t)}`;
  if (verdict.kind === 'part') return `2 ${verdict.part}`;
  return verdict.kind === 'failed' ? `0 ${verdict.trouble ?? ''} ${verdict.place ?? ''}` : `3 ${verdict.kind}`;
}

/** The table as CSV, in the order that it is shown in; times in ms. */
export function comparisonCsv(compared: Compared, pairs: Uint32Array, t: Translate): string {
  const { comparison, a } = compared;
  const head = ['client', 'n', 'requestA', 'requestB', 'startedMs', 'outcomeA', 'outcomeB', 'TMsA', 'TMsB', 'differenceMs'];
  const partHead = ['TrMs', 'TdMs', 'TsMs', 'TpMs'].flatMap((name) => [`${name}A`, `${name}B`]);
  const rows = Array.from(pairs, (pair) => {
    const { client, turn, a: sideA, b: sideB, differenceMicros } = pairAt(comparison.pairs, a.lane, pair);
    const times = [sideA.startedMicros, sideA.TMicros, sideB.TMicros, differenceMicros].map((micros) => micros / 1_000);
    const parts = (['tr', 'td', 'ts', 'tp'] as const).flatMap((part) => [sideA[part] / 1_000, sideB[part] / 1_000]);
    const outcomes = [OUTCOME_NAMES[sideA.outcome], OUTCOME_NAMES[sideB.outcome]];
    const where = whereText(comparison.verdicts[pair]!, compared, t);
    return [client, turn, sideA.request, sideB.request, times[0], ...outcomes, ...times.slice(1), ...parts, where];
  });
  return csvText([[...head, ...partHead, 'where'], ...rows]);
}
