/** What a message has to do with a topic; it carries one of these. */
import type { Commit } from './commit';
import type { GroupTraffic } from './group-traffic';
import type { LogRecord } from './log-record';
import type { SequenceNumber } from './producer-ledger';
import type { Fetch } from './partition-reader';

export interface LogTraffic {
  /** Where a publisher wants it. */
  readonly publication?: Publication;
  readonly delivery?: RecordDelivery;
  /** What passes between a topic and those who read it. */
  readonly fetch?: Fetch;
  readonly commit?: Commit;
  readonly group?: GroupTraffic;
}

export interface Publication {
  readonly partition: number;
  readonly key: string | undefined;
  /** Of an idempotent producer. */
  readonly number?: SequenceNumber;
}

/** A record in the hands of a service. */
export interface RecordDelivery {
  /** Of the groups of the topic; of the subscribers, where it keeps nothing. */
  readonly receiver: number;
  readonly record: LogRecord;
  /** How often its reader has handed it over, this time included. */
  readonly number: number;
  /** Whoever handed it over, and is told how its handler ended. */
  readonly source: RecordSource;
}

export interface RecordSource {
  handled(ok: boolean): void;
}
