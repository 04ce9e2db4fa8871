/** What a handler hands to `ctx.log`, as text of limited length; what is left out shows as an ellipsis. */
import { LIMITS } from '../model/limits';
import { catchable } from '../sim/step-limit';

export function logText(value: unknown): string {
  if (typeof value === 'string') return clipped(value);
  try {
    return clipped(JSON.stringify(value) ?? String(value));
  } catch (error) {
    catchable(error);
    return '[a value that cannot be shown]';
  }
}

/** All values of a line. */
export function logLine(values: readonly unknown[]): string {
  return clipped(values.map(logText).join(' '));
}

function clipped(text: string): string {
  return text.length <= LIMITS.logLength ? text : `${text.slice(0, LIMITS.logLength - 1)}…`;
}
