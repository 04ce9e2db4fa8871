/** A broker's queue, point to point. */
import * as v from 'valibot';
import { LIMITS } from '../limits';
import { problem } from '../problem';
import { readDuration } from '../resolve';
import { at, choice, duration, object, wholeNumber } from '../schema-parts';
import type { Reading } from '../scenario-reading';
import { pathText } from '../scenario-shape';
import type { Micros } from '../time';
import type { JsonRecord } from '../variant';
import type { Placed } from './placed';

const CAPACITY = 1_000_000;
const MAX_DELIVERIES = 1_000;

export const queueSchema = object({
  kind: v.literal('queue'),
  at,
  capacity: v.optional(wholeNumber(1, LIMITS.queueCapacity)),
  overflow: v.optional(choice('reject', 'drop-oldest')),
  ack: v.optional(choice('manual', 'auto')),
  ackTimeout: v.optional(duration(LIMITS.delayMicros, 1)),
  maxDeliveries: v.optional(wholeNumber(1, 1_000_000)),
  prefetch: v.optional(wholeNumber(1, LIMITS.prefetch)),
});

export interface Queue extends Placed {
  readonly kind: 'queue';
  readonly capacity: number;
  readonly overflow: 'reject' | 'drop-oldest';
  /** `manual`: a message stays until its handler has returned; `auto`: it is forgotten when it leaves. */
  readonly ack: 'manual' | 'auto';
  /** A message not acknowledged for this long is delivered again. */
  readonly ackTimeoutMicros: Micros | undefined;
  /** Deliveries of one message before it is given up. */
  readonly maxDeliveries: number;
  /** Unacknowledged messages a consumer may hold; undefined means two for each of its workers. */
  readonly prefetch: number | undefined;
}

export function resolveQueue(id: string, file: v.InferOutput<typeof queueSchema>): Queue {
  return {
    kind: 'queue',
    id,
    at: file.at,
    capacity: file.capacity ?? CAPACITY,
    overflow: file.overflow ?? 'reject',
    ack: file.ack ?? 'manual',
    ackTimeoutMicros: file.ackTimeout === undefined ? undefined : readDuration(file.ackTimeout),
    maxDeliveries: file.maxDeliveries ?? MAX_DELIVERIES,
    prefetch: file.prefetch,
  };
}

export function checkQueue(id: string, _queue: JsonRecord, { problems, components, links }: Reading): void {
  const ends = links.flatMap((link) => (link['from'] === id && typeof link['to'] === 'string' ? [link['to']] : []));
  if (ends.length === 0) problems.push(problem(pathText(['components', id]), 'problem.queueWithoutConsumer'));
  for (const end of ends) {
    // A client takes replies from a queue; a service takes messages.
    if (components.get(end)?.['kind'] === 'queue')
      problems.push(problem(pathText(['components', id]), 'problem.queueConsumer', { value: end }));
  }
}
