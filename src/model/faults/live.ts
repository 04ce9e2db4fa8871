/**
 * Parameters that can change while a run goes on, and what each change makes of its component or link. What is not in the table would
 * mean another system, not another setting: it changes only for a whole run.
 */
import { readDuration } from '../resolve';
import type { Link } from '../kinds/link';
import type { Component } from '../scenario';
import type { Micros } from '../time';
import { isRecord, type JsonRecord } from '../variant';

const WAY = ['delay', 'loss', 'duplicate', 'corrupt', 'order'];
/** By kind of component, and of links. */
export const LIVE: Readonly<Record<string, readonly string[]>> = Object.assign(Object.create(null) as Record<string, readonly string[]>, {
  client: ['arrivals'],
  service: ['replicas', 'workers', 'waitingLimit', 'work'],
  queue: ['capacity', 'overflow', 'prefetch', 'maxDeliveries', 'ackTimeout', 'ttl', 'delay'],
  balancer: ['policy', 'choices', 'rateLimit', 'healthCheck', 'outlierDetection'],
  store: ['operations', 'delay'],
  topic: ['retention.records', 'retention.time'],
  link: [...WAY, ...WAY.map((key) => `back.${key}`)],
});

/** From an instant on, a component or a link is this. */
export type LiveChange =
  | { readonly atMicros: Micros; readonly kind: 'component'; readonly value: Component }
  | { readonly atMicros: Micros; readonly kind: 'link'; readonly index: number; readonly value: Link };

/** `components.server.workers`, `links[0].back.delay`: the keys on the way. */
export function pathKeys(path: string): readonly string[] {
  return path.match(/[^.[\]]+/g) ?? [];
}

/** The document with the value at a path replaced, or taken out if it is undefined. What the path leads through is copied, the rest shared. */
export function withValue(document: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (Array.isArray(document)) return document.map((item: unknown, index) => (String(index) === key ? withValue(item, rest, value) : item));
  const { [key]: old, ...others } = isRecord(document) ? document : {};
  const replaced = withValue(old, rest, value);
  return replaced === undefined ? others : { ...(document as object), [key]: replaced };
}

export function valueAt(document: unknown, keys: readonly string[]): unknown {
  let value = document;
  for (const key of keys) value = Array.isArray(value) ? (value as unknown[])[Number(key)] : isRecord(value) ? value[key] : undefined;
  return value;
}

interface Setting {
  readonly path: string;
  readonly value: unknown;
  readonly fromMicros: Micros;
  readonly untilMicros: Micros;
}

/**
 * What the `set` entries of a file come to, in the order of time. Where two are on at one path the one that began later counts, of two that
 * began together the later of the list; where none is, the file. The file has been checked.
 */
export function liveChanges<File extends JsonRecord>(
  file: File,
  faults: readonly { readonly at: string; readonly for?: string | undefined; readonly set?: JsonRecord | undefined }[],
  /** What a component of the file has become, and what a link has: the replicas of a service, each with links of its own. */
  components: (id: string, file: File) => readonly Component[],
  links: (index: number, file: File) => readonly { readonly index: number; readonly value: Link }[],
): readonly LiveChange[] {
  const settings = faults.flatMap(({ at, for: length, set }): Setting[] => {
    const fromMicros = readDuration(at);
    const untilMicros = length === undefined ? Infinity : fromMicros + readDuration(length);
    return Object.entries(set ?? {}).map(([path, value]) => ({ path, value, fromMicros, untilMicros }));
  });
  settings.sort((one, other) => one.fromMicros - other.fromMicros);
  const instants = [...new Set(settings.flatMap(({ fromMicros, untilMicros }) => [fromMicros, untilMicros]))].filter(Number.isFinite);
  return instants
    .sort((one, other) => one - other)
    .flatMap((atMicros) => {
      const on = settings.filter(({ fromMicros, untilMicros }) => fromMicros <= atMicros && atMicros < untilMicros);
      const now = on.reduce<unknown>((document, { path, value }) => withValue(document, pathKeys(path), value), file) as File;
      const touched = settings.filter(({ fromMicros, untilMicros }) => fromMicros === atMicros || untilMicros === atMicros);
      const targets = new Set(touched.map(({ path }) => pathKeys(path).slice(0, 2).join(' ')));
      return [...targets].flatMap((target): LiveChange[] => {
        const [part, name] = target.split(' ') as [string, string];
        if (part === 'components') return components(name, now).map((value) => ({ atMicros, kind: 'component', value }));
        return links(Number(name), now).map((changed) => ({ atMicros, kind: 'link', ...changed }));
      });
    });
}
