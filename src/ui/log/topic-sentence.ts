/** What a record of a topic says, as a sentence. */
import { COMMIT_ERRORS, LEAVE_REASONS, LOG_RECORDS } from '../../model/log-records';
import type { LaneResult } from '../../model/run-result';
import type { TraceRow } from '../../metrics/trace-reader';
import { spanText } from '../timeline/time-text';

type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** What went wrong for somebody. */
export const TOPIC_TROUBLE: ReadonlySet<number> = new Set([
  LOG_RECORDS.passedOver,
  LOG_RECORDS.memberLeft,
  LOG_RECORDS.commitRefused,
  LOG_RECORDS.strayDelivered,
  LOG_RECORDS.strayHandled,
  LOG_RECORDS.strayPassedOver,
  LOG_RECORDS.truncated,
  LOG_RECORDS.acknowledgedLost,
  LOG_RECORDS.brokerDown,
  LOG_RECORDS.republished,
  LOG_RECORDS.publishRefused,
]);

const { appended, recordsExpired, memberJoined, memberLeft, rebalanceStarted, rebalanced } = LOG_RECORDS;
/** Their detail is a partition, or nothing. */
const isOfPartition = (kind: number): boolean => kind === appended || kind === recordsExpired || kind >= LOG_RECORDS.leaderElected;
const OF_GROUP: ReadonlySet<number> = new Set([memberJoined, memberLeft, rebalanceStarted, rebalanced]);
const NAMES = new Map<number, string>(Object.entries(LOG_RECORDS).map(([name, kind]) => [kind, name]));

export function topicSentence(row: TraceRow, lane: LaneResult, t: Translate): string {
  const place = lane.places[row.place];
  if (place?.kind !== 'topic') return '';
  const params = { name: place.id, offset: row.subject, request: row.request, count: row.value, span: spanText(row.value) };
  const key = `log.${NAMES.get(row.kind) ?? ''}`;
  if (isOfPartition(row.kind)) {
    const noLeader = row.kind === LOG_RECORDS.leaderElected && row.subject < 0;
    const member = row.kind === LOG_RECORDS.republished ? nameOf(row.subject, lane) : '';
    return t(noLeader ? 'log.noLeader' : key, { ...params, partition: row.detail, broker: row.subject, member });
  }
  if (OF_GROUP.has(row.kind)) {
    const why = row.kind === memberLeft ? `.${LEAVE_REASONS[row.value] ?? 'left'}` : '';
    return t(key + why, { ...params, group: place.groups[row.detail] ?? '', member: nameOf(row.subject, lane), generation: row.subject });
  }
  const ofSlot = {
    ...params,
    group: place.groups[Math.floor(row.detail / place.partitions)] ?? '',
    partition: row.detail % place.partitions,
  };
  switch (row.kind) {
    case LOG_RECORDS.assigned:
      if (row.subject < 0) return t('log.unassigned', ofSlot);
      return t(key, { ...ofSlot, member: nameOf(row.subject, lane), offset: row.value });
    case LOG_RECORDS.commitRefused:
      return t(key, { ...ofSlot, error: COMMIT_ERRORS[row.value] ?? '' });
    default:
      // Only what strays do names the member in its value.
      return t(key, { ...ofSlot, member: nameOf(row.value, lane) });
  }
}

function nameOf(place: number, { places }: LaneResult): string {
  const member = places[place];
  return member && member.kind !== 'link' ? member.id : '';
}
