/** A scenario after reading: units resolved, defaults filled in, every reference known to exist. All durations in µs. */
import type { Distribution } from './distribution';
import type { Micros } from './time';

export interface Scenario {
  readonly title: string;
  readonly seed: number;
  readonly durationMicros: Micros;
  /** Requests that start before this instant are simulated but not counted. */
  readonly warmupMicros: Micros;
  /** A request that ends later than this after its start does not count as well ended. */
  readonly deadlineMicros: Micros | undefined;
  /** In the order of the file. */
  readonly components: readonly Component[];
  readonly links: readonly Link[];
  /** Handler files by name. */
  readonly files: Readonly<Record<string, string>>;
}

export type Component = Client | Service | Queue;
export type ComponentKind = Component['kind'];

interface Placed {
  readonly id: string;
  /** Where the component stands on the canvas; without it the page lays it out. */
  readonly at: readonly [x: number, y: number] | undefined;
}

export interface Client extends Placed {
  readonly kind: 'client';
  readonly arrivals: Arrivals;
  /** The component that every arrival calls, instead of code. */
  readonly calls: string | undefined;
  readonly handler: string | undefined;
}

export type Arrivals =
  | { readonly kind: 'poisson'; readonly perSecond: number }
  | { readonly kind: 'constant'; readonly perSecond: number }
  /** `size` arrivals at once, the first at 0, then every `everyMicros`. */
  | { readonly kind: 'bursts'; readonly size: number; readonly everyMicros: Micros }
  | { readonly kind: 'list'; readonly atMicros: readonly Micros[] }
  /** A closed population: each user asks, waits for the end, thinks, asks again. */
  | { readonly kind: 'closed'; readonly users: number; readonly thinkTime: Distribution };

export interface Service extends Placed {
  readonly kind: 'service';
  readonly workers: number;
  /** Places for those who wait, not counting those in service. */
  readonly waitingLimit: number;
  readonly discipline: 'fifo' | 'lifo';
  /** The work of every request, instead of code. */
  readonly work: Distribution | undefined;
  readonly handler: string | undefined;
}

export interface Queue extends Placed {
  readonly kind: 'queue';
  readonly capacity: number;
  readonly overflow: 'reject' | 'drop-oldest';
  /** `manual`: a message stays until its handler has returned; `auto`: it is forgotten when it leaves. */
  readonly ack: 'manual' | 'auto';
  /** A message not acknowledged for this long is delivered again. */
  readonly ackTimeoutMicros: Micros | undefined;
  /** Deliveries of one message before it is given up. */
  readonly maxDeliveries: number;
  /** Unacknowledged messages a consumer may hold; undefined means two for each of its workers. */
  readonly prefetch: number | undefined;
}

/** One line of the file: both directions between two components. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly forth: LinkWay;
  readonly back: LinkWay;
}

export interface LinkWay {
  readonly delay: Distribution;
  /** Share of messages lost, 0 to 1. */
  readonly loss: number;
}
