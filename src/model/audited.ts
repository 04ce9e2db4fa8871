/** The scenarios that audits look at, and those that show what they have found. */
import type { AuditReport, Evidence } from './audit';
import { variantFile } from './edits/variants';
import { isRecord, mergePatch, type JsonRecord } from './variant';

/** The scenario that an audit of a variant (null: of the base) looks at, by itself. */
export function auditedFile(file: JsonRecord, variant: string | null): JsonRecord {
  const { variants: _variants, ...base } = file;
  return variant === null ? base : variantFile(file, variant);
}

/**
 * The scenario that shows a finding: as it was looked at, and beside it, as a variant called `changedName`, with what the audit has changed, if
 * it has changed anything.
 */
export function shownBy(
  file: JsonRecord,
  { variant, shortening }: Pick<AuditReport, 'variant' | 'shortening'>,
  { seed, change }: Evidence,
  changedName: string,
): JsonRecord {
  const looked = { ...(mergePatch(auditedFile(file, variant), patchOf(shortening)) as JsonRecord), seed };
  const patch = patchOf(change);
  return Object.keys(patch).length === 0 ? looked : { ...looked, variants: { [changedName]: patch } };
}

function patchOf(text: string): JsonRecord {
  const patch: unknown = JSON.parse(text);
  return isRecord(patch) ? patch : {};
}
