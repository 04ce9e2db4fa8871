/** The changes of state of the machines at a place, as its statechart speaks of them. */
import type { Chart } from '../model/chart';
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { RecordKind } from '../model/trace';
import { GrowingColumn } from './growing-column';
import { NONE } from './pairs';
import type { SceneReader } from './scene';
import { rowsInSteps } from './steps';

export interface StateChange {
  readonly record: number;
  readonly timeMicros: Micros;
  /** Tells the machines of the place apart. */
  readonly instance: number;
  /** Ids of states, without those that hold others. */
  readonly left: readonly string[];
  readonly entered: readonly string[];
  /** Each may have set it off: the trace tells the states alone. Those of the innermost state come first; none where it came by others. */
  readonly events: readonly string[];
  /** Transitions of the chart that may have been taken. */
  readonly taken: readonly Chart['transitions'][number][];
}

export interface StateChanges {
  /** In order; those before what is kept of the run are left out. */
  readonly records: Float64Array<ArrayBuffer>;
  /** When the first fault begins, or the first thing is changed while the run goes on; Infinity for never. */
  readonly disturbedFromMicros: Micros;
}

/** Events that nothing but a fault, a deploy or a live change sends. */
const OF_DISTURBANCES: ReadonlySet<string> = new Set(['crash', 'configure']);

/** The changes at a place. */
export function* stateChangesInSteps({ chunks, keptFrom }: LaneResult, place: number): Generator<undefined, StateChanges> {
  const records = new GrowingColumn();
  let disturbedFromMicros = Infinity;
  for (const { first, count, kind, place: placeOf, time } of chunks) {
    yield* rowsInSteps(count, (from, to) => {
      for (let at = from; at < to; at++) {
        if (kind[at] === RecordKind.faultStarted) disturbedFromMicros = Math.min(disturbedFromMicros, time[at]!);
        if (kind[at] === RecordKind.stateChanged && placeOf[at] === place && first + at >= keptFrom.record) records.push(first + at);
      }
    });
  }
  return { records: records.filled, disturbedFromMicros };
}

/** @param record of a change at a place with this chart */
export function stateChangeAt(
  { trace, pairs }: SceneReader,
  chart: Chart,
  record: number,
  { disturbedFromMicros }: Pick<StateChanges, 'disturbedFromMicros'>,
): StateChange {
  const { timeMicros, subject, detail } = trace.row(record);
  const before = pairs.opener[record - trace.first] ?? NONE;
  const was = before === NONE ? startOf(chart) : (chart.configurations[trace.detailOf(before)] ?? []);
  const is = chart.configurations[detail] ?? [];
  const entered = is.filter((id) => !was.includes(id));
  const taken = chart.transitions
    .filter(({ from, to }) => to !== undefined && was.includes(from) && entered.includes(to))
    .filter(({ event }) => timeMicros >= disturbedFromMicros || !OF_DISTURBANCES.has(event))
    .sort((a, b) => was.indexOf(b.from) - was.indexOf(a.from));
  // Between two configurations a machine may pass states that it leaves at once: then the chart alone does not say how it came.
  const passes = chart.transitions.some(({ event }) => event === 'always');
  const leaves = (ids: readonly string[]): string[] => ids.filter((id) => !chart.states.some(({ parent }) => parent === id));
  return {
    record,
    timeMicros,
    instance: subject,
    left: leaves(was.filter((id) => !is.includes(id))),
    entered: leaves(entered),
    events: passes ? [] : [...new Set(taken.map(({ event }) => event))],
    taken,
  };
}

/** The states in which a machine starts. */
export function startOf(chart: Chart): readonly string[] {
  const active = new Set<string>();
  // A chart lists a state before those in it.
  for (const { id, parent, initial } of chart.states) if (initial && (parent === undefined || active.has(parent))) active.add(id);
  return [...active];
}
