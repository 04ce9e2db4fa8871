/** What a topic keeps of a message: enough to hand it to any number of readers, as often as they ask. */
import type { Micros } from '../../model/time';
import type { SequenceNumber } from './producer-ledger';
import type { Chain } from '../chain';
import type { Effect } from '../effect';
import type { ClientRequest } from '../client-request';

export interface LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string | undefined;
  readonly body: unknown;
  /** Id of the message that brought it, and of the component that published it. */
  readonly message: number;
  readonly from: string;
  readonly request: ClientRequest;
  readonly effect: Effect | undefined;
  /** The causes that led to it, up to the instant it was appended. */
  readonly chain: Chain;
  readonly appendedAt: Micros;
  /** Of an idempotent producer. */
  readonly number: SequenceNumber | undefined;
  /** Whoever published it has been told so. */
  isAcknowledged: boolean;
}
