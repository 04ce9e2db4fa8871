/** A durable key-value store with transactions: where idempotency keys, inboxes, outboxes and the steps of sagas are kept. */
import * as v from 'valibot';
import type { Distribution } from '../distribution';
import { LIMITS } from '../limits';
import { problem } from '../problem';
import { readDistributionOf } from '../resolve';
import { at, choice, distribution, object, wholeNumber } from '../schema-parts';
import type { Reading } from '../scenario-reading';
import { pathText } from '../path-text';
import type { JsonRecord } from '../variant';
import type { Placed } from './placed';

const OPERATIONS = 16;
const WAITING_LIMIT = 1_000_000;

export const storeSchema = object({
  kind: v.literal('store'),
  at,
  delay: v.optional(distribution),
  operations: v.optional(wholeNumber(1, LIMITS.workers)),
  isolation: v.optional(choice('serializable', 'read-committed')),
});

export interface Store extends Placed {
  readonly kind: 'store';
  /** The work of one operation. */
  readonly work: Distribution;
  /** Operations at once; others wait in a line. */
  readonly workers: number;
  readonly waitingLimit: number;
  readonly discipline: 'fifo';
  /**
   * `serializable`: a transaction that has read what another changed meanwhile is aborted. `read-committed`: it is not, so an update of what
   * was read may undo the other's (lost update; ANSI SQL isolation, Berenson et al. 1995, P4).
   */
  readonly isolation: 'serializable' | 'read-committed';
}

export function resolveStore(id: string, file: v.InferOutput<typeof storeSchema>): Store {
  return {
    kind: 'store',
    id,
    at: file.at,
    work: readDistributionOf(file.delay ?? '1ms'),
    workers: file.operations ?? OPERATIONS,
    waitingLimit: WAITING_LIMIT,
    discipline: 'fifo',
    isolation: file.isolation ?? 'serializable',
  };
}

export function checkStore(id: string, _store: JsonRecord, { problems, links }: Reading): void {
  for (const [index, link] of links.entries()) {
    if (link['from'] === id) problems.push(problem(pathText(['links', index]), 'problem.storeAsks', { value: id }));
  }
}
