/** Which lanes run a handler file: the lanes whose components or deploys name it, in the base or through their variant. */
import type { LessonLane } from '../../model/lesson';
import { isRecord, mergePatch, type JsonRecord } from '../../model/variant';

export function lanesOfFile(file: JsonRecord, lanes: readonly LessonLane[], name: string): (string | null)[] {
  return lanes.map(({ variant }) => variant).filter((variant) => handlersOf(file, variant).has(name));
}

function handlersOf(file: JsonRecord, variant: string | null): ReadonlySet<unknown> {
  const variants = isRecord(file['variants']) ? file['variants'] : {};
  const merged = variant === null ? file : mergePatch(file, variants[variant]);
  const components = isRecord(merged) && isRecord(merged['components']) ? Object.values(merged['components']) : [];
  const faults = isRecord(merged) && Array.isArray(merged['faults']) ? (merged['faults'] as unknown[]) : [];
  const deployed = faults.flatMap((fault) => (isRecord(fault) && isRecord(fault['deploy']) ? [fault['deploy']['code']] : []));
  return new Set([...components.filter(isRecord).map(({ handler }) => handler), ...deployed]);
}
