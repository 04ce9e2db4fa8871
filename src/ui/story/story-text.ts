/** A story in sentences: what each hop was, why it went wrong, and in one line where the time of the request went. */
import type { Hop } from '../../metrics/hop';
import type { Story } from '../../metrics/story';
import { partsOf, type Spent } from '../../metrics/story-stand';
import { troubleOf } from '../../metrics/story-walk';
import { DELAY_PARTS, type DelayPart } from '../../model/delay-part';
import type { LaneResult } from '../../model/run-result';
import { Outcome, OUTCOME_NAMES } from '../../model/outcome';
import { MessageKind } from '../../model/trace';
import type { Translate } from '../log/sentence';
import { placeTitle } from '../shell/place-title';
import { spanText } from '../timeline/time-text';

type Params = Readonly<Record<string, string | number>>;

function namesOf({ place: index, count }: Hop, { places }: LaneResult): Params {
  const place = places[index];
  const ends = place?.kind === 'link' ? { from: place.from, to: place.to } : { from: '', to: '' };
  return { ...ends, place: place ? placeTitle(place, places) : '', count };
}

/** What a hop was, without its times. */
export function hopText(hop: Hop, story: Story, lane: LaneResult, t: Translate): string {
  const params = { ...namesOf(hop, lane), request: story.row.request };
  switch (hop.kind) {
    case 'flight': {
      const what = t(`story.message.${hop.messageKind ?? 0}`);
      return t(`story.hop.flight.${hop.fate ?? 'open'}`, { ...params, what });
    }
    case 'waiting': {
      const isQueue = lane.places[hop.place]?.kind === 'queue';
      return t(`story.hop.waiting.${isQueue ? 'queue' : 'line'}.${hop.count > 0 ? 'others' : 'first'}`, params);
    }
    case 'ended':
      return t('story.hop.ended', { ...params, outcome: t(`story.ended.${OUTCOME_NAMES[hop.count] ?? 'error'}`) });
    default:
      return t(`story.hop.${hop.kind}`, params);
  }
}

/** Why something was lost, refused or given up: the words of a badge. */
export function reasonText({ reason }: Pick<Hop, 'reason'>, t: Translate): string | undefined {
  return reason === undefined ? undefined : t(`story.reason.${reason}`);
}

/** One sentence: how long it took, or for how long it has been under way, where most of that went, and why it ended badly. */
export function headline(story: Story, lane: LaneResult, t: Translate): string {
  const { request, outcome, startedMicros, endedMicros } = story.row;
  const span = spanText(endedMicros - startedMicros);
  const most = mostText(story, lane, t);
  if (outcome === Outcome.ok) return t('story.headline.took', { request, span, most });
  if (outcome === Outcome.inFlight) return t('story.headline.open', { request, span, most });
  const trouble = troubleOf(story);
  const why = trouble && reasonText(trouble, t);
  const params = { request, span, most, outcome: t(`story.ended.${OUTCOME_NAMES[outcome]}`) };
  if (!trouble || why === undefined) return t('story.headline.failed', params);
  return t('story.headline.failedBecause', { ...params, why, where: namesOf(trouble, lane)['place']! });
}

/** Why a story has no chain of causes: it went over a stream, its end follows from nothing that is recorded, or things went on at once. */
export function noPathText({ hops, row }: Story, t: Translate): string {
  const isPart = ({ messageKind }: Hop): boolean => messageKind === MessageKind.part || messageKind === MessageKind.replyPart;
  if (hops.some(isPart)) return t('story.noPathOverStream');
  // What the client itself notes is no cause of it.
  const others = hops.filter(({ kind }) => kind !== 'started' && kind !== 'accepted' && kind !== 'ended');
  const lastMicros = others.reduce((latest, { toMicros }) => Math.max(latest, toMicros), row.startedMicros);
  return t(lastMicros < row.endedMicros ? 'story.noPathToEnd' : 'story.noPath');
}

/** Where most of the time went. */
function mostText({ path, row, hops }: Story, lane: LaneResult, t: Translate): string {
  const parts = path ? partsOf(path) : row.parts;
  if (row.endedMicros === row.startedMicros) return t('story.most.none');
  const spent = path && longest(path, hops);
  if (!spent) {
    const part = DELAY_PARTS.reduce((most, one) => (parts[one] > parts[most] ? one : most));
    return t(`story.most.part.${part}`, { span: spanText(parts[part]) });
  }
  const hop = hops[spent.hop]!;
  const params = { ...namesOf(hop, lane), span: spanText(spent.micros) };
  switch (hop.kind) {
    case 'waiting': {
      const isQueue = lane.places[hop.place]?.kind === 'queue';
      // How many wait with it is said of one stay, not of several.
      const stay = hop.count > 0 && spent.hops === 1 ? 'others' : 'first';
      return t(`story.most.waiting.${isQueue ? 'queue' : 'line'}.${stay}`, params);
    }
    case 'flight':
    case 'work':
    case 'blocked':
    case 'connecting':
    case 'freeConnection':
    case 'freeStream':
    case 'tcp':
    case 'tls':
    case 'turn':
    case 'streamWindow':
    case 'connectionWindow':
    case 'resent':
    case 'door':
    case 'inLog':
    case 'returned':
    case 'hedged':
      return t(`story.most.${hop.kind}`, params);
    case 'timedOut':
    case 'retried':
    case 'republished':
      return t('story.most.inVain', params);
    case 'started':
      // Nothing came of it, or has not yet: its client is left waiting.
      return t(path.at(-1)?.hop === hop.index ? 'story.most.inWait' : 'story.most.pause', params);
    default:
      return t(spent.part === 'Ts' ? 'story.most.work' : 'story.most.pause', params);
  }
}

/** Time spent on what is the same: hops of one kind at one place, the last of them and how many there are. */
interface Sum {
  hop: number;
  hops: number;
  micros: number;
  readonly part: DelayPart;
}

/** On what most of the time was spent. A hundred short waits for a window are one long one. */
function longest(path: readonly Spent[], hops: Story['hops']): Readonly<Sum> | undefined {
  const sums = new Map<string, Sum>();
  for (const { hop, part, fromMicros, toMicros } of path) {
    const { kind, place } = hops[hop]!;
    const key = `${kind} ${place} ${part}`;
    const sum = sums.get(key) ?? { hop, hops: 1, micros: 0, part };
    if (sum.hop !== hop) sum.hops++;
    sums.set(key, Object.assign(sum, { hop, micros: sum.micros + toMicros - fromMicros }));
  }
  return [...sums.values()].reduce<Sum | undefined>((most, one) => (most && most.micros >= one.micros ? most : one), undefined);
}
