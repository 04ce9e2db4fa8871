/** What the records of services, stores, queues and balancers mean for a story: lines, workers, work, and what queues do with messages. */
import { Abandoned, DEATH_REASONS, RecordKind, Refusal } from '../model/trace';
import type { HopKind } from './hop';
import { takeOver } from './story-log';
import { because, spend, type Stand } from './story-stand';
import type { StoryTelling } from './story-telling';
import type { TraceRow } from './trace-reader';

type Take = (story: StoryTelling, row: TraceRow) => void;

const REFUSALS = new Map<number, string>(Object.entries(Refusal).map(([name, number]) => [number, name]));

function inHand(story: StoryTelling, { place, subject, timeMicros }: TraceRow): Stand {
  takeOver(story, place, subject, timeMicros);
  return story.standOf(place, subject, timeMicros);
}

function joined(story: StoryTelling, row: TraceRow): void {
  story.wait('waiting', row, inHand(story, row), Math.max(0, row.value - 1));
}

function taken(story: StoryTelling, row: TraceRow): void {
  const { place, record, subject, detail, timeMicros: now } = row;
  const waited = story.waited('waiting', row);
  const before = inHand(story, row);
  const hop = story.hops.open({
    kind: 'handling',
    place,
    record,
    fromMicros: now,
    cause: waited?.index ?? before.hop,
    message: subject,
    count: detail + 1,
  });
  const stand = because(spend(before, 'Td', now, waited?.index ?? before.hop), hop.index);
  story.byWorker.set(`${place}:${detail}`, story.begin(place, subject, stand, hop));
}

/** An event loop: what the handler awaited is there, and it needs a worker to go on. */
function woken(story: StoryTelling, row: TraceRow): void {
  const activity = story.handling(row.place, row.subject);
  if (activity) story.wait('waiting', row, activity.lastNews(row.timeMicros).stand, 0);
}

function resumed(story: StoryTelling, row: TraceRow): void {
  const { place, subject, detail, timeMicros: now } = row;
  const activity = story.handling(place, subject);
  const waited = story.waited('waiting', row);
  if (!activity) return;
  const { stand } = activity.lastNews(now);
  activity.hear(spend(stand, 'Td', now, waited?.index ?? stand.hop), now);
  story.byWorker.set(`${place}:${detail}`, activity);
}

function worked(story: StoryTelling, { place, record, subject, detail, value, timeMicros: now }: TraceRow): void {
  const activity = story.byWorker.get(`${place}:${detail}`);
  if (!activity) return;
  // Work that a pause interrupts, or that goes on at another speed, is written again; first, that it stands still.
  if (value === now) {
    const stopped = activity.interrupt(now);
    activity.stopped.push(...stopped);
    if (stopped.length > 0) return;
  }
  const stopped = activity.stopped.shift();
  const before = stopped ? spend(stopped, 'Td', now, stopped.hop) : activity.acts(now);
  const hop = story.hops.add({ kind: 'work', place, record, fromMicros: now, toMicros: value, cause: before.hop, message: subject });
  activity.begin(hop, before);
}

function freed(story: StoryTelling, { place, detail, timeMicros: now }: TraceRow): void {
  const activity = story.byWorker.get(`${place}:${detail}`);
  if (!activity) return;
  activity.interrupt(now);
  story.handled = activity.acts(now);
  story.stop(activity, now);
}

function dispatched(story: StoryTelling, row: TraceRow): void {
  const waited = story.waited('waiting', row);
  const before = inHand(story, row);
  story.settled.delete(`${row.place}:${row.subject}`);
  story.hold(row.place, row.subject, spend(before, 'Td', row.timeMicros, waited?.index ?? before.hop));
}

function acknowledged(story: StoryTelling, row: TraceRow): void {
  const cause = story.settled.get(`${row.place}:${row.subject}`) ?? inHand(story, row).hop;
  story.note(row, 'acknowledged', cause);
}

/** Back to the queue, because a consumer gave it back, went down, or did not answer in time. */
function returned(story: StoryTelling, row: TraceRow): void {
  const before = inHand(story, row);
  const cause = story.settled.get(`${row.place}:${row.subject}`) ?? story.hops.newestOf(before.hop);
  const back = story.note(row, 'returned', cause, row.detail);
  const stand = because(spend(before, 'Td', row.timeMicros, before.hop), back.index);
  story.hold(row.place, row.subject, stand);
  story.wait('waiting', row, stand, 0);
}

