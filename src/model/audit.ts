/**
 * What an audit of a scenario has found, as plain data. Each finding names what shows it: whoever reads it can run that scenario on that seed
 * and look at that instant.
 */
import type { Micros } from './time';

export const AUDITS = ['functional', 'performance', 'faults', 'security'] as const;
export type AuditName = (typeof AUDITS)[number];

/** From bad to good. `note`: a number without a goal to judge it by. `notApplicable`: the scenario has nothing that this could be asked of. */
export const VERDICTS = ['fail', 'warn', 'note', 'pass', 'notApplicable'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Evidence {
  readonly seed: number;
  readonly atMicros: Micros;
  /** Id of the client's request that shows it; 0 when it is about no single one. */
  readonly request: number;
  /** What the audit has changed in what it looked at, as the text of a JSON Merge Patch (RFC 7396): an injected fault, another rate. `{}`: nothing. */
  readonly change: string;
}

export interface Finding {
  readonly audit: AuditName;
  readonly verdict: Verdict;
  /** Of its sentence in `i18n`. The names of numbers end with their units: `meanMs`, `ratePerSecond`, `lateShare`, `fromMicros`. */
  readonly key: `audit.${string}`;
  readonly params: Readonly<Record<string, string | number>>;
  readonly evidence: Evidence | null;
}

export interface AuditReport {
  readonly title: string;
  readonly variant: string | null;
  readonly seeds: readonly number[];
  /** Of the runs that the audits are made of, unless a finding says otherwise; `wholeMicros` is the scenario's own duration. */
  readonly durationMicros: Micros;
  readonly wholeMicros: Micros;
  /** What shortens the scenario, as the text of a merge patch; `{}` when it is not shortened. */
  readonly shortening: string;
  readonly runs: number;
  readonly findings: readonly Finding[];
}

/** How far the audits are: each has so many steps, about equally long. */
export interface AuditProgress {
  readonly audit: AuditName;
  readonly done: number;
  readonly total: number;
}
