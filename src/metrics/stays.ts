/**
 * Who came when and left when: the rows between the curves of arrivals and departures. Little's law is that their lengths together are
 * the area between the curves (J. D. C. Little, Operations Research 9, 1961; the picture is S. Stidham's, A last word on L = λW, 1974).
 */
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { Outcome } from '../model/outcome';
import { Abandoned, RecordKind } from '../model/trace';
import { countUpTo } from './step-function';

/** A window has both its ends: who comes or leaves at the instant of either counts. Times in µs. */
export interface LittleNumbers {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  readonly arrivals: number;
  readonly departures: number;
  /** There already before the window, and still there after all that happens at its end. */
  readonly presentAtStart: number;
  readonly presentAtEnd: number;
  /** Between the curves, slice by slice from left to right: ∫ N(t) dt. */
  readonly areaMicros: number;
  /** Row by row: the stays of those who left in the window, from their arrival on, */
  readonly staysMicros: number;
  /** of which so much was before the window, */
  readonly beforeMicros: number;
  /** and what those who are still there at its end have stayed in it. */
  readonly unfinishedMicros: number;
}

export class Stays {
  /** Ascending. */
  readonly departures: Float64Array;
  /** Who came earlier left earlier, all through the run. */
  readonly inOrder: boolean;

  /** In the order of arrival; `left` is infinite for who is still there. */
  constructor(
    readonly arrived: Float64Array,
    readonly left: Float64Array,
  ) {
    const sorted = left.slice().sort();
    this.departures = sorted.subarray(0, countUpTo(sorted, Number.MAX_VALUE));
    this.inOrder = left.every((micros, row) => row === 0 || micros >= left[row - 1]!);
  }

  /** After all that happens at the instant. */
  presentAt(micros: Micros): number {
    return countUpTo(this.arrived, micros) - countUpTo(this.departures, micros);
  }

  /** One pass over those who came before the end of the window. */
  numbers(fromMicros: Micros, toMicros: Micros): LittleNumbers {
    const { arrived, left, departures } = this;
    // Times are whole: what is not later than the microsecond before is earlier.
    const cameBefore = countUpTo(arrived, fromMicros - 1);
    const leftBefore = countUpTo(departures, fromMicros - 1);
    const [came, gone] = [countUpTo(arrived, toMicros), countUpTo(departures, toMicros)];
    let [staysMicros, beforeMicros, unfinishedMicros] = [0, 0, 0];
    for (let row = 0; row < came; row++) {
      const [from, to] = [arrived[row]!, left[row]!];
      if (to < fromMicros) continue;
      if (to > toMicros) unfinishedMicros += toMicros - Math.max(from, fromMicros);
      else {
        staysMicros += to - from;
        beforeMicros += Math.max(0, fromMicros - from);
      }
    }
    let areaMicros = (cameBefore - leftBefore) * (toMicros - fromMicros);
    for (let row = cameBefore; row < came; row++) areaMicros += toMicros - arrived[row]!;
    for (let row = leftBefore; row < gone; row++) areaMicros -= toMicros - departures[row]!;
    return {
      fromMicros,
      toMicros,
      arrivals: came - cameBefore,
      departures: gone - leftBefore,
      presentAtStart: cameBefore - leftBefore,
      presentAtEnd: came - gone,
      areaMicros,
      staysMicros,
      beforeMicros,
      unfinishedMicros,
    };
  }
}

/** The requests of the whole lane, from their start to their decision. */
export function requestStays({ requests }: LaneResult): Stays {
  const count = requests.reduce((sum, chunk) => sum + chunk.count, 0);
  const [arrived, left] = [new Float64Array(count), new Float64Array(count)];
  let at = 0;
  for (const chunk of requests) {
    for (let row = 0; row < chunk.count; row++, at++) {
      arrived[at] = chunk.started[row]!;
      left[at] = chunk.outcome[row] === Outcome.inFlight ? Infinity : chunk.ended[row]!;
    }
  }
  const order = Uint32Array.from(arrived, (_, row) => row).sort(
    (one, other) => arrived[one]! - arrived[other]! || left[one]! - left[other]!,
  );
  return new Stays(
    Float64Array.from(order, (row) => arrived[row]!),
    Float64Array.from(order, (row) => left[row]!),
  );
}

const ENTERS: ReadonlySet<number> = new Set([RecordKind.joined, RecordKind.workerTaken, RecordKind.forwarded, RecordKind.requestStarted]);
/** Records of leaving; their value is how long the one who leaves was there. */
const LEAVES: ReadonlySet<number> = new Set([
  RecordKind.workerFreed,
  RecordKind.acknowledged,
  RecordKind.dropped,
  RecordKind.expired,
  RecordKind.deadLettered,
  RecordKind.abandoned,
  RecordKind.answered,
  RecordKind.requestEnded,
]);

/**
 * Those at one place who were let in: a client, service, store, queue or balancer. Undefined when the beginning of the trace is gone:
 * nobody knows then since when who was there had been.
 */
export function placeStays(lane: LaneResult, place: number): Stays | undefined {
  if (lane.keptFrom.record > 0) return undefined;
  const arrivals: number[] = [];
  const departures: { since: Micros; left: Micros }[] = [];
  // By message, how often it has joined the line and not left it yet: a queue may deliver it again while it waits or is worked on.
  const inLine = new Map<number, number>();
  const leaveLine = (message: number): boolean => {
    const times = inLine.get(message) ?? 0;
    if (times > 1) inLine.set(message, times - 1);
    else inLine.delete(message);
    return times > 0;
  };
  for (const chunk of lane.chunks) {
    for (let at = 0; at < chunk.count; at++) {
      if (chunk.place[at] !== place) continue;
      const [kind, time, subject] = [chunk.kind[at]!, chunk.time[at]!, chunk.subject[at]!];
      if (kind === RecordKind.joined) inLine.set(subject, (inLine.get(subject) ?? 0) + 1);
      if (ENTERS.has(kind) && !(kind === RecordKind.workerTaken && leaveLine(subject))) arrivals.push(time);
      else if (LEAVES.has(kind)) {
        const wasInHand = kind === RecordKind.workerFreed || (kind === RecordKind.abandoned && chunk.detail[at] !== Abandoned.waiting);
        if (!wasInHand) leaveLine(subject);
        departures.push({ since: time - chunk.value[at]!, left: time });
      }
    }
  }
  departures.sort((one, other) => one.since - other.since || one.left - other.left);
  const left = new Float64Array(arrivals.length).fill(Infinity);
  let next = 0;
  for (const [row, micros] of arrivals.entries()) {
    if (departures[next]?.since === micros) left[row] = departures[next++]!.left;
  }
  if (next < departures.length) throw new Error(`at place ${place}, somebody left who had not come`);
  return new Stays(Float64Array.from(arrivals), left);
}
