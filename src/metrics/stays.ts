/**
 * Who came when and left when: the rows between the curves of arrivals and departures. Little's law is that their lengths together are
 * the area between the curves (J. D. C. Little, Operations Research 9, 1961; the picture is S. Stidham's, A last word on L = λW, 1974).
 */
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { Outcome } from '../model/outcome';
import { Abandoned, RecordKind } from '../model/trace';
import { GrowingColumn } from './growing-column';
import { orderedInSteps, pickedInSteps, rowNumbers, sortedInSteps } from './sorting';
import { countUpTo } from './step-function';
import { rowsInSteps } from './steps';

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
  private constructor(
    readonly arrived: Float64Array,
    readonly left: Float64Array,
    /** Ascending. */
    readonly departures: Float64Array,
    /** Who came earlier left earlier, all through the run. */
    readonly inOrder: boolean,
  ) {}

  /** In the order of arrival; `left` is infinite for who is still there. */
  static *inSteps(arrived: Float64Array, left: Float64Array): Generator<undefined, Stays> {
    const sorted = yield* sortedInSteps(left);
    const inOrder = left.every((micros, row) => row === 0 || micros >= left[row - 1]!);
    yield;
    return new Stays(arrived, left, sorted.subarray(0, countUpTo(sorted, Number.MAX_VALUE)), inOrder);
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
export function* requestStaysInSteps({ requests }: LaneResult): Generator<undefined, Stays> {
  const count = requests.reduce((sum, chunk) => sum + chunk.count, 0);
  const [arrived, left] = [new Float64Array(count), new Float64Array(count)];
  let at = 0;
  for (const chunk of requests) {
    for (let row = 0; row < chunk.count; row++, at++) {
      arrived[at] = chunk.started[row]!;
      left[at] = chunk.outcome[row] === Outcome.inFlight ? Infinity : chunk.ended[row]!;
    }
    yield;
  }
  return yield* staysInSteps(arrived, left);
}

/** Of those in any order. */
function* staysInSteps(arrived: Float64Array, left: Float64Array): Generator<undefined, Stays> {
  const order = yield* orderedInSteps(
    rowNumbers(arrived.length),
    (one, other) => arrived[one]! - arrived[other]! || left[one]! - left[other]!,
  );
  return yield* Stays.inSteps(yield* pickedInSteps(arrived, order), yield* pickedInSteps(left, order));
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
export function* placeStaysInSteps(lane: LaneResult, place: number): Generator<undefined, Stays | undefined> {
  if (lane.keptFrom.record > 0) return undefined;
  const [arrivals, since, departures] = [new GrowingColumn(), new GrowingColumn(), new GrowingColumn()];
  // By message, how often it has joined the line and not left it yet: a queue may deliver it again while it waits or is worked on.
  const inLine = new Map<number, number>();
  const leaveLine = (message: number): boolean => {
    const times = inLine.get(message) ?? 0;
    if (times > 1) inLine.set(message, times - 1);
    else inLine.delete(message);
    return times > 0;
  };
  for (const chunk of lane.chunks) {
    yield* rowsInSteps(chunk.count, (from, to) => {
      for (let at = from; at < to; at++) {
        if (chunk.place[at] !== place) continue;
        const [kind, time, subject] = [chunk.kind[at]!, chunk.time[at]!, chunk.subject[at]!];
        if (kind === RecordKind.joined) inLine.set(subject, (inLine.get(subject) ?? 0) + 1);
        if (ENTERS.has(kind) && !(kind === RecordKind.workerTaken && leaveLine(subject))) arrivals.push(time);
        else if (LEAVES.has(kind)) {
          const wasInHand = kind === RecordKind.workerFreed || (kind === RecordKind.abandoned && chunk.detail[at] !== Abandoned.waiting);
          if (!wasInHand) leaveLine(subject);
          since.push(time - chunk.value[at]!);
          departures.push(time);
        }
      }
    });
  }
  const arrived = arrivals.filled;
  // Those who left, in the order of their arrival: each is the first who came at that instant and has not left yet.
  const gone = yield* staysInSteps(since.filled, departures.filled);
  const left = new Float64Array(arrived.length).fill(Infinity);
  let next = 0;
  for (const [row, micros] of arrived.entries()) if (gone.arrived[next] === micros) left[row] = gone.left[next++]!;
  if (next < gone.left.length) throw new Error(`at place ${place}, somebody left who had not come`);
  yield;
  return yield* Stays.inSteps(arrived, left);
}
