/** The copies of a topic's partitions on several brokers, and how those who publish make sure of them: with the names and defaults of Kafka. */
import * as v from 'valibot';
import { LIMITS } from '../limits';
import { problem, type Problem } from '../problem';
import { readDuration } from '../resolve';
import { choice, duration, object, says, truth, wholeNumber } from '../schema-parts';
import type { Micros } from '../time';
import { isRecord, type JsonRecord } from '../variant';

/** Kafka's retries: as many as the time for delivery allows. */
const RETRIES_MAX = 2_147_483_647;

export const replicationEntries = {
  replication: v.optional(wholeNumber(1, LIMITS.brokers)),
  brokers: v.optional(wholeNumber(1, LIMITS.brokers)),
  minInsync: v.optional(wholeNumber(1, LIMITS.brokers)),
  unclean: v.optional(truth),
  replicationDelay: v.optional(duration(LIMITS.delayMicros)),
  brokerSessionTimeout: v.optional(duration(LIMITS.delayMicros)),
  producer: v.optional(
    object({
      acks: v.optional(v.union([wholeNumber(0, 1), choice('all')], says('problem.acks'))),
      idempotent: v.optional(truth),
      retries: v.optional(wholeNumber(0, RETRIES_MAX)),
      retryBackoff: v.optional(duration(LIMITS.delayMicros)),
      requestTimeout: v.optional(duration(LIMITS.delayMicros, 1)),
      deliveryTimeout: v.optional(duration(LIMITS.delayMicros, 1)),
    }),
  ),
};
type File = v.InferOutput<ReturnType<typeof object<typeof replicationEntries>>>;

export interface Replication {
  /** Copies of each partition; more than 1. */
  readonly copies: number;
  readonly brokers: number;
  /** With `acks: 'all'`, a record is refused when fewer replicas than this are in sync (min.insync.replicas). */
  readonly minInsync: number;
  /** A replica that is not in sync may become leader when no other is left (unclean.leader.election.enable). */
  readonly unclean: boolean;
  /** From one broker to another, one way. */
  readonly delayMicros: Micros;
  /** How long the controller hears nothing of a broker before it gives its partitions other leaders (broker.session.timeout.ms). */
  readonly sessionTimeoutMicros: Micros;
}

/** How components publish to the topic. */
export interface Producer {
  /** 0: nobody confirms; 1: the leader does; `all`: the leader does when all replicas in sync have the record. */
  readonly acks: 0 | 1 | 'all';
  /** Each record carries a number that the broker knows again when it comes a second time. */
  readonly idempotent: boolean;
  readonly retries: number;
  readonly retryBackoffMicros: Micros;
  readonly requestTimeoutMicros: Micros;
  readonly deliveryTimeoutMicros: Micros;
}

/** Undefined for one copy. */
export function resolveReplication(file: File): Replication | undefined {
  const copies = file.replication ?? 1;
  if (copies === 1) return undefined;
  return {
    copies,
    brokers: file.brokers ?? copies,
    minInsync: file.minInsync ?? 1,
    unclean: file.unclean ?? false,
    delayMicros: readDuration(file.replicationDelay ?? '1ms'),
    sessionTimeoutMicros: readDuration(file.brokerSessionTimeout ?? '9s'),
  };
}

/** Kafka's defaults since 3.0. Undefined when the file says nothing of producers: then a record is sent once, and nobody waits for ever. */
export function resolveProducer({ producer }: File): Producer | undefined {
  if (!producer) return undefined;
  const acks = producer.acks ?? 'all';
  return {
    acks: acks === 0 || acks === 1 ? acks : 'all',
    idempotent: producer.idempotent ?? acks === 'all',
    retries: acks === 0 ? 0 : (producer.retries ?? RETRIES_MAX),
    retryBackoffMicros: readDuration(producer.retryBackoff ?? '100ms'),
    requestTimeoutMicros: readDuration(producer.requestTimeout ?? '30s'),
    deliveryTimeoutMicros: readDuration(producer.deliveryTimeout ?? '2min'),
  };
}

export function replicationProblems(topic: JsonRecord, path: string): Problem[] {
  const problems: Problem[] = [];
  const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= LIMITS.partitions;
  // What is no count is a mistake of its own.
  const whole = (value: unknown, otherwise: number): number => (isCount(value) ? value : otherwise);
  const { replication, brokers, minInsync, producer, retention } = topic as Partial<Record<string, unknown>>;
  const copies = whole(replication, 1);
  if (copies > whole(brokers, copies))
    problems.push(problem(`${path}.replication`, 'problem.moreCopiesThanBrokers', { copies, brokers: whole(brokers, copies) }));
  if (whole(minInsync, 1) > copies && (replication === undefined || isCount(replication)))
    problems.push(problem(`${path}.minInsync`, 'problem.minInsyncOverCopies', { min: whole(minInsync, 1), copies }));
  if (copies > 1 && retention === 'none') problems.push(problem(`${path}.replication`, 'problem.copiesOfNothing'));
  const replicas = copies * whole(topic['partitions'], 1);
  if (copies > 1 && replicas > LIMITS.partitions)
    problems.push(problem(`${path}.replication`, 'problem.tooManyPartitionReplicas', { replicas, max: LIMITS.partitions }));
  if (!isRecord(producer)) return problems;
  const { idempotent, acks } = producer as Partial<Record<string, unknown>>;
  if (idempotent === true && (acks === 0 || acks === 1))
    problems.push(problem(`${path}.producer.idempotent`, 'problem.idempotentNeedsAll'));
  return problems;
}
