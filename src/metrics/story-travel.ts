/** What the records of links mean for a story: messages that leave, arrive, are lost or called off. */
import type { Micros } from '../model/time';
import { MessageKind, RecordKind } from '../model/trace';
import { boarded, carried } from './story-carriage';
import type { DraftHop } from './story-hops';
import type { StoryCall } from './story-calls';
import { spend, type Stand } from './story-stand';
import type { StoryTelling } from './story-telling';
import type { TraceRow } from './trace-reader';

type Take = (story: StoryTelling, row: TraceRow) => void;

interface Source {
  readonly stand: Stand;
  readonly call: StoryCall | undefined;
}

function sent(story: StoryTelling, row: TraceRow): void {
  const { place, record, subject, detail, timeMicros: now } = row;
  const { from, to } = story.places.endsOf(place);
  const connecting = story.waited('connecting', row);
  const { stand: source, call } = connecting
    ? { stand: boarded(story, connecting, storyOfWait(story, connecting, now), row), call: undefined }
    : sourceOf(story, from, row);
  const hop = story.hops.flight(
    { kind: 'flight', place, record, fromMicros: now, cause: source.hop, message: subject },
    detail as MessageKind,
  );
  story.flights.push({ hop, source });
  remember(story, row, from, to, hop, source, call);
}

/** Where a message stood before it waited for a connection. */
function storyOfWait(story: StoryTelling, { place, message }: DraftHop, now: Micros): Stand {
  return story.handOf(place, message) ?? story.standOf(story.places.endsOf(place).from, message, now);
}

/** Notes who waits for an answer to what is sent. */
function remember(
  story: StoryTelling,
  { subject, detail, timeMicros: now }: TraceRow,
  from: number,
  to: number,
  flight: DraftHop,
  begin: Stand,
  call: StoryCall | undefined,
): void {
  const isCall = detail === MessageKind.request;
  const component = story.places.kindOf(from);
  if ((!isCall && detail !== MessageKind.message) || component === 'queue' || component === 'topic' || component === 'balancer') return;
  const owner = call?.owner ?? story.activityAt(from, now);
  if (owner) story.calls.sent(subject, { owner, place: from, to, flight, isCall, begin: call?.begin ?? begin, call, ended: undefined });
}

/** Where that stands which a component sends now. */
function sourceOf(story: StoryTelling, from: number, { subject, detail, timeMicros: now }: TraceRow): Source {
  const stands = (stand: Stand): Source => ({ stand, call: undefined });
  const component = story.places.kindOf(from);
  if (component === 'balancer') {
    const inHand = story.handOf(from, subject);
    if (inHand || story.forwarded?.place !== from) return stands(inHand ?? story.first);
    const { message } = story.forwarded;
    story.aliases.set(subject, message);
    return stands(story.standOf(from, message, now));
  }
  if (component === 'queue' || component === 'topic') return stands(story.standOf(from, subject, now));
  if (detail === MessageKind.request || detail === MessageKind.message) {
    const planned = story.calls.takePlanned(from, now);
    if (planned) return { stand: planned.stand, call: planned.call };
  }
  const answers = story.handling(from, subject);
  const activity = answers ?? (story.handOf(from, subject) ? undefined : story.activityAt(from, now));
  return stands(activity ? activity.acts(now) : story.standOf(from, subject, now));
}

/** A link has made a second message of one that was just sent. */
function duplicated(story: StoryTelling, { place, record, subject, detail, timeMicros: now }: TraceRow): void {
  const original = story.flights.findLast(({ hop }) => hop.place === place && hop.fromMicros === now && hop.messageKind === detail);
  const source = original?.source ?? story.first;
  const cause = original?.hop.index ?? source.hop;
  const hop = story.hops.flight({ kind: 'flight', place, record, fromMicros: now, cause, message: subject }, detail as MessageKind);
  hop.reason = 'duplicate';
  story.flights.push({ hop, source });
  if (original) story.calls.copied(subject, original.hop.message);
}

