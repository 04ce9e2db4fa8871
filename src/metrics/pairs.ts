/**
 * Which record ends what another began: a message sent and delivered, a place in a line taken and left, a worker taken and freed.
 * With the pairs known, what is going on after record `r` is plain: all that began up to `r` and ends later.
 */
import { RecordKind } from '../model/trace';
import type { TraceReader } from './trace-reader';

/** The end of what never ends. */
export const OPEN = 2 ** 31 - 1;
/** Nothing was begun by another record. */
export const NONE = -1;
/** Stands as the `opener` of a messageSent whose message is lost on the way. */
export const LOST = -2;

/** Both are indexed by record minus the first record kept, and hold indices of records. */
export interface Pairs {
  readonly closer: Int32Array;
  readonly opener: Int32Array;
}

/** What is open at one place, by message, worker, request or machine instance. */
interface OpenAt {
  readonly flights: Map<number, number>;
  readonly waiting: Map<number, number>;
  readonly unacknowledged: Map<number, number>;
  readonly taken: Map<number, number>;
  readonly works: Map<number, number>;
  readonly instances: Map<number, number>;
}

/** One pass over the trace. What began before the first record kept stays without its beginning. */
export function pairRecords(trace: TraceReader, places: number): Pairs {
  const { first } = trace;
  const closer = new Int32Array(trace.end - first).fill(OPEN);
  const opener = new Int32Array(trace.end - first).fill(NONE);
  const openAt: OpenAt[] = Array.from({ length: places }, () => ({
    flights: new Map(),
    waiting: new Map(),
    unacknowledged: new Map(),
    taken: new Map(),
    works: new Map(),
    instances: new Map(),
  }));
  const requests = new Map<number, number>();
  const losses: number[] = [];

  const begin = (open: Map<number, number>, key: number, record: number): void => {
    const before = open.get(key);
    if (before !== undefined) closer[before - first] = record;
    open.set(key, record);
  };
  /** Ends what is open under the key; says whether there was any. */
  const end = (open: Map<number, number>, key: number, record: number): boolean => {
    const begun = open.get(key);
    if (begun === undefined) return false;
    open.delete(key);
    closer[begun - first] = record;
    opener[record - first] = begun;
    return true;
  };

  for (const chunk of trace.chunks) {
    for (let at = 0; at < chunk.count; at++) {
      const record = chunk.first + at;
      const subject = chunk.subject[at]!;
      const open = openAt[chunk.place[at]!]!;
      switch (chunk.kind[at] as RecordKind) {
        case RecordKind.requestStarted:
          requests.set(chunk.request[at]!, record);
          break;
        case RecordKind.requestEnded:
          end(requests, chunk.request[at]!, record);
          break;
        case RecordKind.messageSent:
          open.flights.set(subject, record);
          break;
        case RecordKind.messageLost: {
          const sent = open.flights.get(subject);
          if (sent === undefined) break;
          open.flights.delete(subject);
          opener[record - first] = sent;
          opener[sent - first] = LOST;
          losses.push(sent);
          break;
        }
        case RecordKind.messageDelivered:
          end(open.flights, subject, record);
          break;
        case RecordKind.joined:
          begin(open.waiting, subject, record);
          break;
        case RecordKind.refused:
          end(open.waiting, subject, record);
          break;
        case RecordKind.workerTaken:
          end(open.waiting, subject, record);
          begin(open.taken, chunk.detail[at]!, record);
          break;
        case RecordKind.workStarted:
          begin(open.works, chunk.detail[at]!, record);
          break;
        case RecordKind.workerFreed: {
          const work = open.works.get(chunk.detail[at]!);
          if (work !== undefined) closer[work - first] = record;
          open.works.delete(chunk.detail[at]!);
          end(open.taken, chunk.detail[at]!, record);
          break;
        }
        case RecordKind.dispatched:
          end(open.waiting, subject, record);
          begin(open.unacknowledged, subject, record);
          break;
        case RecordKind.acknowledged:
          end(open.unacknowledged, subject, record);
          break;
        case RecordKind.returned:
          end(open.unacknowledged, subject, record);
          begin(open.waiting, subject, record);
          break;
        case RecordKind.dropped:
          end(open.waiting, subject, record);
          break;
        case RecordKind.stateChanged: {
          const before = open.instances.get(subject);
          if (before !== undefined) opener[record - first] = before;
          begin(open.instances, subject, record);
          break;
        }
      }
    }
  }
  for (const sent of losses) closer[sent - first] = trace.after(trace.row(sent).value);
  return { closer, opener };
}
