/** A topic: publish/subscribe, or a log of partitions that groups of consumers read at their own pace. */
import * as v from 'valibot';
import { LIMITS } from '../limits';
import { asWritten, problem, type Problem } from '../problem';
import type { Instances } from '../replicas';
import { readDuration } from '../resolve';
import { at, choice, duration, id, list, object, says, text, wholeNumber } from '../schema-parts';
import { unknownComponent, type Reading } from '../scenario-reading';
import { pathText } from '../path-text';
import { parseDuration, type Micros } from '../time';
import { isRecord, type JsonRecord } from '../variant';
import type { Placed } from './placed';
import {
  replicationEntries,
  replicationProblems,
  resolveProducer,
  resolveReplication,
  type Producer,
  type Replication,
} from './topic-replication';

const MAX_DELIVERIES = 1_000_000;

/** When a member is one: always, without it. */
const stay = object({ from: v.optional(duration(LIMITS.durationMicros)), until: v.optional(duration(LIMITS.durationMicros, 1)) });

const group = object({
  members: v.pipe(list(text(LIMITS.idLength), LIMITS.components), v.minLength(1, says('problem.groupEmpty'))),
  assignment: v.optional(choice('range', 'round-robin', 'sticky', 'cooperative-sticky')),
  commit: v.optional(choice('auto', 'manual')),
  commitInterval: v.optional(duration(LIMITS.delayMicros)),
  from: v.optional(v.union([choice('earliest', 'latest'), wholeNumber(0, Number.MAX_SAFE_INTEGER)], says('problem.from'))),
  maxPoll: v.optional(wholeNumber(1, LIMITS.maxPoll)),
  maxDeliveries: v.optional(wholeNumber(1, MAX_DELIVERIES)),
  retryBackoff: v.optional(duration(LIMITS.delayMicros)),
  sessionTimeout: v.optional(duration(LIMITS.delayMicros, 1)),
  heartbeatInterval: v.optional(duration(LIMITS.delayMicros, 1)),
  maxPollInterval: v.optional(duration(LIMITS.delayMicros, 1)),
  initialRebalanceDelay: v.optional(duration(LIMITS.delayMicros)),
  membership: v.optional(v.record(text(LIMITS.idLength), stay, says('problem.object'))),
});

export const topicSchema = object({
  kind: v.literal('topic'),
  at,
  partitions: v.optional(wholeNumber(1, LIMITS.partitions)),
  retention: v.optional(
    v.union(
      [
        choice('none'),
        object({ time: v.optional(duration(LIMITS.durationMicros, 1)), records: v.optional(wholeNumber(1, LIMITS.topicRecords)) }),
      ],
      says('problem.retention'),
    ),
  ),
  groups: v.optional(v.record(id, group, says('problem.object'))),
  ...replicationEntries,
});

export interface Topic extends Placed {
  readonly kind: 'topic';
  readonly partitions: number;
  /** `undefined`: nothing is kept, a record goes to whoever subscribes at that instant. */
  readonly retention: Retention | undefined;
  readonly replication: Replication | undefined;
  readonly producer: Producer | undefined;
  /** In the order of the file; then one for each subscriber that is in no group, under the subscriber's own name. */
  readonly groups: readonly Group[];
}

export interface Retention {
  /** A record older than this expires; undefined for never. Kafka keeps whole segments; here each record goes by itself. */
  readonly timeMicros: Micros | undefined;
  /** Records that one partition keeps. */
  readonly records: number;
}

export interface Group {
  readonly name: string;
  /** Ids of services, each linked from the topic. */
  readonly members: readonly string[];
  /** How the partitions are shared out, by the names of Kafka's assignors. */
  readonly assignment: 'range' | 'round-robin' | 'sticky' | 'cooperative-sticky';
  /** `auto`: what was handled when its reader last fetched is committed, once in `commitIntervalMicros`; `manual`: only `ctx.commit` does. */
  readonly commit: 'auto' | 'manual';
  readonly commitIntervalMicros: Micros;
  /**
   * Where a partition is read from without a committed offset, or with one that is not in the log (Kafka's auto.offset.reset). A number that is
   * not in the log either means its nearer end: the first record that is kept, or the next one to come.
   */
  readonly from: 'earliest' | 'latest' | number;
  /** Records of one partition that one fetch brings at most. */
  readonly maxPoll: number;
  /** A record whose handler throws is handed over so often before it is passed over. */
  readonly maxDeliveries: number;
  readonly retryBackoffMicros: Micros;
  /** The file says how its members are watched; else they are only if a fault can strike them. */
  readonly isWatched: boolean;
  /** A member that is not heard of for so long is expelled. */
  readonly sessionTimeoutMicros: Micros;
  readonly heartbeatIntervalMicros: Micros;
  /** A member that takes longer than this for what it has fetched leaves; in a rebalance, who rejoins later than this is expelled. */
  readonly maxPollIntervalMicros: Micros;
  /** How long the first members of an empty group wait for others. */
  readonly initialRebalanceDelayMicros: Micros;
  /** By member; those that are not here are members from the beginning to the end. */
  readonly membership: Readonly<Record<string, Stay>>;
}

