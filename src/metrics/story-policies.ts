/** What the records of calls and policies mean for a story: time-outs, retries, hedges, refusals. */
import type { Micros } from '../model/time';
import { PolicyAct, RecordKind } from '../model/trace';
import type { HopKind } from './hop';
import type { StoryCall } from './story-calls';
import type { DraftHop } from './story-hops';
import { because, spend, type Stand } from './story-stand';
import type { StoryTelling } from './story-telling';
import type { TraceRow } from './trace-reader';

type Take = (story: StoryTelling, row: TraceRow) => void;

/** The time of attempts that came to nothing, and of the pauses between them, counts as waiting. */
function inVain({ begin }: StoryCall, now: Micros, hop: DraftHop): Stand {
  return because(spend(begin, 'Td', now, hop.index), hop.index);
}

/** What has come of the last attempt of a call. */
function newestOf(story: StoryTelling, call: StoryCall): number {
  const last = call.sendings.at(-1)!;
  return last.ended ?? story.hops.newestOf(last.flight.index);
}

function timedOut(story: StoryTelling, row: TraceRow): void {
  const call = story.calls.find(row.subject, row.place, 'noAnswer');
  if (!call)
    return void story.note(
      { ...row, subject: 0 },
      'timedOut',
      story.activityAt(row.place, row.timeMicros)?.begun.hop,
      row.detail,
      'timeout',
    );
  const hop = story.note({ ...row, subject: 0 }, 'timedOut', newestOf(story, call), row.detail, 'timeout');
  for (const sending of call.sendings) sending.ended ??= hop.index;
  call.owner.hear(inVain(call, row.timeMicros, hop), row.timeMicros);
}

/** Another attempt starts now. */
function again(story: StoryTelling, row: TraceRow, kind: HopKind, from: number, count: number): void {
  const call = story.calls.find(row.subject, from, kind === 'hedged' ? 'noAnswer' : 'answer');
  const hop = story.note({ ...row, subject: 0 }, kind, call && newestOf(story, call), count);
  if (!call) return;
  const stand = inVain(call, row.timeMicros, hop);
  if (kind !== 'hedged') call.owner.hear(stand, row.timeMicros);
  story.calls.plan({ place: from, atMicros: row.timeMicros, stand, call });
}

function retried(story: StoryTelling, row: TraceRow): void {
  again(story, row, 'retried', row.place, row.detail);
}

function pushedBack(story: StoryTelling, row: TraceRow): void {
  const call = story.calls.find(row.subject, row.place, 'answer');
  story.note({ ...row, subject: 0 }, 'pushedBack', call && newestOf(story, call), row.detail);
}

function policyActed(story: StoryTelling, row: TraceRow): void {
  const owner = story.places.ownerOf(row.place);
  switch (row.detail) {
    case PolicyAct.hedged:
      return again(story, row, 'hedged', owner, 0);
    case PolicyAct.refused:
      return policyRefused(story, row, owner);
    default: {
      const stand = story.standOf(owner, row.subject, row.timeMicros);
      story.note(row, row.detail === PolicyAct.held ? 'policyHeld' : 'replayed', stand.hop);
    }
  }
}

/** A breaker, a bulkhead, a budget or a rate limit says no: to a call before it leaves, or to a message that has come. */
function policyRefused(story: StoryTelling, row: TraceRow, owner: number): void {
  const { place, subject, timeMicros: now } = row;
  const part = story.places.at(place);
  const reason = part?.kind === 'part' ? 'policy' : 'full';
  if (part?.kind !== 'part' || part.to === undefined) {
    const before = story.standOf(owner, subject, now);
    const hop = story.note(row, 'policyRefused', before.hop, 0, reason);
    story.hold(owner, subject, because(before, hop.index));
    return;
  }
  const caller = story.activityAt(owner, now);
  // Of a call that has failed before, or of one that never left.
  const call = story.calls.known(subject) ?? (caller?.hasNewsAt(now) === false ? story.calls.find(subject, owner, 'answer') : undefined);
  const stood = call ? undefined : caller?.acts(now);
  const hop = story.note({ ...row, subject: 0 }, 'policyRefused', call ? newestOf(story, call) : stood?.hop, 0, reason);
  if (call) call.owner.hear(inVain(call, now, hop), now);
  else if (caller && stood) caller.hear(because(stood, hop.index), now);
}

/** A producer sends a record again. */
function republished(story: StoryTelling, row: TraceRow): void {
  const { place: topic, subject: publisher, value, timeMicros: now } = row;
  const call = story.calls.publication(publisher, topic);
  const hop = story.note({ ...row, place: publisher, subject: 0 }, 'republished', call && newestOf(story, call), value);
  if (call) story.calls.plan({ place: publisher, atMicros: now, stand: inVain(call, now, hop), call });
}

export const POLICIES: Readonly<Partial<Record<RecordKind, Take>>> = {
  [RecordKind.timedOut]: timedOut,
  [RecordKind.retried]: retried,
  [RecordKind.pushedBack]: pushedBack,
  [RecordKind.policyActed]: policyActed,
  [RecordKind.republished]: republished,
};
