/** A scenario after reading: units resolved, defaults filled in, every reference known to exist. All durations in µs. */
import type { Alert } from './alerts/alert';
import type { Attacker } from './attackers/attacker';
import type { Fault } from './faults/fault';
import type { LiveChange } from './faults/live';
import type { Balancer } from './kinds/balancer';
import type { Client } from './kinds/client';
import type { Link } from './kinds/link';
import type { Queue } from './kinds/queue';
import type { Service } from './kinds/service';
import type { Store } from './kinds/store';
import type { Topic } from './kinds/topic';
import type { Policy } from './policies/policy';
import type { Tracing } from './span';
import type { Micros } from './time';

export interface Scenario {
  readonly title: string;
  readonly seed: number;
  readonly durationMicros: Micros;
  /** Requests that start before this instant are simulated but not counted. */
  readonly warmupMicros: Micros;
  /** A request that ends later than this after its start does not count as well ended. */
  readonly deadlineMicros: Micros | undefined;
  /** Which traces are kept; undefined: only the spans that handlers start. */
  readonly tracing: Tracing | undefined;
  /** In the order of the file. */
  readonly components: readonly Component[];
  readonly links: readonly Link[];
  /** By name. */
  readonly policies: Readonly<Record<string, Policy>>;
  /** In the order of the file. */
  readonly alerts: readonly Alert[];
  readonly attackers: readonly Attacker[];
  /** In the order of the file. */
  readonly faults: readonly Fault[];
  /** What the `set` entries among them come to, in the order of time. */
  readonly liveChanges: readonly LiveChange[];
  /** Handler files by name. */
  readonly files: Readonly<Record<string, string>>;
}

export type Component = Client | Service | Queue | Balancer | Store | Topic;
