/** What is audited: a scenario, short enough for many runs, and the seeds. */
import { auditedFile } from '../../model/audited';
import { patchBetween } from '../../model/edits/variants';
import type { Result } from '../../model/problem';
import type { Scenario } from '../../model/scenario';
import { formatDuration, type Micros } from '../../model/time';
import type { JsonRecord } from '../../model/variant';
import type { Bench } from './bench';

export interface Subject {
  /** Without variants; shortened. */
  readonly file: JsonRecord;
  readonly scenario: Scenario;
  readonly seeds: readonly [number, ...number[]];
  /** Before it was shortened. */
  readonly wholeMicros: Micros;
  /** As the text of a merge patch. */
  readonly shortening: string;
}

/** The warm-up of a shortened run takes this share of it at most. */
const WARMUP_SHARE = 0.2;

/** Tries how long the scenario may be for the events of one run, and shortens it to that. Its problems, if it cannot run at all. */
export function* subjectOf(
  file: JsonRecord,
  variant: string | null,
  seeds: readonly [number, ...number[]],
  bench: Bench,
): Generator<undefined, Result<Subject>> {
  const looked = auditedFile(file, variant);
  const reached = yield* bench.reach(looked, seeds[0]);
  if (!reached.ok) return reached;
  const { scenario, micros } = reached.value;
  const wholeMicros = scenario.durationMicros;
  if (micros >= wholeMicros) return { ok: true, value: { file: looked, scenario, seeds, wholeMicros, shortening: '{}' } };
  const durationMicros = Math.max(1_000, Math.floor(micros / 1_000) * 1_000);
  const warmupMicros = Math.min(scenario.warmupMicros, Math.floor((durationMicros * WARMUP_SHARE) / 1_000) * 1_000);
  const shortened = { ...looked, duration: formatDuration(durationMicros), warmup: formatDuration(warmupMicros) };
  const shortening = JSON.stringify(patchBetween(looked, shortened));
  return {
    ok: true,
    value: { file: shortened, scenario: { ...scenario, durationMicros, warmupMicros }, seeds, wholeMicros, shortening },
  };
}

/** What was changed in the scenario that is audited, as the text of a merge patch. */
export function changeOf(subject: Subject, changed: JsonRecord): string {
  return JSON.stringify(patchBetween(subject.file, changed));
}
