/** A fault as people write it: `{ "at": "60s", "for": "10s", "crash": "greeter" }`. Each entry has exactly one verb. */
import * as v from 'valibot';
import { LIMITS } from '../limits';
import { readDuration } from '../resolve';
import { delay, duration, number, object, says, text } from '../schema-parts';
import type { Micros } from '../time';
import type { ComponentTrouble, Fault, FaultyLink, LinkTrouble } from './fault';

const FACTOR = { min: 0.01, max: 1_000 };
/** Seconds gained or lost a second: far more than any clock of a computer does. */
const DRIFT = 0.5;
const PATH_LENGTH = 200;

const id = text(LIMITS.idLength);
const share = number(0, 1);
/** With `oneWay`, only what goes from `from` to `to`. */
const ways = { from: id, to: id, oneWay: v.optional(v.boolean(says('problem.boolean'))) };
const withShare = v.optional(object({ ...ways, probability: share }));
const signedDuration = v.pipe(
  v.string(says('problem.offset')),
  v.regex(/^[+-]?(\d+(?:\.\d+)?|\.\d+)\s*(us|µs|ms|s|min|h)$/, says('problem.offset')),
);

export const faultSchema = object({
  at: duration(LIMITS.durationMicros),
  for: v.optional(duration(LIMITS.durationMicros, 1)),
  crash: v.optional(id),
  pause: v.optional(id),
  partition: v.optional(object(ways)),
  /** A component by `component`, or a link by `from` and `to`. */
  slow: v.optional(
    object({
      component: v.optional(id),
      from: v.optional(id),
      to: v.optional(id),
      oneWay: ways.oneWay,
      factor: v.optional(number(FACTOR.min, FACTOR.max)),
      add: v.optional(delay),
    }),
  ),
  loss: withShare,
  duplicate: withShare,
  reorder: v.optional(object({ ...ways, probability: share, by: delay })),
  corrupt: withShare,
  /** Parameters by their path in the file. */
  set: v.optional(v.record(text(PATH_LENGTH), v.unknown(), says('problem.object'))),
  skew: v.optional(object({ component: id, offset: v.optional(signedDuration), drift: v.optional(number(-DRIFT, DRIFT)) })),
});

type FaultFile = v.InferOutput<typeof faultSchema>;
/** The ends of the scenario's links, in the order of the file. */
type Ends = readonly { readonly from: string; readonly to: string }[];

/** `"-250ms"` to −250,000 µs. */
function readOffset(text: string): Micros {
  const micros = readDuration(text.replace(/^[+-]/, ''));
  return text.startsWith('-') ? -micros : micros;
}

export function resolveFault(file: FaultFile, index: number, links: Ends): Fault {
  const atMicros = readDuration(file.at);
  const times = { index, atMicros, untilMicros: file.for === undefined ? undefined : atMicros + readDuration(file.for) };
  const onComponent = (component: string, trouble: ComponentTrouble): Fault => ({ ...times, kind: 'component', component, trouble });
  const onLink = (ends: { from: string; to: string; oneWay?: boolean | undefined }, trouble: LinkTrouble): Fault => ({
    ...times,
    kind: 'link',
    link: faultyLink(ends, links),
    trouble,
  });
  if (file.set) return { ...times, kind: 'set', trouble: { verb: 'set' }, settings: file.set };
  const { crash, pause, partition, slow, reorder, skew } = file;
  if (crash !== undefined) return onComponent(crash, { verb: 'crash' });
  if (pause !== undefined) return onComponent(pause, { verb: 'pause' });
  if (partition) return onLink(partition, { verb: 'partition' });
  if (slow?.component !== undefined) return onComponent(slow.component, { verb: 'slow', factor: slow.factor! });
  if (slow) {
    const { from, to, oneWay, factor = 1, add = '0ms' } = slow;
    return onLink({ from: from!, to: to!, oneWay }, { verb: 'slow', factor, addMicros: readDuration(add) });
  }
  if (reorder) return onLink(reorder, { verb: 'reorder', probability: reorder.probability, byMicros: readDuration(reorder.by) });
  if (skew) {
    const { component, offset = '0ms', drift = 0 } = skew;
    return onComponent(component, { verb: 'skew', offsetMicros: readOffset(offset), drift });
  }
  const verb = (['loss', 'duplicate', 'corrupt'] as const).find((name) => file[name] !== undefined)!;
  const { probability, ...ends } = file[verb]!;
  return onLink(ends, { verb, probability });
}

/** A link may be named from either end; then its way forth is the fault's way back. */
function faultyLink({ from, to, oneWay = false }: { from: string; to: string; oneWay?: boolean | undefined }, links: Ends): FaultyLink {
  const straight = links.findIndex((link) => link.from === from && link.to === to);
  if (straight >= 0) return { link: straight, forth: true, back: !oneWay };
  return { link: links.findIndex((link) => link.from === to && link.to === from), forth: !oneWay, back: true };
}
