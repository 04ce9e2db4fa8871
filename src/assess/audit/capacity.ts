/**
 * How much a scenario can carry, found by trying. Open clients: the largest rate of arrivals at which what is begun is also completed, by doubling
 * and halving. Closed ones: the rate of completions that more users no longer raise. The capacity is what was really completed a second at that load.
 */
import { WindowReader } from '../../metrics/window';
import { serviceOf } from '../../model/replicas';
import type { LaneResult } from '../../model/run-result';
import type { RunSummary } from '../../model/summary';
import type { Micros } from '../../model/time';
import type { JsonRecord } from '../../model/variant';
import type { Bench } from './bench';
import { AuditStopped } from './finding';
import { underLoad, type LoadKind } from './load';

/** At one load, over the seeds; rates a second in the measured window. */
export interface Trial {
  readonly file: JsonRecord;
  readonly factor: number;
  readonly begunPerSecond: number;
  readonly completedPerSecond: number;
  /** Of the services and stores, by name, 0 to 1. */
  readonly utilization: ReadonlyMap<string, number>;
}

export interface Capacity {
  readonly light: Trial;
  /** The highest load that was carried. */
  readonly best: Trial;
  /** The lowest that was not; undefined when no limit was found. */
  readonly tooMuch: Trial | undefined;
}

export interface Search {
  readonly file: JsonRecord;
  readonly kind: LoadKind;
  readonly seeds: readonly number[];
  /** How long a run is at a load. */
  readonly durationAt: (factor: number) => Micros;
  /** A load that may be carried. */
  readonly from: number;
}

/** The load at which nobody waits for anybody: what fails there fails for other reasons. */
const LIGHT = 0.25;
/** A load is carried when no larger share of what is begun stays behind than this, compared with the light load. */
const TOLERANCE = 0.03;
const WARMUP_SHARE = 0.3;
const MOST = 1_024;
/** The last two loads tried are as close as this. */
const PRECISION = 1.03;
/** Trials of one search at most, for who shows progress. */
export const TRIALS = 17;

export function* findCapacity(search: Search, bench: Bench, tried: () => void): Generator<undefined, Capacity> {
  const light = yield* trial(search, LIGHT, bench, tried);
  const share = light.begunPerSecond > 0 ? Math.min(1, light.completedPerSecond / light.begunPerSecond) : 1;
  const carried = ({ begunPerSecond, completedPerSecond }: Trial): boolean =>
    completedPerSecond >= (1 - TOLERANCE) * share * begunPerSecond;
  let best = light;
  let tooMuch: Trial | undefined;
  for (let factor = search.from; !tooMuch && factor <= MOST; factor *= 2) {
    const next = yield* trial(search, factor, bench, tried);
    const raised = search.kind === 'open' ? carried(next) : next.completedPerSecond > (1 + TOLERANCE) * best.completedPerSecond;
    if (raised) best = next;
    else tooMuch = next;
  }
  while (search.kind === 'open' && tooMuch && tooMuch.factor / best.factor > PRECISION) {
    const next: Trial = yield* trial(search, (best.factor + tooMuch.factor) / 2, bench, tried);
    if (carried(next)) best = next;
    else tooMuch = next;
  }
  return { light, best, tooMuch };
}

function* trial({ file, seeds, durationAt }: Search, factor: number, bench: Bench, tried: () => void): Generator<undefined, Trial> {
  const durationMicros = durationAt(factor);
  const loaded = underLoad(file, factor, durationMicros, Math.round(durationMicros * WARMUP_SHARE));
  const lanes: LaneResult[] = [];
  for (const seed of seeds) {
    const result = yield* bench.run(loaded, seed);
    if (!result.ok) throw new AuditStopped(result.problems);
    lanes.push(result.value);
  }
  tried();
  const windows = lanes.map((lane) => ({ lane, from: lane.endMicros * WARMUP_SHARE }));
  const seconds = windows.reduce((sum, { lane, from }) => sum + (lane.endMicros - from) / 1e6, 0);
  const numbers = windows.map(({ lane, from }) => new WindowReader(lane).at(from, lane.endMicros));
  const perSecond = (key: 'N' | 'Ns'): number => (seconds > 0 ? numbers.reduce((sum, of) => sum + of[key], 0) / seconds : 0);
  return {
    file: loaded,
    factor,
    begunPerSecond: perSecond('N'),
    completedPerSecond: perSecond('Ns'),
    utilization: meanUtilization(lanes.map(({ summary }) => summary)),
  };
}

function meanUtilization(summaries: readonly RunSummary[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  const add = (id: string, utilization: number): void => void sums.set(id, (sums.get(id) ?? 0) + utilization / summaries.length);
  for (const { components, replicated } of summaries) {
    for (const [id, component] of Object.entries(components))
      if ('utilization' in component && !(serviceOf(id) in replicated)) add(id, component.utilization);
    for (const [id, { utilization }] of Object.entries(replicated)) add(id, utilization);
  }
  return sums;
}

/** The station that is busiest; undefined when there is none. */
export function busiest({ utilization }: Trial): { readonly id: string; readonly utilization: number } | undefined {
  let found: { id: string; utilization: number } | undefined;
  for (const [id, share] of utilization) if (!found || share > found.utilization) found = { id, utilization: share };
  return found;
}
