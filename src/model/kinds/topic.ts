/** A topic: publish/subscribe, or a log of partitions that groups of consumers read at their own pace. */
import * as v from 'valibot';
import { LIMITS } from '../limits';
import { problem } from '../problem';
import type { Instances } from '../replicas';
import { readDuration } from '../resolve';
import { at, choice, duration, id, list, object, says, text, wholeNumber } from '../schema-parts';
import { unknownComponent, type Reading } from '../scenario-reading';
import { pathText } from '../scenario-shape';
import type { Micros } from '../time';
import { isRecord, type JsonRecord } from '../variant';
import type { Placed } from './placed';

const MAX_DELIVERIES = 1_000_000;

const group = object({
  members: v.pipe(list(text(LIMITS.idLength), LIMITS.components), v.minLength(1, says('problem.groupEmpty'))),
  assignment: v.optional(choice('range', 'round-robin', 'sticky')),
  commit: v.optional(choice('auto', 'manual')),
  commitInterval: v.optional(duration(LIMITS.delayMicros)),
  from: v.optional(v.union([choice('earliest', 'latest'), wholeNumber(0, Number.MAX_SAFE_INTEGER)], says('problem.from'))),
  maxPoll: v.optional(wholeNumber(1, LIMITS.maxPoll)),
  maxDeliveries: v.optional(wholeNumber(1, MAX_DELIVERIES)),
  retryBackoff: v.optional(duration(LIMITS.delayMicros)),
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
});

export interface Topic extends Placed {
  readonly kind: 'topic';
  readonly partitions: number;
  /** `undefined`: nothing is kept, a record goes to whoever subscribes at that instant. */
  readonly retention: Retention | undefined;
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
  readonly assignment: 'range' | 'round-robin' | 'sticky';
  /** `auto`: what was handled is committed at a fetch, once `commitIntervalMicros` have passed; `manual`: only `ctx.commit` does. */
  readonly commit: 'auto' | 'manual';
  readonly commitIntervalMicros: Micros;
  /** Where a partition without a committed offset is read from. */
  readonly from: 'earliest' | 'latest' | number;
  /** Records of one partition that one fetch brings at most. */
  readonly maxPoll: number;
  /** A record whose handler throws is handed over so often before it is passed over. */
  readonly maxDeliveries: number;
  readonly retryBackoffMicros: Micros;
}

/** Kafka's defaults (consumer configuration 3.x: auto.commit.interval.ms, max.poll.records) and, for failing handlers, Spring Kafka's ten attempts. */
const DEFAULTS = {
  assignment: 'range',
  commit: 'auto',
  commitIntervalMicros: 5_000_000,
  from: 'latest',
  maxPoll: 500,
  maxDeliveries: 10,
  retryBackoffMicros: 100_000,
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

function resolveGroup(name: string, given: v.InferOutput<typeof group>, instances: Instances): Group {
  return {
    name,
    members: given.members.flatMap(instances),
    assignment: given.assignment ?? DEFAULTS.assignment,
    commit: given.commit ?? DEFAULTS.commit,
    commitIntervalMicros: given.commitInterval === undefined ? DEFAULTS.commitIntervalMicros : readDuration(given.commitInterval),
    from: given.from ?? DEFAULTS.from,
    maxPoll: given.maxPoll ?? DEFAULTS.maxPoll,
    maxDeliveries: given.maxDeliveries ?? DEFAULTS.maxDeliveries,
    retryBackoffMicros: given.retryBackoff === undefined ? DEFAULTS.retryBackoffMicros : readDuration(given.retryBackoff),
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
  const groupOf = new Map<string, string>();
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