function lost(story: StoryTelling, { place, subject, value, timeMicros: now }: TraceRow): void {
  const flight = story.flights.findLast(({ hop }) => hop.place === place && hop.message === subject && hop.isOpen)?.hop;
  if (!flight) return;
  story.hops.close(flight, value);
  flight.fate = 'lost';
  flight.reason = story.places.whyLost(place, now);
}

function delivered(story: StoryTelling, row: TraceRow): void {
  const { place, subject, detail, value, timeMicros: now } = row;
  const flight = flightOf(story, place, subject, value);
  if (!flight) return;
  const { hop, source } = flight;
  story.hops.close(hop, now);
  hop.fate = 'arrived';
  const stand = carried(story, hop, source, row);
  story.arrives(story.places.endsOf(place).to, subject, detail, stand);
}

/** It will not arrive: called off, or its connection is dead. Then whoever waits for the answer hears so. */
function cancelled(story: StoryTelling, { place, subject, value, timeMicros: now }: TraceRow): void {
  const flight = flightOf(story, place, subject, value);
  if (!flight) return;
  const { hop, source } = flight;
  story.hops.close(hop, now);
  hop.fate = 'cancelled';
  const sending = story.calls.of(subject);
  if (sending && !sending.owner.hasNewsAt(now)) story.tell(sending.place, subject, spend(source, 'Td', now, hop.index), now);
}

function flightOf(story: StoryTelling, place: number, message: number, sentMicros: Micros): StoryTelling['flights'][number] | undefined {
  return story.flights.findLast(({ hop }) => hop.isOpen && hop.place === place && hop.message === message && hop.fromMicros === sentMicros);
}

function newestFlight(story: StoryTelling, { place, subject }: TraceRow): DraftHop | undefined {
  return story.flights.findLast(({ hop }) => hop.place === place && hop.message === subject)?.hop;
}

function corrupted(story: StoryTelling, row: TraceRow): void {
  const flight = newestFlight(story, row);
  if (flight) flight.reason = 'damaged';
}

function resent(story: StoryTelling, row: TraceRow): void {
  const flight = newestFlight(story, row);
  if (flight) flight.count++;
}

/** Nobody waits for it any more, or its connection is dead. */
function letOn(story: StoryTelling, row: TraceRow): void {
  if (row.detail === 1) story.waited('connecting', row);
}

function heldBack(story: StoryTelling, row: TraceRow): void {
  const { stand } = sourceOf(story, story.places.endsOf(row.place).from, row);
  story.hold(row.place, row.subject, stand);
  story.wait('connecting', row, stand, Math.max(0, row.value - 1));
}

/** A component is paused: what has just come waits at its door. */
function heldAtDoor(story: StoryTelling, row: TraceRow): void {
  const arrived = story.flights.findLast(({ hop }) => hop.message === row.subject && hop.toMicros === row.timeMicros);
  const before = arrived ? spend(arrived.source, arrived.hop.part!, row.timeMicros, arrived.hop.index) : story.first;
  const door = story.wait('door', row, before, 0);
  story.flights.push({ hop: door, source: before });
}

function letIn(story: StoryTelling, row: TraceRow): void {
  const { place, subject, detail, timeMicros: now } = row;
  const door = story.waited('door', row);
  const before = story.flights.find(({ hop }) => hop === door)?.source;
  if (door && before) story.arrives(place, subject, detail, spend(before, 'Td', now, door.index));
}

export const TRAVEL: Readonly<Partial<Record<RecordKind, Take>>> = {
  [RecordKind.messageSent]: sent,
  [RecordKind.messageDuplicated]: duplicated,
  [RecordKind.messageLost]: lost,
  [RecordKind.messageDelivered]: delivered,
  [RecordKind.messageCancelled]: cancelled,
  [RecordKind.messageCorrupted]: corrupted,
  [RecordKind.segmentResent]: resent,
  [RecordKind.heldBack]: heldBack,
  [RecordKind.letOn]: letOn,
  [RecordKind.heldAtDoor]: heldAtDoor,
  [RecordKind.letIn]: letIn,
};