function leaves(story: StoryTelling, row: TraceRow, kind: HopKind, reason: string | undefined): void {
  const waited = story.waited('waiting', row);
  const before = inHand(story, row);
  const gone = story.note(row, kind, waited?.index ?? before.hop, 0, reason);
  story.hold(row.place, row.subject, because(spend(before, 'Td', row.timeMicros, waited?.index ?? before.hop), gone.index));
}

function blocked(story: StoryTelling, row: TraceRow): void {
  story.wait('blocked', row, inHand(story, row), Math.max(0, row.value - 1));
}

function unblocked(story: StoryTelling, row: TraceRow): void {
  const hop = story.waited('blocked', row);
  if (hop) story.hold(row.place, row.subject, spend(inHand(story, row), 'Td', row.timeMicros, hop.index));
}

function refused(story: StoryTelling, row: TraceRow): void {
  const before = inHand(story, row);
  const hop = story.note(row, 'refused', before.hop, 0, REFUSALS.get(row.detail));
  story.hold(row.place, row.subject, because(before, hop.index));
}

function handlerFailed(story: StoryTelling, row: TraceRow): void {
  const activity = story.activityAt(row.place, row.timeMicros);
  if (!activity) return;
  const stand = activity.acts(row.timeMicros);
  const failed = story.note({ ...row, subject: 0 }, 'handlerFailed', stand.hop, 0, 'handlerFailed');
  activity.hear(because(stand, failed.index), row.timeMicros);
}

/** Gone with a crash. */
function abandoned(story: StoryTelling, row: TraceRow): void {
  const { place, subject, detail, timeMicros: now } = row;
  const waited = story.waited('waiting', row);
  const activity = detail === Abandoned.waiting ? undefined : story.handling(place, subject);
  story.note(row, 'abandoned', waited?.index ?? activity?.lastNews(now).stand.hop ?? inHand(story, row).hop, 0, 'crash');
  if (activity) story.stop(activity, now);
}

function forwarded(story: StoryTelling, row: TraceRow): void {
  const before = inHand(story, row);
  const hop = story.note(row, 'forwarded', before.hop, row.detail + 1);
  story.forwarded = { place: row.place, message: row.subject };
  story.hold(row.place, row.subject, because(before, hop.index));
}

function noted(story: StoryTelling, row: TraceRow): void {
  const isAborted = row.kind === RecordKind.aborted;
  const cause = story.handling(row.place, row.subject)?.lastNews(row.timeMicros).stand.hop;
  story.note(row, isAborted ? 'aborted' : 'committed', cause ?? inHand(story, row).hop, 0, isAborted ? 'aborted' : undefined);
}

export const STATIONS: Readonly<Partial<Record<RecordKind, Take>>> = {
  [RecordKind.joined]: joined,
  [RecordKind.workerTaken]: taken,
  [RecordKind.woken]: woken,
  [RecordKind.resumed]: resumed,
  [RecordKind.yielded]: (story, { place, detail }) => void story.byWorker.delete(`${place}:${detail}`),
  [RecordKind.workStarted]: worked,
  [RecordKind.workerFreed]: freed,
  [RecordKind.dispatched]: dispatched,
  [RecordKind.acknowledged]: acknowledged,
  [RecordKind.returned]: returned,
  [RecordKind.dropped]: (story, row) => leaves(story, row, 'dropped', 'dropped'),
  [RecordKind.expired]: (story, row) => leaves(story, row, 'expired', 'expired'),
  [RecordKind.deadLettered]: (story, row) => leaves(story, row, 'deadLettered', DEATH_REASONS[row.detail]),
  [RecordKind.blocked]: blocked,
  [RecordKind.unblocked]: unblocked,
  [RecordKind.refused]: refused,
  [RecordKind.handlerFailed]: handlerFailed,
  [RecordKind.abandoned]: abandoned,
  [RecordKind.forwarded]: forwarded,
  [RecordKind.committed]: noted,
  [RecordKind.aborted]: noted,
};
