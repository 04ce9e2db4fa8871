/** What a component knows that others do not: keys of HMACs, read by its handlers as `ctx.secrets`. */
import * as v from 'valibot';
import { LIMITS } from '../limits';
import { problem } from '../problem';
import { id, says } from '../schema-parts';
import type { Reading } from '../scenario-reading';
import { pathText } from '../path-text';
import type { JsonRecord } from '../variant';

const value = v.pipe(
  v.string(says('problem.secret', { max: LIMITS.secretLength })),
  v.minLength(1, says('problem.secret', { max: LIMITS.secretLength })),
  v.maxLength(LIMITS.secretLength, says('problem.secret', { max: LIMITS.secretLength })),
);

/** By name. Two components share a secret when both have it written down. */
export const secrets = v.optional(v.record(id, value, says('problem.object')));

export type Secrets = Readonly<Record<string, string>>;

export function checkSecrets(component: string, { secrets: given, handler }: JsonRecord, { problems }: Reading): void {
  if (given === undefined) return;
  const path = pathText(['components', component, 'secrets']);
  if (handler === undefined) problems.push(problem(path, 'problem.secretsWithoutCode'));
  const names = typeof given === 'object' && given !== null ? Object.keys(given).length : 0;
  if (names > LIMITS.secrets) problems.push(problem(path, 'problem.tooMany', { value: names, max: LIMITS.secrets }));
}
