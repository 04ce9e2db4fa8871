/** A fault as people write it: `{ "at": "60s", "for": "10s", "crash": "greeter" }`. Each entry has exactly one verb. */
import * as v from 'valibot';
import { LIMITS } from '../limits';
import { replicaNumber, serviceOf, type ExpandedLink, type Instances } from '../replicas';
import { readDuration } from '../resolve';
import { delay, duration, number, object, says, text, wholeNumber } from '../schema-parts';
import type { Micros } from '../time';
import type { ComponentTrouble, Fault, FaultyLink, LinkTrouble, SetFault } from './fault';
import { pathKeys } from './live';

const FACTOR = { min: 0.01, max: 1_000 };
/** Seconds gained or lost a second: far more than any clock of a computer does. */
const DRIFT = 0.5;
const PATH_LENGTH = 200;

const id = text(LIMITS.idLength);
const share = number(0, 1);
/** With `oneWay`, only what goes from `from` to `to`. */
const ways = { from: id, to: id, oneWay: v.optional(v.boolean(says('problem.boolean'))) };
const withShare = v.optional(object({ ...ways, probability: share }));
const offsetRange = says('problem.offset', { max: `${LIMITS.delayMicros / 1e6}s` });
const signedDuration = v.pipe(
  v.string(offsetRange),
  v.regex(/^[+-]?(\d+(?:\.\d+)?|\.\d+)\s*(us|µs|ms|s|min|h)$/, offsetRange),
  v.check((given) => Math.abs(readOffset(given)) <= LIMITS.delayMicros, offsetRange),
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
  /** A new version of a service, by a rolling update. */
  deploy: v.optional(
    object({ service: id, code: v.optional(text(LIMITS.idLength)), maxUnavailable: v.optional(wholeNumber(1, LIMITS.replicas)) }),
  ),
  skew: v.optional(object({ component: id, offset: v.optional(signedDuration), drift: v.optional(number(-DRIFT, DRIFT)) })),
});

type FaultFile = v.InferOutput<typeof faultSchema>;
/** The scenario's links, in the order of the file. */
export type Ends = readonly ExpandedLink[];

/** `"-250ms"` to −250,000 µs. */
function readOffset(text: string): Micros {
  const micros = readDuration(text.replace(/^[+-]/, ''));
  return text.startsWith('-') ? -micros : micros;
}

/** @param instances the components that one of the file has become; a fault may name all of them at once, or one */
export function resolveFault(file: FaultFile, index: number, links: Ends, instances: Instances, isTopic: (id: string) => boolean): Fault {
  const atMicros = readDuration(file.at);
  const times = { index, atMicros, untilMicros: file.for === undefined ? undefined : atMicros + readDuration(file.for) };
  const onComponent = (component: string, trouble: ComponentTrouble): Fault => ({
    ...times,
    kind: 'component',
    components: instances(component),
    trouble,
  });
  const onLink = (ends: { from: string; to: string; oneWay?: boolean | undefined }, trouble: LinkTrouble): Fault => ({
    ...times,
    kind: 'link',
    links: linksBetween(ends, links),
    trouble,
  });
  if (file.set) return { ...times, kind: 'set', trouble: { verb: 'set' }, ...targetsOf(Object.keys(file.set), links, instances) };
  if (file.deploy) {
    const { service, code, maxUnavailable = 1 } = file.deploy;
    return { ...times, kind: 'deploy', trouble: { verb: 'deploy' }, components: instances(service), code, maxUnavailable };
  }
  const { crash, pause, partition, slow, reorder, skew } = file;
  if (crash !== undefined && isTopic(serviceOf(crash)))
    return { ...times, kind: 'broker', trouble: { verb: 'crash' }, components: [serviceOf(crash)], broker: replicaNumber(crash) };
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

function targetsOf(paths: readonly string[], links: Ends, instances: Instances): Pick<SetFault, 'components' | 'links'> {
  const targets = new Set(paths.map((path) => pathKeys(path).slice(0, 2).join(' ')));
  const named = (part: string): string[] =>
    [...targets].flatMap((target) => (target.startsWith(`${part} `) ? [target.split(' ')[1]!] : []));
  return {
    components: named('components').flatMap(instances),
    links: named('links').flatMap((index) => links.flatMap((link, place) => (link.index === Number(index) ? [place] : []))),
  };
}

/** A link may be named from either end; then its way forth is the fault's way back. A service with replicas means the links of all of them. */
export function linksBetween(
  { from, to, oneWay = false }: { from: string; to: string; oneWay?: boolean | undefined },
  links: Ends,
): FaultyLink[] {
  const means = (name: string, end: string): boolean => name === end || name === serviceOf(end);
  const between = (one: string, other: string): number[] =>
    links.flatMap((link, place) => (means(one, link.from) && means(other, link.to) ? [place] : []));
  const straight = between(from, to);
  if (straight.length > 0) return straight.map((link) => ({ link, forth: true, back: !oneWay }));
  return between(to, from).map((link) => ({ link, forth: !oneWay, back: true }));
}
