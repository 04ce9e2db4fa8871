/** A link: both directions between two components. */
import * as v from 'valibot';
import type { Distribution } from '../distribution';
import { LIMITS } from '../limits';
import { problem } from '../problem';
import { readBandwidth, readDistributionOf } from '../resolve';
import { bandwidth, choice, distribution, number, object, text } from '../schema-parts';
import { unknownComponent, type Reading } from '../scenario-reading';
import { checkConnections, connectionEntries, resolveConnection, type Connection } from './connection';

const share = v.optional(number(0, 1));
const linkWay = {
  delay: v.optional(distribution),
  loss: share,
  duplicate: share,
  corrupt: share,
  order: v.optional(choice('any', 'keep')),
  bandwidth: v.optional(bandwidth),
};
export const linkSchema = object({
  from: text(LIMITS.idLength),
  to: text(LIMITS.idLength),
  ...linkWay,
  ...connectionEntries,
  back: v.optional(object(linkWay)),
});

/** One line of the file: both directions between two components. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly forth: LinkWay;
  readonly back: LinkWay;
  /** Undefined: each message travels by itself. */
  readonly connection: Connection | undefined;
}

export interface LinkWay {
  readonly delay: Distribution;
  /** Share of messages lost, 0 to 1; over TCP, of segments. */
  readonly loss: number;
  /** Undefined: sending takes no time of its own. */
  readonly bytesPerSecond: number | undefined;
  /** Share of messages that arrive twice, each copy with a delay of its own. */
  readonly duplicate: number;
  /** Share of messages that arrive damaged: the checksum says so, and the receiver answers DATA_LOSS. */
  readonly corrupt: number;
  /** `keep`: no message overtakes another. `any`: each has its own delay. */
  readonly order: 'any' | 'keep';
}

export function resolveLink(link: v.InferOutput<typeof linkSchema>): Link {
  const forth: LinkWay = {
    delay: readDistributionOf(link.delay ?? '0ms'),
    loss: link.loss ?? 0,
    bytesPerSecond: link.bandwidth === undefined ? undefined : readBandwidth(link.bandwidth),
    duplicate: link.duplicate ?? 0,
    corrupt: link.corrupt ?? 0,
    order: link.order ?? 'any',
  };
  const back: LinkWay = {
    delay: link.back?.delay === undefined ? forth.delay : readDistributionOf(link.back.delay),
    loss: link.back?.loss ?? forth.loss,
    bytesPerSecond: link.back?.bandwidth === undefined ? forth.bytesPerSecond : readBandwidth(link.back.bandwidth),
    duplicate: link.back?.duplicate ?? forth.duplicate,
    corrupt: link.back?.corrupt ?? forth.corrupt,
    order: link.back?.order ?? forth.order,
  };
  return { from: link.from, to: link.to, forth, back, connection: resolveConnection(link) };
}

export function checkLinks(reading: Reading): void {
  checkConnections(reading);
  const { problems, components, links } = reading;
  const seen = new Set<string>();
  for (const [index, link] of links.entries()) {
    const { from, to } = link;
    for (const end of ['from', 'to']) {
      const id = link[end];
      if (typeof id === 'string' && !components.has(id)) problems.push(unknownComponent(`links[${index}].${end}`, id, components));
    }
    if (typeof from !== 'string' || typeof to !== 'string') continue;
    if (from === to) problems.push(problem(`links[${index}]`, 'problem.linkToItself', { value: from }));
    const key = JSON.stringify([from, to]);
    if (seen.has(key)) problems.push(problem(`links[${index}]`, 'problem.linkTwice', { from, to }));
    seen.add(key);
  }
}
