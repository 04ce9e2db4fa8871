/** Counts of every topic over the window of a summary, folded record by record. */
import { RecordKind, type Place, type TraceChunk } from '../model/trace';
import { isLogRecord } from '../model/log-records';
import type { GroupSummary, TopicSummary } from '../model/summary';
import type { Micros } from '../model/time';

const NONE = -1;

interface Partition {
  appended: number;
  start: number;
  end: number;
}

/** One group's view of one partition. */
interface Slot {
  delivered: number;
  redelivered: number;
  handled: number;
  passedOver: number;
  waitMicros: number;
  handledMicros: number;
  // Not of the window, but how things stand.
  next: number;
  committed: number;
  highest: number;
  /** The offset after the last one handled so far; −1 before the first reader. */
  reached: number;
  /** Since when nobody reads it; −1 while somebody does. */
  unreadSince: Micros;
  unreadMicros: Micros;
  skipped: number;
  strays: number;
  commitsRefused: number;
}

/** One group as a whole. */
interface Rebalances {
  count: number;
  micros: Micros;
}

interface Topic {
  readonly groups: readonly string[];
  readonly keeps: boolean;
  readonly partitions: readonly Partition[];
  readonly slots: readonly Slot[];
  readonly rebalances: readonly Rebalances[];
  expired: number;
  publishing: Publishing;
}

/** What became of publishes, and of records that were appended and are gone. */
type Publishing = { -readonly [Name in keyof Published]: Published[Name] };
type Published = Pick<TopicSummary, 'refused' | 'retried' | 'duplicatesDropped' | 'elections' | 'truncated' | 'acknowledgedLost'>;

export class TopicCounts {
  private readonly topics: readonly (Topic | undefined)[];

  constructor(places: readonly Place[]) {
    this.topics = places.map((place) => {
      if (place.kind !== 'topic') return undefined;
      const { partitions, groups, keeps } = place;
      return {
        groups,
        keeps,
        partitions: Array.from({ length: partitions }, () => ({ appended: 0, start: 0, end: 0 })),
        slots: Array.from({ length: partitions * groups.length }, () => emptySlot(keeps)),
        rebalances: groups.map(() => ({ count: 0, micros: 0 })),
        expired: 0,
        publishing: nothingPublished(),
      };
    });
  }

  /** Forgets all that was counted, keeps how things stand. */
  beginWindow(now: Micros): void {
    for (const topic of this.topics) {
      if (!topic) continue;
      topic.expired = 0;
      topic.publishing = nothingPublished();
      for (const partition of topic.partitions) partition.appended = 0;
      for (const slot of topic.slots) {
        const { next, committed, highest, reached, unreadSince } = slot;
        Object.assign(slot, emptySlot(topic.keeps), { next, committed, highest, reached });
        slot.unreadSince = unreadSince < 0 ? -1 : now;
      }
      for (const rebalances of topic.rebalances) Object.assign(rebalances, { count: 0, micros: 0 });
    }
  }

  /** Folds the records from index `from` up to, not including, `to` of a chunk. */
  fold(chunk: TraceChunk, from: number, to: number): void {
    const { kind, place, detail, subject, value, time } = chunk;
    for (let at = from; at < to; at++) {
      if (!isLogRecord(kind[at]!)) continue;
      const topic = this.topics[place[at]!];
      if (topic) take(topic, kind[at]!, detail[at]!, subject[at]!, value[at]!, time[at]!);
    }
  }

  summary(place: number, endMicros: Micros): TopicSummary {
    const { partitions, groups, slots, rebalances, expired } = this.topics[place]!;
    const appended = sum(partitions.map((partition) => partition.appended));
    return {
      kind: 'topic',
      arrivals: appended,
      appended,
      expired,
      ...this.topics[place]!.publishing,
      kept: sum(partitions.map(({ start, end }) => end - start)),
      partitions: partitions.map((partition) => ({
        appended: partition.appended,
        startOffset: partition.start,
        endOffset: partition.end,
      })),
      groups: Object.fromEntries(
        groups.map((name, group) => [
          name,
          {
            ...groupSummary(slots.slice(group * partitions.length, (group + 1) * partitions.length), partitions, endMicros),
            rebalances: rebalances[group]!.count,
            rebalancingMs: rebalances[group]!.micros / 1_000,
          },
        ]),
      ),
    };
  }
}

