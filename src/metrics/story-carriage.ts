/** What connections mean for a story: what a message waited for before it went, and under way, becomes hops, each the cause of the next. */
import type { Micros } from '../model/time';
import { ARRIVES_LATER, RecordKind } from '../model/trace';
import type { CarriageStretch } from './carriage';
import { givenBack } from './carriage-books';
import type { Hop, HopKind } from './hop';
import type { DraftHop } from './story-hops';
import { because, partsOf, spend, type Parts, type Spent, type Stand } from './story-stand';
import type { StoryTelling } from './story-telling';
import type { TraceRow } from './trace-reader';

/** A message goes that was held back: where it stands then. `connecting` is the hop of its waiting, `before` where it stood until that. */
export function boarded(story: StoryTelling, connecting: DraftHop, before: Stand, sent: TraceRow): Stand {
  const letOn = story.own.findLast(
    ({ kind, place, subject, record }) =>
      kind === RecordKind.letOn && place === sent.place && subject === sent.subject && record < sent.record,
  );
  const [first, ...rest] = letOn ? story.carriages.before(letOn, sent, story.own) : [];
  if (!first) return spend(before, 'Td', sent.timeMicros, connecting.index);
  connecting.kind = first.wait;
  story.hops.close(connecting, first.toMicros);
  let stand = spend(before, 'Td', first.toMicros, connecting.index);
  for (const stretch of rest) stand = spend(stand, 'Td', stretch.toMicros, waited(story, stretch, connecting, stand.hop).index);
  return stand;
}

/** A message is there: where it stands, with what held it up last as the cause of what follows. `source`: where it stood when it went. */
export function carried(story: StoryTelling, flight: DraftHop, source: Stand, delivered: TraceRow): Stand {
  const sent = story.own.find(({ record }) => record === flight.record);
  let stand = source;
  let cause = flight.index;
  if (sent?.kind === RecordKind.messageSent && sent.value === ARRIVES_LATER) {
    for (const stretch of story.carriages.during(sent, delivered, story.own)) {
      const hop = waited(story, stretch, flight, cause);
      stand = spend(spend(stand, flight.part!, stretch.fromMicros, flight.index), 'Td', stretch.toMicros, hop.index);
      cause = hop.index;
    }
  }
  return because(spend(stand, flight.part!, delivered.timeMicros, flight.index), cause);
}

function waited(story: StoryTelling, { wait, record, fromMicros, toMicros }: CarriageStretch, of: DraftHop, cause: number): DraftHop {
  return story.hops.add({ kind: wait, place: of.place, record, fromMicros, toMicros, cause, message: of.message });
}

/**
 * A path whose ways hold as much travelling as the books say. What a message waited under way for no recorded reason, such as its turn on
 * the wire, is told where only one message can have waited it. `isOnConnection` is asked about flights.
 */
export function byTheBooks(
  path: readonly Spent[],
  hops: readonly Hop[],
  parts: Parts,
  isOnConnection: (flight: Hop) => boolean,
): readonly Spent[] {
  let found = path;
  for (const part of ['Tr', 'Tp'] as const) {
    const flightOf = ({ hop }: Spent): Hop | undefined => {
      const flight = flightUnder(hops, hop);
      return flight?.part === part ? flight : undefined;
    };
    found = givenBack(found, parts[part], {
      roleOf: (spent) => (flightOf(spent) ? (spent.part === part ? 'travel' : 'wait') : undefined),
      travelling: (wait) => ({ ...wait, part, hop: flightOf(wait)!.index }),
    });
    const waited = partsOf(found)[part] - parts[part];
    const flights = new Set(found.flatMap((spent) => flightOf(spent) ?? []).filter(isOnConnection));
    if (waited > 0 && flights.size === 1) found = withWaiting(found, [...flights][0]!, waited);
  }
  return found;
}

/** The flight of a hop, or the one that it held up; undefined for what happens elsewhere. */
function flightUnder(hops: readonly Hop[], index: number): Hop | undefined {
  for (let hop = hops[index]; hop; hop = hop.cause === undefined ? undefined : hops[hop.cause]) {
    if (hop.kind === 'flight') return hop;
    if (!UNDER_WAY.has(hop.kind)) return undefined;
  }
  return undefined;
}

const UNDER_WAY: ReadonlySet<HopKind> = new Set<HopKind>(['streamWindow', 'connectionWindow', 'resent']);

/** The first of the time of a flight was waiting. */
function withWaiting(path: readonly Spent[], { index, part }: Hop, waitedMicros: Micros): readonly Spent[] {
  let left = waitedMicros;
  return path.flatMap((spent) => {
    if (left === 0 || spent.hop !== index || spent.part !== part) return [spent];
    const untilMicros = Math.min(spent.toMicros, spent.fromMicros + left);
    left -= untilMicros - spent.fromMicros;
    const waiting: Spent = { ...spent, part: 'Td', toMicros: untilMicros };
    return untilMicros < spent.toMicros ? [waiting, { ...spent, fromMicros: untilMicros }] : [waiting];
  });
}
