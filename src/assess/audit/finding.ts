/** Findings as the audits write them. */
import type { AuditName, Evidence, Finding, Verdict } from '../../model/audit';
import type { Problem } from '../../model/problem';

/** The part of a key after `audit.` and the audit's name, such as `lost`; the verdict is part of it where sentences differ by it. */
export function finding(
  audit: AuditName,
  verdict: Verdict,
  what: string,
  params: Finding['params'] = {},
  evidence: Evidence | null = null,
): Finding {
  return { audit, verdict, key: `audit.${audit}.${what}`, params, evidence };
}

/** A step of an audit is done; there are so many in all. */
export type Step = (done: number, total: number) => void;

/** A run could not be made, or not to its end: the problem is the audit's answer. */
export class AuditStopped extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super('an audit could not go on');
  }
}