/** From when and until when a service is a member. */
export interface Stay {
  readonly fromMicros: Micros;
  readonly untilMicros: Micros;
}

/**
 * Kafka's defaults (consumer configuration 3.x; group.initial.rebalance.delay.ms of the broker) and, for failing handlers, Spring Kafka's ten
 * attempts. They are patient: a member that crashed and is back joins as a new one, and its partitions stand still until the session of its
 * former self is over, even when there is no other. A clean stop leaves the group and waits for nothing.
 */
const DEFAULTS = {
  assignment: 'range',
  commit: 'auto',
  commitIntervalMicros: 5_000_000,
  from: 'latest',
  maxPoll: 500,
  maxDeliveries: 10,
  retryBackoffMicros: 100_000,
  isWatched: false,
  sessionTimeoutMicros: 45_000_000,
  heartbeatIntervalMicros: 3_000_000,
  maxPollIntervalMicros: 300_000_000,
  initialRebalanceDelayMicros: 3_000_000,
  membership: {},
} as const satisfies Omit<Group, 'name' | 'members'>;

/**
 * @param subscribers ids of the services linked from the topic
 * @param instances the components that a service has become: its replicas are members of one group
 */
export function resolveTopic(
  id: string,
  file: v.InferOutput<typeof topicSchema>,
  subscribers: readonly string[],
  instances: Instances,
): Topic {
  const partitions = file.partitions ?? 1;
  const most = Math.floor(LIMITS.topicRecords / partitions);
  const kept = file.retention ?? {};
  const groups = Object.entries(file.groups ?? {}).map(([name, given]) => resolveGroup(name, given, instances));
  const grouped = new Set(Object.values(file.groups ?? {}).flatMap(({ members }) => members));
  const alone = subscribers.filter((subscriber) => !grouped.has(subscriber));
  return {
    kind: 'topic',
    id,
    at: file.at,
    partitions,
    replication: resolveReplication(file),
    producer: resolveProducer(file),
    retention:
      kept === 'none'
        ? undefined
        : { timeMicros: kept.time === undefined ? undefined : readDuration(kept.time), records: Math.min(kept.records ?? most, most) },
    groups: [...groups, ...alone.flatMap((name) => groupsAlone(name, instances(name), kept !== 'none'))],
  };
}

/** Replicas of a log's reader share its partitions; without a log each is a subscriber for itself, as with Redis. */
function groupsAlone(name: string, members: readonly string[], isLog: boolean): Group[] {
  if (isLog) return [{ ...DEFAULTS, name, members }];
  return members.map((member) => ({ ...DEFAULTS, name: member, members: [member] }));
}

const WATCHING = ['sessionTimeout', 'heartbeatInterval', 'maxPollInterval', 'initialRebalanceDelay', 'membership'] as const;

function resolveGroup(name: string, given: v.InferOutput<typeof group>, instances: Instances): Group {
  const micros = (text: string | undefined, otherwise: Micros): Micros => (text === undefined ? otherwise : readDuration(text));
  const stays = Object.entries(given.membership ?? {}).flatMap(([member, { from, until }]) =>
    instances(member).map((instance) => [instance, { fromMicros: micros(from, 0), untilMicros: micros(until, Infinity) }] as const),
  );
  return {
    name,
    members: given.members.flatMap(instances),
    assignment: given.assignment ?? DEFAULTS.assignment,
    commit: given.commit ?? DEFAULTS.commit,
    commitIntervalMicros: micros(given.commitInterval, DEFAULTS.commitIntervalMicros),
    from: given.from ?? DEFAULTS.from,
    maxPoll: given.maxPoll ?? DEFAULTS.maxPoll,
    maxDeliveries: given.maxDeliveries ?? DEFAULTS.maxDeliveries,
    retryBackoffMicros: micros(given.retryBackoff, DEFAULTS.retryBackoffMicros),
    isWatched: WATCHING.some((key) => given[key] !== undefined),
    sessionTimeoutMicros: micros(given.sessionTimeout, DEFAULTS.sessionTimeoutMicros),
    heartbeatIntervalMicros: micros(given.heartbeatInterval, DEFAULTS.heartbeatIntervalMicros),
    maxPollIntervalMicros: micros(given.maxPollInterval, DEFAULTS.maxPollIntervalMicros),
    initialRebalanceDelayMicros: micros(given.initialRebalanceDelay, DEFAULTS.initialRebalanceDelayMicros),
    membership: Object.fromEntries(stays),
  };
}

