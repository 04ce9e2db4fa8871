/** Counts of every topic over the window of a summary, folded record by record. */
import { RecordKind, type Place, type TraceChunk } from '../model/trace';
import { isLogRecord } from '../model/log-records';
import type { GroupSummary, TopicSummary } from '../model/summary';
import type { Micros } from '../model/time';
import { LogCuts } from './log-cuts';
import { ReadingCounts } from './reading-counts';

interface Partition {
  appended: number;
  start: number;
  end: number;
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
  /** By group and partition. */
  readonly readings: readonly ReadingCounts[];
  readonly cuts: LogCuts;
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
        readings: Array.from({ length: partitions * groups.length }, () => new ReadingCounts(keeps)),
        cuts: new LogCuts(),
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
      for (const reading of topic.readings) reading.beginWindow(now);
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
    const { partitions, groups, readings, rebalances, expired } = this.topics[place]!;
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
            ...groupSummary(readings.slice(group * partitions.length, (group + 1) * partitions.length), partitions, endMicros),
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
  if (kind >= RecordKind.leaderElected) return takePublishing(topic, kind, detail, subject, value, now);
  if (kind >= RecordKind.memberJoined && kind <= RecordKind.rebalanced) {
    if (kind !== RecordKind.rebalanced) return;
    topic.rebalances[detail]!.count++;
    topic.rebalances[detail]!.micros += value;
    return;
  }
  const isGone = kind === RecordKind.delivered && topic.cuts.isGone(detail % topic.partitions.length, subject, now - value);
  topic.readings[detail]!.take(kind, subject, value, now, isGone);
}

function takePublishing(topic: Topic, kind: number, partition: number, subject: number, value: number, now: Micros): void {
  const { publishing, partitions, readings, cuts } = topic;
  switch (kind) {
    case RecordKind.leaderElected:
      // The first leaders are those that the topic begins with.
      if (value > 0 && subject > 0) publishing.elections++;
      break;
    case RecordKind.truncated:
      publishing.truncated += value;
      partitions[partition]!.end = subject;
      cuts.cut(partition, subject, now);
      for (let at = partition; at < readings.length; at += partitions.length) readings[at]!.fallBack(subject);
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

type OverPartitions = Omit<GroupSummary, 'rebalances' | 'rebalancingMs'>;

function groupSummary(readings: readonly ReadingCounts[], partitions: readonly Partition[], endMicros: Micros): OverPartitions {
  const total = (pick: (reading: ReadingCounts) => number): number => sum(readings.map(pick));
  const meanMs = (micros: number, count: number): number | null => (count > 0 ? micros / count / 1_000 : null);
  const after = (pick: (reading: ReadingCounts) => number): number =>
    sum(
      readings.map((reading, partition) => Math.max(0, partitions[partition]!.end - Math.max(partitions[partition]!.start, pick(reading)))),
    );
  const [delivered, redelivered, handled] = [
    total((reading) => reading.delivered),
    total((reading) => reading.redelivered),
    total((reading) => reading.handled),
  ];
  return {
    delivered,
    redelivered,
    handled,
    passedOver: total((reading) => reading.passedOver),
    lag: after(({ committed }) => committed),
    behind: after(({ next }) => next),
    meanWaitMs: meanMs(
      total((reading) => reading.waitMicros),
      delivered - redelivered,
    ),
    meanHandledMs: meanMs(
      total((reading) => reading.handledMicros),
      handled,
    ),
    unreadMs: total((reading) => reading.unreadUntil(endMicros)) / partitions.length / 1_000,
    skipped: total((reading) => reading.skipped),
    strays: total((reading) => reading.strays),
    commitsRefused: total((reading) => reading.commitsRefused),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
