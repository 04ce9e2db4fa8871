/** What a handler hands to `ctx.log`, as text of limited length. */
import { LIMITS } from '../model/limits';
import { catchable } from '../sim/step-limit';

export function logText(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, LIMITS.logLength);
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, LIMITS.logLength);
  } catch (error) {
    catchable(error);
    return '[a value that cannot be shown]';
  }
}
