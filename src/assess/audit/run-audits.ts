/**
 * The four audits of a scenario: (scenario file, variant, seeds) → report. The same arguments give the same report, on every machine and however
 * the work is sliced. Stopping is done by not asking for the next slice.
 */
import type { Evaluate } from '../../handlers/load-module';
import { LIMITS } from '../../model/limits';
import { type AuditName, type AuditProgress, type AuditReport, type Finding } from '../../model/audit';
import type { Result } from '../../model/problem';
import type { JsonRecord } from '../../model/variant';
import { Bench, type AuditDoor } from './bench';
import { faults } from './faults';
import { AuditStopped, type Step } from './finding';
import { functional } from './functional';
import { performance } from './performance';
import { security } from './security';
import { subjectOf, type Subject } from './subject';

export interface AuditRequest {
  readonly file: JsonRecord;
  readonly variant: string | null;
  /** 1 to LIMITS.auditSeeds of them. */
  readonly seeds: readonly [number, ...number[]];
  readonly audits: readonly AuditName[];
}

export interface AuditSurroundings {
  readonly door: AuditDoor;
  readonly evaluate: Evaluate;
  readonly sliceEvents: () => number;
  readonly onProgress: (progress: AuditProgress) => void;
}

type Audit = (subject: Subject, bench: Bench, step: Step) => Generator<undefined, Finding[]>;

const RUN: Readonly<Record<AuditName, Audit>> = { functional, performance, faults, security };

/** Yields between slices. The problems when the scenario itself cannot run to its end. */
export function* runAudits(
  { file, variant, seeds, audits }: AuditRequest,
  { door, evaluate, sliceEvents, onProgress }: AuditSurroundings,
): Generator<undefined, Result<AuditReport>> {
  const asked = door.prepareRun(file, { variant, evaluate });
  if (!asked.ok) return asked;
  const bench = new Bench(door, evaluate, sliceEvents);
  const read = yield* subjectOf(file, variant, seeds, bench);
  if (!read.ok) return read;
  const subject = read.value;
  const findings: Finding[] = [];
  try {
    for (const audit of audits) {
      findings.push(...(yield* RUN[audit](subject, bench, (done, total) => onProgress({ audit, done, total }))));
    }
  } catch (error) {
    if (!(error instanceof AuditStopped)) throw error;
    return { ok: false, problems: error.problems };
  }
  const { scenario, wholeMicros, shortening } = subject;
  return {
    ok: true,
    value: {
      title: scenario.title,
      variant,
      seeds,
      durationMicros: scenario.durationMicros,
      wholeMicros,
      shortening,
      runs: bench.runs,
      findings: findings.slice(0, LIMITS.auditFindings),
    },
  };
}
