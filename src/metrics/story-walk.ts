/** Going through a story by its causes and effects. */
import type { Micros } from '../model/time';
import type { Hop } from './hop';
import type { Story } from './story';

/** Where somebody is in a story who looks at an instant: the hop they chose, if it begins then; or else the last of the causes of the end that has begun. */
export function hopAt(story: Story, timeMicros: Micros, chosen: number | undefined): Hop | undefined {
  const own = chosen === undefined ? undefined : story.hops[chosen];
  if (own?.fromMicros === timeMicros) return own;
  const led = causesOfEnd(story);
  const begun = story.hops.filter(({ fromMicros }) => fromMicros <= timeMicros);
  return begun.findLast(({ index }) => led.has(index)) ?? begun.at(-1);
}

/** The hop that led to where somebody is: the beginning of what is going on, or what came before it. Whoever looks elsewhere begins at the end. */
export function previousCause(story: Story, timeMicros: Micros, chosen: number | undefined): Hop | undefined {
  if (isOutside(story, timeMicros)) return story.hops[story.end ?? story.hops.length - 1];
  const here = hopAt(story, timeMicros, chosen);
  if (!here || here.fromMicros < timeMicros) return here;
  return here.cause === undefined ? undefined : story.hops[here.cause];
}

/** What came of where somebody is: of several effects, the one that led to the end; else the first. Whoever looks elsewhere begins at the start. */
export function nextEffect(story: Story, timeMicros: Micros, chosen: number | undefined): Hop | undefined {
  const here = isOutside(story, timeMicros) ? undefined : hopAt(story, timeMicros, chosen);
  if (!here) return story.hops[0];
  const led = causesOfEnd(story);
  const next = here.effects.find((effect) => led.has(effect)) ?? here.effects[0];
  return next === undefined ? story.hops.find(({ fromMicros }) => fromMicros > timeMicros) : story.hops[next];
}

/** Before the request began, or after all that came of it. */
function isOutside({ row, hops }: Story, timeMicros: Micros): boolean {
  return timeMicros < row.startedMicros || timeMicros > Math.max(row.endedMicros, hops.at(-1)?.fromMicros ?? 0);
}

/** The end, what led to it, what led to that, back to the start. Of a request that is still open: the same for what happened last. */
function causesOfEnd({ hops, end }: Pick<Story, 'hops' | 'end'>): ReadonlySet<number> {
  const led = new Set<number>();
  for (let at = end ?? hops.at(-1)?.index; at !== undefined; at = hops[at]!.cause) led.add(at);
  return led;
}

/**
 * Why a request ended badly: the first of its causes of which the trace says what went wrong, in the attempt that was the last. That an error
 * was handed on through three services says less than the message that was lost.
 */
export function troubleOf(story: Story): Hop | undefined {
  let trouble: Hop | undefined;
  for (let at = story.end ?? story.hops.at(-1)?.index; at !== undefined; at = story.hops[at]!.cause) {
    const hop = story.hops[at]!;
    if (trouble && (hop.kind === 'retried' || hop.kind === 'republished')) return trouble;
    if (isTrouble(hop)) trouble = hop;
  }
  // A message that is lost ends nothing by itself: whoever sent it waits.
  return trouble ?? story.hops.findLast((hop) => isTrouble(hop) && hop.fromMicros <= story.row.endedMicros);
}

function isTrouble({ reason }: Hop): boolean {
  return reason !== undefined && reason !== 'duplicate' && reason !== 'duplicateDropped';
}
