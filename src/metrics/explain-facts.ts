/** What is found once for a lane, so that any of its windows can be explained. */
import { FAULT_VERBS, type FaultVerb } from '../model/faults/fault';
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { RecordKind } from '../model/trace';
import { CriticalPaths } from './critical-path';
import type { PlaceSteps } from './place-steps';
import { rowTable, type RowTable } from './row-table';
import type { SceneReader } from './scene';
import type { WindowReader } from './window';

export interface ExplainWindow {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

interface Fault {
  readonly verb: FaultVerb;
  readonly place: number;
  readonly fromMicros: Micros;
  /** Infinity for one that never ends. */
  readonly untilMicros: Micros;
}

export class ExplainFacts {
  readonly lane: LaneResult;
  readonly paths: CriticalPaths;
  readonly faults: readonly Fault[];
  /** The component at the beginning of a way of a link, and at its end; −1 for other places. */
  readonly wayFrom: readonly number[];
  readonly wayTo: readonly number[];

  private constructor(
    readonly reader: SceneReader,
    readonly windows: WindowReader,
    readonly steps: readonly PlaceSteps[],
    readonly rows: RowTable,
  ) {
    const { lane, trace, pairs } = reader;
    this.lane = lane;
    this.paths = new CriticalPaths(lane, trace, pairs, reader.requests);
    this.faults = faultsOf(reader);
    const at = (id: string): number =>
      lane.places.findIndex((place) => place.kind !== 'part' && place.kind !== 'attacker' && 'id' in place && place.id === id);
    this.wayFrom = lane.places.map((place) => (place.kind === 'link' ? at(place.from) : -1));
    this.wayTo = lane.places.map((place) => (place.kind === 'link' ? at(place.to) : -1));
  }

  /** `steps` are those of what is kept of the run. With rests, for a thread that has something else to do. */
  static *inSteps(reader: SceneReader, windows: WindowReader, steps: readonly PlaceSteps[]): Generator<undefined, ExplainFacts> {
    const rows = rowTable(reader.lane);
    yield;
    return new ExplainFacts(reader, windows, steps, rows);
  }
}

function faultsOf({ trace }: SceneReader): Fault[] {
  return trace.chunks.flatMap(({ kind, detail, place, time, value, count }) => {
    const found: Fault[] = [];
    for (let at = 0; at < count; at++) {
      if (kind[at] !== RecordKind.faultStarted) continue;
      const until = value[at]!;
      found.push({ verb: FAULT_VERBS[detail[at]!]!, place: place[at]!, fromMicros: time[at]!, untilMicros: until < 0 ? Infinity : until });
    }
    return found;
  });
}
