/** What the records of topics mean for a story: a record that is appended, kept, fetched by each group, handled or passed over. */
import type { Micros } from '../model/time';
import { MessageKind, RecordKind } from '../model/trace';
import { because, spend, type Stand } from './story-stand';
import type { StoryTelling } from './story-telling';
import type { TraceRow } from './trace-reader';

type Take = (story: StoryTelling, row: TraceRow) => void;

/** A record of the request in a topic. */
export interface InTopic {
  readonly message: number;
  readonly topic: number;
  readonly partition: number;
  readonly offset: number;
  readonly stand: Stand;
}

/** The record that a row of a reader is about: its slot counts partitions for each group. */
function inTopic(story: StoryTelling, { place, subject, detail }: TraceRow): InTopic | undefined {
  const topic = story.places.at(place);
  return topic?.kind === 'topic' ? story.records.get(`${place}:${detail % topic.partitions}:${subject}`) : undefined;
}

function appended(story: StoryTelling, row: TraceRow): void {
  const { place: topic, subject: offset, detail: partition, value: message, timeMicros } = row;
  const before = story.standOf(topic, message, timeMicros);
  const hop = story.note({ ...row, subject: message }, 'appended', before.hop, offset);
  const stand = because(spend(before, 'Td', timeMicros, before.hop), hop.index);
  story.hold(topic, message, stand);
  story.records.set(`${topic}:${partition}:${offset}`, { message, topic, partition, offset, stand });
}

/** Handed to the service that reads it; which one, the next record of the message says. */
function delivered(story: StoryTelling, row: TraceRow): void {
  const topic = story.places.at(row.place);
  const record = inTopic(story, row);
  if (record && topic?.kind === 'topic' && topic.keeps) story.handedOver = { record, atMicros: row.timeMicros, row: row.record };
}

/**
 * Where a message stands at a service that has been handed it by a topic: it has waited in the log, has come with others over the link, and may
 * have waited for those before it.
 */
export function takeOver(story: StoryTelling, place: number, message: number, now: Micros): void {
  const { handedOver, places, hops } = story;
  if (handedOver?.record.message !== message || handedOver.atMicros !== now) return;
  story.handedOver = undefined;
  const { topic, partition, offset, stand } = handedOver.record;
  const travel = places.travels.bringing(places.idOf(topic), places.idOf(place), partition, offset, now);
  const sentMicros = Math.max(stand.atMicros, travel?.sentMicros ?? stand.atMicros);
  const common = { record: handedOver.row, message };
  let left = stand;
  if (sentMicros > stand.atMicros) {
    const kept = hops.add({ ...common, kind: 'inLog', place: topic, fromMicros: stand.atMicros, toMicros: sentMicros, cause: stand.hop });
    left = spend(stand, 'Td', sentMicros, kept.index);
  }
  if (travel) {
    // The message that brought it is known already where it was the first of those in it.
    const known = story.flights.find(
      ({ hop }) => hop.place === travel.way && hop.message === message && hop.fromMicros === sentMicros,
    )?.hop;
    const given = { ...common, kind: 'flight', place: travel.way, fromMicros: sentMicros, cause: left.hop } as const;
    const flight = known ?? hops.flight(given, MessageKind.records);
    hops.close(flight, travel.arrivedMicros);
    flight.fate = 'arrived';
    if (flight.cause === stand.hop) flight.cause = left.hop;
    left = spend(left, 'Tr', travel.arrivedMicros, flight.index);
  }
  story.hold(place, message, left);
}

function read(story: StoryTelling, row: TraceRow, kind: 'handled' | 'passedOver', count: number, reason?: string): void {
  const record = inTopic(story, row);
  if (!record) return;
  const by = story.handled?.atMicros === row.timeMicros ? story.handled : record.stand;
  story.note({ ...row, subject: record.message }, kind, by.hop, count, reason);
}

/** About a message that has come to the topic. */
function toldOf(story: StoryTelling, row: TraceRow, kind: 'publishRefused' | 'duplicateDropped' | 'acknowledgedLost'): void {
  const before = story.standOf(row.place, row.value, row.timeMicros);
  const hop = story.note({ ...row, subject: row.value }, kind, before.hop, 0, kind);
  story.hold(row.place, row.value, because(before, hop.index));
}

export const LOGS: Readonly<Partial<Record<RecordKind, Take>>> = {
  [RecordKind.appended]: appended,
  [RecordKind.delivered]: delivered,
  [RecordKind.strayDelivered]: delivered,
  [RecordKind.handled]: (story, row) => read(story, row, 'handled', 0),
  [RecordKind.strayHandled]: (story, row) => read(story, row, 'handled', 0),
  [RecordKind.passedOver]: (story, row) => read(story, row, 'passedOver', row.value, 'passedOver'),
  [RecordKind.strayPassedOver]: (story, row) => read(story, row, 'passedOver', 0, 'passedOver'),
  [RecordKind.publishRefused]: (story, row) => toldOf(story, row, 'publishRefused'),
  [RecordKind.duplicateDropped]: (story, row) => toldOf(story, row, 'duplicateDropped'),
  [RecordKind.acknowledgedLost]: (story, row) => toldOf(story, row, 'acknowledgedLost'),
};