export function checkTopic(id: string, topic: JsonRecord, { problems, components, links }: Reading): void {
  const where = (...keys: (string | number)[]): string => pathText(['components', id, ...keys]);
  const subscribers = links.flatMap((link) => (link['from'] === id && typeof link['to'] === 'string' ? [link['to']] : []));
  for (const subscriber of subscribers) {
    const kind = components.get(subscriber)?.['kind'];
    if (kind !== undefined && kind !== 'service') problems.push(problem(where(), 'problem.topicSubscriber', { value: subscriber }));
  }
  const groups = isRecord(topic['groups']) ? topic['groups'] : {};
  if (topic['retention'] === 'none' && Object.keys(groups).length > 0) problems.push(problem(where('groups'), 'problem.groupsNeedLog'));
  problems.push(...replicationProblems(topic, where()));
  const groupOf = new Map<string, string>();
  for (const [name, given] of Object.entries(groups))
    if (isRecord(given)) problems.push(...sessionProblems(name, given, where('groups', name)));
  for (const [name, given] of Object.entries(groups)) {
    const members = isRecord(given) && Array.isArray(given['members']) ? (given['members'] as unknown[]) : [];
    for (const [index, member] of members.entries()) {
      if (typeof member !== 'string') continue;
      const path = where('groups', name, 'members', index);
      const other = groupOf.get(member);
      if (!components.has(member)) problems.push(unknownComponent(path, member, components));
      else if (!subscribers.includes(member)) problems.push(problem(path, 'problem.memberWithoutLink', { topic: id, member }));
      else if (other !== undefined) problems.push(problem(path, 'problem.memberTwice', { member, group: other }));
      groupOf.set(member, name);
    }
    if (subscribers.includes(name) && groupOf.get(name) === undefined)
      problems.push(problem(where('groups', name), 'problem.groupNamedLikeSubscriber', { value: name }));
  }
}

/** Times that do not fit together, and stays of services that are no members. */
function sessionProblems(group: string, given: JsonRecord, path: string): Problem[] {
  const problems: Problem[] = [];
  const micros = (value: unknown, otherwise: Micros): Micros =>
    typeof value === 'string' ? (parseDuration(value) ?? otherwise) : otherwise;
  const { heartbeatInterval, sessionTimeout, membership } = given as Partial<Record<string, unknown>>;
  const heartbeat = micros(heartbeatInterval, DEFAULTS.heartbeatIntervalMicros);
  const session = micros(sessionTimeout, DEFAULTS.sessionTimeoutMicros);
  if (heartbeat >= session) {
    const key = heartbeatInterval === undefined ? 'sessionTimeout' : 'heartbeatInterval';
    problems.push(
      problem(`${path}.${key}`, 'problem.heartbeatTooLong', { heartbeat: `${heartbeat / 1e6}s`, session: `${session / 1e6}s` }),
    );
  }
  const members = Array.isArray(given['members']) ? (given['members'] as unknown[]).map(asWritten) : [];
  for (const [member, stay] of Object.entries(isRecord(membership) ? membership : {})) {
    const where = `${path}.membership.${member}`;
    if (!members.includes(member))
      problems.push(problem(where, 'problem.stayOfNobody', { value: member, group, members: members.join(', ') }));
    if (!isRecord(stay)) continue;
    const [from, until] = [stay['from'] ?? '0s', stay['until']];
    const [begin, end] = [micros(from, 0), micros(until, Infinity)];
    if (end > 0 && end <= begin && begin <= LIMITS.durationMicros)
      problems.push(problem(where, 'problem.stayBackwards', { from: asWritten(from), until: asWritten(until) }));
  }
  return problems;
}
