/**
 * What a run shows of code that no formula can read: a service whose every visit was one piece of work of one fixed length, and a client
 * whose every request was one call of one service. Only what held without exception is reported.
 */
import type { Distribution } from '../model/distribution';
import type { LaneResult } from '../model/run-result';
import { serviceOf } from '../model/replicas';
import { MessageKind, RecordKind } from '../model/trace';
import { rowsInSteps } from './steps';

export interface Observed {
  /** The constant work of services, by id. */
  readonly work: Readonly<Record<string, Distribution>>;
  /** The service that a client calls exactly once for each request, by the client's id. */
  readonly calls: Readonly<Record<string, string>>;
}

interface Visits {
  micros: number;
  works: number;
  taken: number;
  steady: boolean;
}

export function* observeInSteps(lane: LaneResult): Generator<undefined, Observed> {
  const visits = new Map<number, Visits>();
  const callWays = new Map<number, number>();
  let otherSends = false;
  for (const chunk of lane.chunks) {
    yield* rowsInSteps(chunk.count, (from, to) => {
      for (let index = from; index < to; index++) {
        const place = chunk.place[index]!;
        switch (chunk.kind[index]) {
          case RecordKind.workerTaken:
            visitsOf(visits, place).taken++;
            break;
          case RecordKind.workStarted: {
            const visit = visitsOf(visits, place);
            const micros = chunk.value[index]! - chunk.time[index]!;
            if (visit.works++ === 0) visit.micros = micros;
            else if (micros !== visit.micros) visit.steady = false;
            break;
          }
          case RecordKind.messageSent:
            if (chunk.detail[index] === MessageKind.request) callWays.set(place, (callWays.get(place) ?? 0) + 1);
            else if (chunk.detail[index] === MessageKind.message) otherSends = true;
        }
      }
    });
  }
  const work: Record<string, Distribution> = {};
  for (const [place, { micros, works, taken, steady }] of visits) {
    const service = lane.places[place];
    if (service?.kind === 'service' && steady && works > 0 && works === taken) work[service.id] = { kind: 'constant', micros };
  }
  // With a part of the trace gone, nobody can say that a request was one call without exception.
  return { work, calls: otherSends || lane.keptFrom.record > 0 ? {} : singleCalls(lane, callWays) };
}

function visitsOf(visits: Map<number, Visits>, place: number): Visits {
  let visit = visits.get(place);
  if (!visit) visits.set(place, (visit = { micros: 0, works: 0, taken: 0, steady: true }));
  return visit;
}

/** A client that has sent as many requests as it has started, all to one service. */
function singleCalls(lane: LaneResult, callWays: ReadonlyMap<number, number>): Record<string, string> {
  const calls: Record<string, string> = {};
  for (const [id, component] of Object.entries(lane.summary.components)) {
    if (component.kind !== 'client') continue;
    const used = new Map<string, number>();
    for (const [index, sent] of callWays) {
      const place = lane.places[index];
      if (place?.kind === 'link' && place.from === id) used.set(serviceOf(place.to), (used.get(serviceOf(place.to)) ?? 0) + sent);
    }
    const started = lane.requests.reduce((sum, chunk) => {
      let count = 0;
      for (let row = 0; row < chunk.count; row++) if (placeId(lane, chunk.client[row]!) === id) count++;
      return sum + count;
    }, 0);
    const [only, ...more] = used;
    if (only && more.length === 0 && only[1] === started) calls[id] = only[0];
  }
  return calls;
}

function placeId(lane: LaneResult, index: number): string | undefined {
  const place = lane.places[index];
  return place?.kind === 'link' ? undefined : place?.id;
}
