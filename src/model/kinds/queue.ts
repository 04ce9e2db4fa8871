/** A broker's queue, point to point. */
import * as v from 'valibot';
import { LIMITS } from '../limits';
import { problem } from '../problem';
import { nearest } from '../nearest';
import { readDuration } from '../resolve';
import { at, choice, duration, name, object, truth, wholeNumber } from '../schema-parts';
import type { Reading } from '../scenario-reading';
import { pathText } from '../path-text';
import type { Micros } from '../time';
import type { JsonRecord } from '../variant';
import type { Placed } from './placed';

const CAPACITY = 1_000_000;
const MAX_DELIVERIES = 1_000;

export const queueSchema = object({
  kind: v.literal('queue'),
  at,
  capacity: v.optional(wholeNumber(1, LIMITS.queueCapacity)),
  overflow: v.optional(choice('reject', 'drop-oldest', 'block')),
  confirms: v.optional(truth),
  ack: v.optional(choice('manual', 'auto')),
  ackTimeout: v.optional(duration(LIMITS.delayMicros, 1)),
  maxDeliveries: v.optional(wholeNumber(1, 1_000_000)),
  deadLetter: name,
  prefetch: v.optional(wholeNumber(1, LIMITS.prefetch)),
  ttl: v.optional(duration(LIMITS.delayMicros, 1)),
  delay: v.optional(duration(LIMITS.delayMicros)),
  priority: v.optional(wholeNumber(1, LIMITS.priority)),
  durable: v.optional(truth),
});

export interface Queue extends Placed {
  readonly kind: 'queue';
  readonly capacity: number;
  /** What a full queue does with a new message. `block`: it takes it when there is room, and confirms it only then. */
  readonly overflow: 'reject' | 'drop-oldest' | 'block';
  /** Without publisher confirms a sender goes on as soon as its message has left, and never learns that it was lost or refused. */
  readonly confirms: boolean;
  /** `manual`: a message stays until its handler has returned; `auto`: it is forgotten when it leaves. */
  readonly ack: 'manual' | 'auto';
  /** A message not acknowledged for this long is delivered again. */
  readonly ackTimeoutMicros: Micros | undefined;
  /** Deliveries of one message before it is given up. */
  readonly maxDeliveries: number;
  /** Where messages go that were delivered too often, rejected, expired or dropped; undefined: they are gone. */
  readonly deadLetter: string | undefined;
  /** Unacknowledged messages a consumer may hold; undefined means two for each of its workers. */
  readonly prefetch: number | undefined;
  /** A message that is ready for this long is thrown away; the time of one that comes back goes on. */
  readonly ttlMicros: Micros | undefined;
  /** Time from the arrival of a message until it is ready for the first time. */
  readonly delayMicros: Micros;
  /** The highest priority of a message: 0 to 9. The highest goes first; among equals, who was there first. */
  readonly priority: number;
  /** Whether its messages are there again after a crash of the broker. */
  readonly durable: boolean;
}

export function resolveQueue(id: string, file: v.InferOutput<typeof queueSchema>): Queue {
  return {
    kind: 'queue',
    id,
    at: file.at,
    capacity: file.capacity ?? CAPACITY,
    overflow: file.overflow ?? 'reject',
    confirms: file.confirms ?? true,
    ack: file.ack ?? 'manual',
    ackTimeoutMicros: file.ackTimeout === undefined ? undefined : readDuration(file.ackTimeout),
    maxDeliveries: file.maxDeliveries ?? MAX_DELIVERIES,
    deadLetter: file.deadLetter,
    prefetch: file.prefetch,
    ttlMicros: file.ttl === undefined ? undefined : readDuration(file.ttl),
    delayMicros: file.delay === undefined ? 0 : readDuration(file.delay),
    priority: file.priority ?? 0,
    durable: file.durable ?? true,
  };
}

export function checkQueue(id: string, queue: JsonRecord, reading: Reading): void {
  const { problems, components } = reading;
  const where = (key: string): string => pathText(['components', id, key]);
  const consumers = endsOf(id, reading).filter((end) => end !== queue['deadLetter']);
  if (consumers.length === 0 && !isDeadLetterQueue(id, reading)) {
    problems.push(problem(pathText(['components', id]), 'problem.queueWithoutConsumer'));
  }
  for (const end of consumers) {
    // A client takes replies from a queue; a service takes messages.
    const kind = components.get(end)?.['kind'];
    if (kind !== undefined && kind !== 'service' && kind !== 'client')
      problems.push(problem(pathText(['components', id]), 'problem.queueConsumer', { value: end }));
  }
  if (queue['overflow'] === 'block' && queue['confirms'] === false)
    problems.push(problem(where('confirms'), 'problem.blockWithoutConfirms'));
  checkDeadLetter(id, queue, where('deadLetter'), reading);
}

function checkDeadLetter(id: string, queue: JsonRecord, path: string, reading: Reading): void {
  const { problems, components } = reading;
  const target = queue['deadLetter'];
  if (typeof target !== 'string') return;
  const queues = [...components].filter(([other, { kind }]) => kind === 'queue' && other !== id).map(([other]) => other);
  if (target !== id && components.get(target)?.['kind'] !== 'queue') {
    const near = nearest(target, queues);
    if (near !== undefined) problems.push(problem(path, 'problem.noComponentNear', { value: target, nearest: near }));
    else problems.push(problem(path, 'problem.deadLetterNoQueue', { value: target }));
  } else if (circlesForEver(id, components)) problems.push(problem(path, 'problem.deadLetterCycle', { value: id }));
  else if (!endsOf(id, reading).includes(target)) problems.push(problem(path, 'problem.deadLetterWithoutLink', { from: id, to: target }));
}

/** Whether dead letters of this queue come back to it without ever resting: no queue on the way has a ttl or a delay. */
function circlesForEver(id: string, components: Reading['components']): boolean {
  const seen = new Set<unknown>();
  for (let at: unknown = id; typeof at === 'string' && !seen.has(at);) {
    seen.add(at);
    const queue: JsonRecord | undefined = components.get(at);
    if (queue?.['kind'] !== 'queue' || queue['ttl'] !== undefined || queue['delay'] !== undefined) return false;
    at = queue['deadLetter'];
    if (at === id) return true;
  }
  return false;
}

function isDeadLetterQueue(id: string, { components }: Reading): boolean {
  return [...components.values()].some((component) => component['kind'] === 'queue' && component['deadLetter'] === id);
}

function endsOf(id: string, { links }: Reading): string[] {
  return links.flatMap((link) => (link['from'] === id && typeof link['to'] === 'string' ? [link['to']] : []));
}
