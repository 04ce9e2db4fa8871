/**
 * Reads what comes out of the sandbox. The worker runs a stranger's code, so nothing is believed: every message has exactly
 * the shape that protocol.ts says, every text and list a greatest length, every number a range, or it is a breach.
 */
import * as v from 'valibot';
import { LIMITS } from '../model/limits';
import { auditReport, auditStep } from './check-audit';
import { count, micros, problem, text, variantName } from './check-basics';
import { laneResult } from './check-lane';
import { seenValues } from './check-values';
import { runSummary } from './check-summary';
import type { Reply } from './protocol';

const PROBLEMS_MAX = 1_000;

const whereabouts = v.strictObject({
  phase: v.picklist(['idle', 'preparing', 'running', 'summing-up']),
  variant: variantName,
  nowMicros: micros,
  events: count,
  position: text(LIMITS.titleLength),
});

const sequence = count;
const id = count;

const reply = v.variant('kind', [
  v.strictObject({ kind: v.literal('ready'), sequence }),
  v.strictObject({ kind: v.literal('pong'), at: whereabouts, sequence }),
  v.strictObject({
    kind: v.literal('progress'),
    id,
    fraction: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    at: whereabouts,
    sequence,
  }),
  v.strictObject({
    kind: v.literal('mark'),
    id,
    mark: count,
    every: count,
    nowMicros: micros,
    events: count,
    file: text(LIMITS.titleLength),
    line: count,
    sequence,
  }),
  v.strictObject({ kind: v.literal('lane'), id, lane: laneResult, sequence }),
  v.strictObject({ kind: v.literal('summary'), id, seed: count, summary: runSummary, sequence }),
  v.strictObject({ kind: v.literal('step'), id, step: auditStep, sequence }),
  v.strictObject({ kind: v.literal('report'), id, report: auditReport, sequence }),
  v.strictObject({ kind: v.literal('values'), id, values: seenValues, sequence }),
  v.strictObject({
    kind: v.literal('problems'),
    id,
    problems: v.pipe(v.array(problem), v.minLength(1), v.maxLength(PROBLEMS_MAX)),
    sequence,
  }),
  v.strictObject({ kind: v.literal('failed'), id, message: text(LIMITS.logLength), sequence }),
  v.strictObject({ kind: v.literal('cancelled'), id, sequence }),
  v.strictObject({ kind: v.literal('finished'), id, sequence }),
]);

/** The reply, or one line that says where the message differs from every reply there is. */
export function readReply(message: unknown): Reply | string {
  const read = v.safeParse(reply, message, { abortEarly: true });
  if (read.success) return read.output;
  const [issue] = read.issues;
  return `${v.getDotPath(issue) ?? 'message'}: ${issue.message}`.slice(0, LIMITS.titleLength);
}