function take(topic: Topic, kind: number, detail: number, subject: number, value: number, now: Micros): void {
  if (kind === RecordKind.appended || kind === RecordKind.recordsExpired) {
    const partition = topic.partitions[detail]!;
    if (kind === RecordKind.appended) {
      partition.appended++;
      partition.end = subject + 1;
      if (!topic.keeps) partition.start = partition.end;
    } else {
      topic.expired += value;
      partition.start = subject;
    }
    return;
  }
  if (kind >= RecordKind.leaderElected) return takePublishing(topic, kind, detail, subject, value);
  if (kind >= RecordKind.memberJoined && kind <= RecordKind.rebalanced) {
    if (kind !== RecordKind.rebalanced) return;
    topic.rebalances[detail]!.count++;
    topic.rebalances[detail]!.micros += value;
    return;
  }
  const slot = topic.slots[detail]!;
  switch (kind) {
    case RecordKind.delivered:
      slot.delivered++;
      if (subject <= slot.highest) slot.redelivered++;
      else {
        slot.highest = subject;
        slot.waitMicros += value;
      }
      break;
    case RecordKind.handled:
      slot.handled++;
      slot.handledMicros += value;
      slot.reached = Math.max(slot.reached, subject + 1);
      slot.next = topic.keeps ? subject + 1 : Math.max(slot.next, subject + 1);
      break;
    case RecordKind.passedOver:
      slot.passedOver++;
      slot.reached = Math.max(slot.reached, subject + 1);
      slot.next = subject + 1;
      break;
    case RecordKind.offsetCommitted:
      slot.committed = subject;
      break;
    case RecordKind.assigned:
      if (subject < 0) {
        slot.unreadSince = now;
        break;
      }
      slot.unreadMicros += unreadUntil(slot, now);
      slot.unreadSince = -1;
      if (slot.reached >= 0) slot.skipped += Math.max(0, value - slot.reached);
      slot.reached = Math.max(slot.reached, value);
      slot.next = value;
      if (slot.committed === NONE) slot.committed = value;
      break;
    case RecordKind.sought:
      slot.next = subject;
      break;
    case RecordKind.strayDelivered:
      slot.strays++;
      slot.highest = Math.max(slot.highest, subject);
      break;
    case RecordKind.strayHandled:
      slot.reached = Math.max(slot.reached, subject + 1);
      break;
    case RecordKind.commitRefused:
      slot.commitsRefused++;
  }
}

function takePublishing({ publishing, partitions }: Topic, kind: number, partition: number, subject: number, value: number): void {
  switch (kind) {
    case RecordKind.leaderElected:
      // The first leaders are those that the topic begins with.
      if (value > 0 && subject > 0) publishing.elections++;
      break;
    case RecordKind.truncated:
      publishing.truncated += value;
      partitions[partition]!.end = subject;
      break;
    case RecordKind.acknowledgedLost:
      publishing.acknowledgedLost++;
      break;
    case RecordKind.duplicateDropped:
      publishing.duplicatesDropped++;
      break;
    case RecordKind.republished:
      publishing.retried++;
      break;
    case RecordKind.publishRefused:
      publishing.refused++;
  }
}

function nothingPublished(): Publishing {
  return { refused: 0, retried: 0, duplicatesDropped: 0, elections: 0, truncated: 0, acknowledgedLost: 0 };
}

/** Time in the window up to an instant in which nobody has read it, as far as it is not counted yet. */
function unreadUntil({ unreadSince }: Slot, now: Micros): Micros {
  return unreadSince < 0 ? 0 : now - unreadSince;
}

type OverPartitions = Omit<GroupSummary, 'rebalances' | 'rebalancingMs'>;

function groupSummary(slots: readonly Slot[], partitions: readonly Partition[], endMicros: Micros): OverPartitions {
  const total = (pick: (slot: Slot) => number): number => sum(slots.map(pick));
  const meanMs = (micros: number, count: number): number | null => (count > 0 ? micros / count / 1_000 : null);
  const after = (pick: (slot: Slot) => number): number =>
    sum(slots.map((slot, partition) => Math.max(0, partitions[partition]!.end - Math.max(partitions[partition]!.start, pick(slot)))));
  const [delivered, redelivered, handled] = [
    total((slot) => slot.delivered),
    total((slot) => slot.redelivered),
    total((slot) => slot.handled),
  ];
  return {
    delivered,
    redelivered,
    handled,
    passedOver: total((slot) => slot.passedOver),
    lag: after(({ committed }) => committed),
    behind: after(({ next }) => next),
    meanWaitMs: meanMs(
      total((slot) => slot.waitMicros),
      delivered - redelivered,
    ),
    meanHandledMs: meanMs(
      total((slot) => slot.handledMicros),
      handled,
    ),
    unreadMs: total((slot) => slot.unreadMicros + unreadUntil(slot, endMicros)) / partitions.length / 1_000,
    skipped: total((slot) => slot.skipped),
    strays: total((slot) => slot.strays),
    commitsRefused: total((slot) => slot.commitsRefused),
  };
}

function emptySlot(isRead: boolean): Slot {
  return {
    delivered: 0,
    redelivered: 0,
    handled: 0,
    passedOver: 0,
    waitMicros: 0,
    handledMicros: 0,
    next: 0,
    committed: NONE,
    highest: NONE,
    reached: NONE,
    unreadSince: isRead ? 0 : -1,
    unreadMicros: 0,
    skipped: 0,
    strays: 0,
    commitsRefused: 0,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
