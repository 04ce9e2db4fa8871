/** Audits in this process, through the door that the sandbox and the command line use. */
import { runAudits } from '../../../src/assess/audit/run-audits';
import type { AuditName, AuditProgress, AuditReport, Finding } from '../../../src/model/audit';
import type { JsonRecord } from '../../../src/model/variant';
import { evaluate } from '../../../src/sandbox/evaluate';
import { prepareRun, startRun } from '../../../src/world/run';

export interface AuditSettings {
  readonly variant?: string | null;
  readonly seeds?: readonly [number, ...number[]];
  readonly sliceEvents?: number;
  readonly onProgress?: (progress: AuditProgress) => void;
}

export function stepsOf(
  file: JsonRecord,
  audits: readonly AuditName[],
  { variant = null, seeds = [1, 2], sliceEvents = 100_000, onProgress = () => undefined }: AuditSettings = {},
): ReturnType<typeof runAudits> {
  const surroundings = { door: { prepareRun, startRun }, evaluate, sliceEvents: () => sliceEvents, onProgress };
  return runAudits({ file, variant, seeds, audits }, surroundings);
}

/** Throws when the scenario cannot run: those of tests can. */
export function auditOf(file: JsonRecord, audits: readonly AuditName[], settings: AuditSettings = {}): AuditReport {
  const steps = stepsOf(file, audits, settings);
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (!step.value.ok) throw new Error(JSON.stringify(step.value.problems));
  return step.value.value;
}

export function findingOf({ findings }: AuditReport, key: string): Finding | undefined {
  return findings.find((finding) => finding.key === `audit.${key}`);
}
