/** What a message says about how a queue shall treat it. Most messages say nothing and have none. */
import type { DeathReason } from '../model/trace';
import type { Micros } from '../model/time';

export interface Envelope {
  /** 0 to 9; a queue whose highest priority is lower takes it for that. */
  readonly priority: number;
  readonly ttlMicros: Micros | undefined;
  readonly delayMicros: Micros | undefined;
  /** How it became a dead letter, the last time; undefined when it is none. */
  readonly death: Death | undefined;
}

/** As RabbitMQ's headers `x-first-death-queue`, `x-last-death-reason` and the sum of `count` in `x-death` say it. */
export interface Death {
  readonly reason: DeathReason;
  /** The queue in which it died first. */
  readonly queue: string;
  /** How often it became a dead letter. */
  readonly count: number;
}
