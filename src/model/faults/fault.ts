/** What goes wrong in a run, and when: one list for crashes, networks that misbehave, clocks that are wrong and knobs that are turned. */
import type { Micros } from '../time';

/** `detail` of the records faultStarted and faultEnded. */
export const FaultVerb = {
  crash: 0,
  pause: 1,
  partition: 2,
  slow: 3,
  loss: 4,
  duplicate: 5,
  reorder: 6,
  corrupt: 7,
  skew: 8,
  set: 9,
  deploy: 10,
} as const;
export type FaultVerb = keyof typeof FaultVerb;
export const FAULT_VERBS = Object.keys(FaultVerb) as readonly FaultVerb[];

/** The ways of a link that a fault is about. */
export interface FaultyLink {
  /** Index in the scenario's links. */
  readonly link: number;
  readonly forth: boolean;
  readonly back: boolean;
}

/** What a fault does to a component. */
export type ComponentTrouble =
  /** Loses all that is volatile; calls are refused with UNAVAILABLE until it is back. */
  | { readonly verb: 'crash' }
  /** Stop the world: nothing is started or finished. */
  | { readonly verb: 'pause' }
  /** Work takes `factor` times as long. */
  | { readonly verb: 'slow'; readonly factor: number }
  /** Its clock is `offsetMicros` ahead and gains `drift` seconds a second. */
  | { readonly verb: 'skew'; readonly offsetMicros: Micros; readonly drift: number };

/** What a fault does to the ways of a link. Shares are from 0 to 1. */
export type LinkTrouble =
  | { readonly verb: 'partition' }
  | { readonly verb: 'slow'; readonly factor: number; readonly addMicros: Micros }
  | { readonly verb: 'loss' | 'duplicate' | 'corrupt'; readonly probability: number }
  /** Some messages are held back by this much, so that later ones overtake them. */
  | { readonly verb: 'reorder'; readonly probability: number; readonly byMicros: Micros };

interface Scheduled {
  /** Place in the list. */
  readonly index: number;
  readonly atMicros: Micros;
  /** Undefined: until the end of the run. */
  readonly untilMicros: Micros | undefined;
}

export interface ComponentFault extends Scheduled {
  readonly kind: 'component';
  /** More than one when the fault is about a service with replicas. */
  readonly components: readonly string[];
  readonly trouble: ComponentTrouble;
}

/** The crash of one broker of a topic, which counts from 1. */
export interface BrokerFault extends Scheduled {
  readonly kind: 'broker';
  readonly trouble: { readonly verb: 'crash' };
  readonly components: readonly [topic: string];
  readonly broker: number;
}

export interface LinkFault extends Scheduled {
  readonly kind: 'link';
  readonly links: readonly FaultyLink[];
  readonly trouble: LinkTrouble;
}

/** Parameters have other values for a while; `LiveChange` says what that comes to. */
export interface SetFault extends Scheduled {
  readonly kind: 'set';
  readonly trouble: { readonly verb: 'set' };
  /** What has other parameters: components by id, links by their index in the scenario. */
  readonly components: readonly string[];
  readonly links: readonly number[];
}

/** A service gets another version, replica by replica: each is stopped, and started with the new code. It ends when the last is ready. */
export interface DeployFault extends Scheduled {
  readonly kind: 'deploy';
  readonly trouble: { readonly verb: 'deploy' };
  /** In the order in which they are replaced. */
  readonly components: readonly string[];
  /** The new handler file; undefined: the same once more. */
  readonly code: string | undefined;
  /** How many replicas may be out of rotation for it at once. */
  readonly maxUnavailable: number;
}

export type Fault = BrokerFault | ComponentFault | LinkFault | SetFault | DeployFault;
