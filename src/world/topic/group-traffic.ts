/** What a member of a consumer group and its coordinator tell each other. */
import type { CommitError } from '../../model/log-records';
import type { Micros } from '../../model/time';
import type { GroupMember } from './group-member';

/** Kafka's request.timeout.ms: what is not answered for so long is asked again. */
export const REQUEST_TIMEOUT_MICROS: Micros = 30_000_000;

/** Of a member that is in no generation yet. */
export const NO_GENERATION = -1;

/** Who a member is when it says something. */
export interface MemberIdentity {
  readonly id: number;
  readonly generation: number;
}

export interface GroupTraffic {
  readonly member: GroupMember;
  readonly identity: MemberIdentity;
  /** Counts what the member asks for: a copy of an earlier question is not answered, the answer to one not heard. */
  readonly number: number;
  /** Of a JoinGroup: what it reads, or has read, and since which generation. */
  readonly claim?: Claim;
  readonly answer?: GroupAnswer;
}

export interface Claim {
  readonly partitions: readonly number[];
  readonly generation: number;
}

export interface GroupAnswer {
  readonly error?: CommitError;
  /** Of a JoinGroup. */
  readonly generation?: number;
  /** Of a SyncGroup: the offset to begin at, by partition. */
  readonly assignment?: ReadonlyMap<number, number>;
}
