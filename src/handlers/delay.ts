/** How handlers say how long something takes: `'20ms'`, or what the helpers of this module describe. */
import { readDistribution, show, type Distribution } from '../model/distribution';
import { LIMITS } from '../model/limits';
import type { Problem } from '../model/problem';
import { HandlerError, messageOf } from './handler-error';

/** The helpers that every handler file can call, by their names there. */
export const HELPERS = {
  seconds: (count: unknown) => constant(count, 1_000_000, 'seconds'),
  milliseconds: (count: unknown) => constant(count, 1_000, 'milliseconds'),
  exponential,
  uniform: (low: unknown, high: unknown) => described({ uniform: [durationText(low), durationText(high)] }),
  erlang: (mean: unknown, k: unknown) => described({ erlang: { mean: durationText(mean), k } }),
  hyperexponential: (mean: unknown, cv: unknown) => described({ hyperexponential: { mean: durationText(mean), cv } }),
  normal: (mean: unknown, sd: unknown) => described({ normal: { mean: durationText(mean), sd: durationText(sd) } }),
  lognormal: (mean: unknown, sd: unknown) => described({ lognormal: { mean: durationText(mean), sd: durationText(sd) } }),
  pareto: (min: unknown, alpha: unknown) => described({ pareto: { min: durationText(min), alpha } }),
} as const;

export const HELPER_NAMES: readonly string[] = Object.keys(HELPERS);

/** Descriptions that the helpers made: handlers hand them back as they are, so that nothing needs to be read twice. */
const made = new WeakSet<object>();

/** Texts and descriptions read before, by their text: handlers say the same few again and again. */
const known = new Map<string, Distribution>();
/** The two that handlers ask for most, by what they were given: no text need be made to find them. */
const knownConstants = new Map<number, Distribution>();
const knownExponentials = new Map<unknown, Distribution>();
const MOST_KNOWN = 1_000;

/**
 * Reads what a handler hands over as a delay: a duration text, or what a helper described. The longest delay is `LIMITS.delayMicros`.
 * Throws a HandlerError that says what is wrong.
 */
export function readDelay(value: unknown): Distribution {
  if (typeof value === 'string') return described(value);
  if (typeof value === 'object' && value !== null && made.has(value)) return value as Distribution;
  throw new HandlerError('problem.handlerDelay', { value: show(safely(value)) });
}

function described(input: unknown): Distribution {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  const before = known.get(text);
  if (before) return before;
  const read = readDistribution(input, 'delay');
  if ('problem' in read)
    throw new HandlerError(
      read.problem.key as Problem['key'],
      read.problem.params,
      messageOf('problem.handlerDelay', { value: show(input) }),
    );
  return keep(known, text, read.value);
}

function constant(count: unknown, unitMicros: number, name: string): Distribution {
  const micros = typeof count === 'number' ? Math.round(count * unitMicros) : NaN;
  if (!(micros >= 0 && micros <= LIMITS.delayMicros))
    throw new HandlerError('problem.handlerDelay', { value: `${name}(${show(safely(count))})` });
  return knownConstants.get(micros) ?? keep(knownConstants, micros, { kind: 'constant', micros });
}

function exponential(mean: unknown): Distribution {
  const before = knownExponentials.get(mean);
  if (before) return before;
  const distribution = described({ exponential: durationText(mean) });
  return typeof mean === 'string' ? keep(knownExponentials, mean, distribution) : distribution;
}

function keep<Key>(among: Map<Key, Distribution>, key: Key, distribution: Distribution): Distribution {
  if (among.size >= MOST_KNOWN) among.clear();
  Object.freeze(distribution);
  made.add(distribution);
  among.set(key, distribution);
  return distribution;
}

/** A duration inside a distribution may come as a text or as `seconds(2)` and `milliseconds(20)`. */
function durationText(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && made.has(value)) {
    const distribution = value as Distribution;
    if (distribution.kind === 'constant') return `${distribution.micros}us`;
  }
  return safely(value);
}

/** A value that can be shown without running any code of the learner's. */
function safely(value: unknown): unknown {
  return typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol'
    ? `(${typeof value})`
    : typeof value === 'bigint'
      ? `${value}n`
      : value;
}
