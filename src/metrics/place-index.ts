/** What a fold over the trace must know of each place, as arrays: a hot loop looks nothing up by name. */
import type { Service } from '../model/kinds/service';
import type { Store } from '../model/kinds/store';
import type { Scenario } from '../model/scenario';
import type { Place } from '../model/trace';
import { capacityOf, mostOf, mostWorkers, waitingLimitOf } from './live-limits';

/** A store is a station like a service: its operations wait in a line and are worked on. */
export const PlaceKind = {
  client: 0,
  service: 1,
  queue: 2,
  link: 3,
  balancer: 4,
  part: 5,
  store: 1,
  topic: 6,
  attacker: 7,
} as const satisfies Record<Place['kind'], number>;

export interface PlaceIndex {
  readonly kind: Uint8Array;
  /** Who is there is known by message, not by place in a line: queues and balancers. */
  readonly holdsMessages: Uint8Array;
  /** Worker slots; 0 for what has none. */
  readonly workers: Int32Array;
  /** Where the worker slots of a place begin among those of all. */
  readonly firstWorker: Int32Array;
  readonly totalWorkers: number;
  /** Most that may wait in a service, or be in a queue. */
  readonly limit: Float64Array;
  readonly lastComesFirst: Uint8Array;
  /** A service that takes the highest priority first. */
  readonly byPriority: Uint8Array;
  /** A service whose handlers free their worker while they await. */
  readonly isEventLoop: Uint8Array;
  /** For a way of a link: the place at its beginning, the place at its end, and the other way. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly opposite: Int32Array;
}

export function indexPlaces(scenario: Scenario, places: readonly Place[]): PlaceIndex {
  const count = places.length;
  const index = {
    kind: Uint8Array.from(places, (place) => PlaceKind[place.kind]),
    holdsMessages: Uint8Array.from(places, ({ kind }) => (kind === 'queue' || kind === 'balancer' ? 1 : 0)),
    workers: new Int32Array(count),
    firstWorker: new Int32Array(count),
    totalWorkers: 0,
    limit: new Float64Array(count).fill(Infinity),
    lastComesFirst: new Uint8Array(count),
    byPriority: new Uint8Array(count),
    isEventLoop: new Uint8Array(count),
    from: new Int32Array(count).fill(-1),
    to: new Int32Array(count).fill(-1),
    opposite: new Int32Array(count).fill(-1),
  };
  const components = new Map(scenario.components.map((component) => [component.id, component]));
  const placeOf = new Map<string, number>();
  for (const [at, place] of places.entries()) {
    if (place.kind !== 'part') placeOf.set(place.kind === 'link' ? wayName(place.link, place.way) : place.id, at);
  }
  for (const [at, place] of places.entries()) {
    index.firstWorker[at] = index.totalWorkers;
    if (place.kind === 'link') {
      index.from[at] = placeOf.get(place.from) ?? -1;
      index.to[at] = placeOf.get(place.to) ?? -1;
      index.opposite[at] = placeOf.get(wayName(place.link, place.way === 'forth' ? 'back' : 'forth')) ?? -1;
      continue;
    }
    if (place.kind === 'part' || place.kind === 'attacker') continue;
    const component = components.get(place.id);
    if (component?.kind === 'service' || component?.kind === 'store') {
      index.workers[at] = mostWorkers(scenario, component.id);
      index.totalWorkers += index.workers[at]!;
      index.isEventLoop[at] = isEventLoop(component) ? 1 : 0;
      // A handler that can go on is never refused, so the line of an event loop can be longer than its limit for new requests.
      index.limit[at] = isEventLoop(component) ? Infinity : mostOf(scenario, component.id, waitingLimitOf);
      index.byPriority[at] = component.discipline === 'priority' ? 1 : 0;
      index.lastComesFirst[at] = component.discipline === 'lifo' ? 1 : 0;
    } else if (component?.kind === 'queue') index.limit[at] = mostOf(scenario, component.id, capacityOf);
  }
  return index;
}

/** No component can have this name, because no id has a space. */
function wayName(link: number, way: 'forth' | 'back'): string {
  return `link ${link} ${way}`;
}

function isEventLoop(component: Service | Store): boolean {
  return component.kind === 'service' && component.threads === 'event-loop';
}
