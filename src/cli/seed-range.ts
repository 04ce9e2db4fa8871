/** Seeds as the command line takes them. */
import { LIMITS } from '../model/limits';
import { CliError } from './cli-error';

/** `1..20` as a list of 1 to `most` seeds. */
export function seedRange(text: string, most: number): [number, ...number[]] {
  const match = /^(\d+)\.\.(\d+)$/.exec(text);
  const [from, to] = [wholeNumber(match?.[1] ?? '', '--seeds', LIMITS.seed), wholeNumber(match?.[2] ?? '', '--seeds', LIMITS.seed)];
  if (to < from || to - from >= most) throw new CliError(`--seeds A..B needs A ≤ B and at most ${most} seeds`);
  return [from, ...Array.from({ length: to - from }, (_, index) => from + index + 1)];
}

export function wholeNumber(text: string, option: string, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value <= max))
    throw new CliError(`${option} needs a whole number from 0 to ${max}${option === '--seeds' ? ', twice, like 1..20' : ''}`);
  return value;
}
