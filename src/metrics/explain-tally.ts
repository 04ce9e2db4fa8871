/** What was recorded in a window, counted by place and kind, with the instant of the first. */
import type { Micros } from '../model/time';
import { MessageKind, RecordKind, type TraceChunk } from '../model/trace';
import type { TraceReader } from './trace-reader';

interface Tally {
  count: number;
  readonly firstMicros: Micros;
}

/** Records between two rests: each costs as much as several where nothing is counted. */
const RECORDS_A_STEP = 2_048;

export class WindowTally {
  /** By place and kind, and again by place, kind and detail. */
  private readonly tallies = new Map<number, Tally>();
  /** By the place of the caller: answers that came after it had given up waiting for them. */
  readonly lateAnswers = new Map<number, Tally>();

  private readonly calls = new OpenCalls();

  /** `fromOf` and `toOf` are the components at the ends of a way. */
  private constructor(
    private readonly fromOf: (way: number) => number,
    private readonly toOf: (way: number) => number,
  ) {}

  /** Later than `fromMicros`, up to and including `toMicros`. */
  static *inSteps(
    trace: TraceReader,
    fromMicros: Micros,
    toMicros: Micros,
    fromOf: (way: number) => number,
    toOf: (way: number) => number,
  ): Generator<undefined, WindowTally> {
    const tally = new WindowTally(fromOf, toOf);
    const end = trace.after(toMicros);
    const start = Math.max(trace.kept, trace.after(fromMicros));
    for (const chunk of trace.chunks) {
      const first = Math.max(0, start - chunk.first);
      const last = Math.min(chunk.count, end - chunk.first);
      for (let from = first; from < last; from += RECORDS_A_STEP) {
        tally.take(chunk, from, Math.min(last, from + RECORDS_A_STEP));
        yield;
      }
    }
    return tally;
  }

  private take(chunk: TraceChunk, from: number, to: number): void {
    const { calls, tallies, lateAnswers, fromOf, toOf } = this;
    for (let at = from; at < to; at++) {
      const [kind, place, time] = [chunk.kind[at]!, chunk.place[at]!, chunk.time[at]!];
      const [request, message, detail] = [chunk.request[at]!, chunk.subject[at]!, chunk.detail[at]!];
      add(tallies, keyOf(place, kind), time);
      add(tallies, keyOf(place, kind, detail), time);
      if (kind === RecordKind.messageSent && detail === MessageKind.request) calls.sent(fromOf(place), request, message);
      else if (kind === RecordKind.timedOut) calls.timedOut(place, request);
      else if (kind === RecordKind.messageDelivered && detail === MessageKind.reply) {
        if (calls.answered(toOf(place), request, message)) add(lateAnswers, toOf(place), time);
      }
    }
  }

  count(place: number, kind: RecordKind, detail?: number): number {
    return this.tallies.get(keyOf(place, kind, detail))?.count ?? 0;
  }

  firstMicros(place: number, kind: RecordKind, detail?: number): Micros {
    return this.tallies.get(keyOf(place, kind, detail))?.firstMicros ?? 0;
  }
}

/** Calls that wait for their answers, by caller and request. */
class OpenCalls {
  private readonly waiting = new Map<number, Set<number>>();
  private readonly givenUp = new Set<number>();

  sent(caller: number, request: number, message: number): void {
    const key = request * 65_536 + caller;
    const open = this.waiting.get(key);
    if (open) open.add(message);
    else this.waiting.set(key, new Set([message]));
  }

  /** Of several calls at once, the trace does not say which one was given up. */
  timedOut(caller: number, request: number): void {
    const open = this.waiting.get(request * 65_536 + caller);
    if (open?.size !== 1) return;
    for (const message of open) this.givenUp.add(message);
    open.clear();
  }

  /** Whether its caller had given it up. */
  answered(caller: number, request: number, message: number): boolean {
    this.waiting.get(request * 65_536 + caller)?.delete(message);
    return this.givenUp.delete(message);
  }
}

function keyOf(place: number, kind: number, detail = 65_536): number {
  return (place * 256 + kind) * 65_537 + detail;
}

function add(tallies: Map<number, Tally>, key: number, micros: Micros): void {
  const tally = tallies.get(key);
  if (tally) tally.count++;
  else tallies.set(key, { count: 1, firstMicros: micros });
}
