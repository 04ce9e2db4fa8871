/** What the records of a topic say; the columns are those of `RecordKind`, of which they are a part. */
export const LOG_RECORDS = {
  // Of a topic. A slot is a group's view of a partition: `group * partitions + partition`, both counted from 0.
  /** place: topic; subject: offset; detail: partition; value: message. A record is at the end of the log. */
  appended: 64,
  /** place: topic; subject: offset; detail: slot; value: time since it was appended. Handed to the service that reads for the group. */
  delivered: 65,
  /** place: topic; subject: offset; detail: slot; value: time since it was appended. Its handler has ended well. */
  handled: 66,
  /** place: topic; subject: offset; detail: slot; value: how often delivered. Its handler threw too often. */
  passedOver: 67,
  /** place: topic; subject: the offset from which the group would go on; detail: slot; value: records it moved on, may be negative. */
  offsetCommitted: 68,
  /** place: topic; subject: the first offset kept; detail: partition; value: records gone. */
  recordsExpired: 69,
  /** place: topic; subject: place of the member that reads it from now on, −1 for nobody; detail: slot; value: offset it begins at. */
  assigned: 70,
  /** place: topic; subject: offset; detail: slot. Its reader goes on there after the record in hand: `ctx.seek`. */
  sought: 71,
  // Of a consumer group that is rebalanced. A generation is the time between two rebalances.
  /** place: topic; subject: place of the member; detail: group; value: members after it. */
  memberJoined: 80,
  /** place: topic; subject: place of the member; detail: group; value: index in LEAVE_REASONS. */
  memberLeft: 81,
  /** place: topic; subject: the generation that ends; detail: group. All members are asked to rejoin. */
  rebalanceStarted: 82,
  /** place: topic; subject: the new generation; detail: group; value: time since it was started. */
  rebalanced: 83,
  /** place: topic; subject: the offset; detail: slot; value: index in COMMIT_ERRORS. */
  commitRefused: 84,
  // Of a member that has lost a partition and does not know it: it reads on beside the new reader, until it polls again.
  /** place: topic; subject: offset; detail: slot; value: place of the member. */
  strayDelivered: 85,
  /** place: topic; subject: offset; detail: slot; value: place of the member. */
  strayHandled: 86,
  /** place: topic; subject: offset; detail: slot; value: place of the member. */
  strayPassedOver: 87,
  // Of a topic whose partitions are kept in several copies, and of those who publish to it. Brokers count from 1.
  /** place: topic; subject: broker, −1 for none; detail: partition; value: leader epoch. */
  leaderElected: 100,
  /** place: topic; subject: how many replicas are in sync; detail: partition. */
  inSyncChanged: 101,
  /** place: topic; subject: the first offset that not all in sync are known to have; detail: partition; value: records more than before. */
  highWatermark: 102,
  /** place: topic; subject: the offset at which the log ends now; detail: partition; value: records gone, which the new leader had not. */
  truncated: 103,
  /** place: topic; subject: offset it had; detail: partition; value: message. One of those was confirmed to whoever published it. */
  acknowledgedLost: 104,
  /** place: topic; subject: offset it has, −1 if that is forgotten; detail: partition; value: message. It has come before. */
  duplicateDropped: 105,
  /** place: topic; subject: broker. */
  brokerDown: 106,
  /** place: topic; subject: broker. */
  brokerUp: 107,
  /** place: topic; subject: place of whoever publishes; detail: partition; value: attempt that starts now. */
  republished: 108,
  /** place: topic; subject: −1; detail: partition; value: message. Not appended: no leader, too few in sync, or a number too early. */
  publishRefused: 109,
} as const;

/** Whether a record speaks of a topic's log, or of those who read it. */
export function isLogRecord(kind: number): boolean {
  return (
    (kind >= LOG_RECORDS.appended && kind <= LOG_RECORDS.sought) ||
    (kind >= LOG_RECORDS.memberJoined && kind <= LOG_RECORDS.strayPassedOver) ||
    (kind >= LOG_RECORDS.leaderElected && kind <= LOG_RECORDS.publishRefused)
  );
}

/** Why a member is in its group no longer. */
export const LEAVE_REASONS = ['left', 'sessionTimeout', 'rebalanceTimeout'] as const;
/** Why a commit was refused, by the names of Kafka's errors. */
export const COMMIT_ERRORS = ['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'REBALANCE_IN_PROGRESS'] as const;
export type CommitError = (typeof COMMIT_ERRORS)[number];
