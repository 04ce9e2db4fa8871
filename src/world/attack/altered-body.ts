/** What a body becomes in the hands of somebody who changes it. */
import { mergePatch } from '../../model/variant';

/** The body with a merge patch applied (RFC 7396), frozen like everything that arrives. */
export function alteredBody(body: unknown, patch: unknown): unknown {
  return frozen(mergePatch(body, patch));
}

/** What has come from a handler is frozen all the way down already; what a patch brings is not. */
function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
