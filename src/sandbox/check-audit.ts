/** The shapes of what audits send out of the sandbox. */
import * as v from 'valibot';
import { AUDITS, VERDICTS, type Finding } from '../model/audit';
import { LIMITS } from '../model/limits';
import { count, finite, list, micros, record, shortText, text, variantName } from './check-basics';

const PARAMS_MAX = 32;

const name = v.picklist(AUDITS);
/** A merge patch, as the page will open it. */
const patch = v.pipe(text(LIMITS.auditChange), v.check(isRecordText, 'not the text of an object'));
const key = v.custom<Finding['key']>(
  (given) => typeof given === 'string' && /^audit\.[\w.]{1,80}$/.test(given),
  'not the key of a finding',
);
const evidence = v.strictObject({ seed: count, atMicros: micros, request: count, change: patch });
const finding = v.strictObject({
  audit: name,
  verdict: v.picklist(VERDICTS),
  key,
  params: record(v.union([finite, shortText]), PARAMS_MAX),
  evidence: v.nullable(evidence),
});

export const auditStep = v.strictObject({ audit: name, done: count, total: count });

export const auditReport = v.strictObject({
  title: text(LIMITS.titleLength),
  variant: variantName,
  seeds: v.pipe(v.tupleWithRest([count], count), v.maxLength(LIMITS.auditSeeds)),
  durationMicros: micros,
  wholeMicros: micros,
  shortening: patch,
  runs: count,
  findings: list(finding, LIMITS.auditFindings),
});

function isRecordText(given: string): boolean {
  try {
    const value: unknown = JSON.parse(given);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
