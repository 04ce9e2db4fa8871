/** The record that tells why a request failed, or why an attempt of it was in vain. */
import { Outcome } from '../model/outcome';
import type { Micros } from '../model/time';
import { RecordKind } from '../model/trace';
import type { TraceRow } from './trace-reader';

export type Trouble = 'refused' | 'policy' | 'lost' | 'dropped' | 'expired' | 'crash' | 'threw' | 'cancelled' | 'timeout';

export interface TroubleAt {
  readonly trouble: Trouble;
  readonly place: number;
  readonly record: number;
}

const TROUBLES: Readonly<Partial<Record<RecordKind, Trouble>>> = {
  [RecordKind.refused]: 'refused',
  [RecordKind.policyActed]: 'policy',
  [RecordKind.messageLost]: 'lost',
  [RecordKind.dropped]: 'dropped',
  [RecordKind.deadLettered]: 'dropped',
  [RecordKind.expired]: 'expired',
  [RecordKind.abandoned]: 'crash',
  [RecordKind.handlerFailed]: 'threw',
  [RecordKind.messageCancelled]: 'cancelled',
  [RecordKind.timedOut]: 'timeout',
};

/** What each outcome can come of, the most telling first: a timeout that a loss led to is a loss to whoever looks for its cause. */
const CAUSES: Readonly<Partial<Record<Outcome, readonly Trouble[]>>> = {
  [Outcome.lost]: ['lost', 'dropped', 'expired', 'crash'],
  [Outcome.refused]: ['refused', 'policy'],
  [Outcome.timeout]: ['lost', 'crash', 'refused', 'timeout'],
  [Outcome.error]: ['threw', 'dropped', 'expired', 'crash'],
  [Outcome.unavailable]: ['refused', 'policy', 'crash'],
};

/** Why the request ended as it did, from its own records; undefined where they do not say. */
export function troubleOf(rows: readonly TraceRow[], outcome: Outcome): TroubleAt | undefined {
  for (const trouble of CAUSES[outcome] ?? []) {
    const found = rows.findLast(({ kind, detail }) => TROUBLES[kind] === trouble && (trouble !== 'policy' || detail === 0));
    if (found) return { trouble, place: found.place, record: found.record };
  }
  return undefined;
}

/** What came between the sending of an attempt and the end of the wait for its answer. */
export function troubleBetween(rows: readonly TraceRow[], fromMicros: Micros, toMicros: Micros): TroubleAt | undefined {
  for (const trouble of ['lost', 'refused', 'crash', 'threw'] as const) {
    const found = rows.find(({ kind, timeMicros }) => TROUBLES[kind] === trouble && timeMicros >= fromMicros && timeMicros <= toMicros);
    if (found) return { trouble, place: found.place, record: found.record };
  }
  return undefined;
}
