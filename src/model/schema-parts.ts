/**
 * The building blocks of the scenario file's schema. Every rule carries the key of the sentence that says what would be right.
 */
import * as v from 'valibot';
import { LIMITS } from './limits';
import type { Problem } from './problem';
import { BANDWIDTH_PATTERN, SIZE_PATTERN, parseBandwidth, parseSize } from './size';
import { DURATION_PATTERN, RATE_PATTERN, parseDuration, parseRate } from './time';

/** What a rule says when it is broken: a problem's key and parameters, carried as the rule's message. */
export interface Saying {
  readonly key: Problem['key'];
  readonly params?: Problem['params'];
}
export const says = (key: Saying['key'], params: Problem['params'] = {}): string => JSON.stringify({ key, params } satisfies Saying);

/** Times in one list of arrivals, values in one empirical distribution. */
export const LIST_LENGTH = 10_000;
const COORDINATE = 1_000_000;

export const text = (max: number) => v.pipe(v.string(says('problem.text', { max })), v.maxLength(max, says('problem.text', { max })));
export const number = (min: number, max: number) => {
  const message = says('problem.numberRange', { min, max });
  return v.pipe(v.number(message), v.minValue(min, message), v.maxValue(max, message));
};
export const wholeNumber = (min: number, max: number) => {
  const message = says('problem.wholeNumber', { min, max });
  return v.pipe(v.number(message), v.integer(message), v.minValue(min, message), v.maxValue(max, message));
};
export const duration = (maxMicros: number, minMicros = 0) =>
  v.pipe(
    v.string(says('problem.duration')),
    v.regex(DURATION_PATTERN, says('problem.duration')),
    v.check((given) => (parseDuration(given) ?? 0) <= maxMicros, says('problem.durationTooLong', { max: `${maxMicros / 1e6}s` })),
    v.check((given) => (parseDuration(given) ?? minMicros) >= minMicros, says('problem.durationZero')),
  );
export const rate = v.pipe(
  v.string(says('problem.rate')),
  v.regex(RATE_PATTERN, says('problem.rate')),
  v.check((given) => (parseRate(given) ?? 1) > 0, says('problem.rateRange', { max: LIMITS.ratePerSecond })),
  v.check((given) => (parseRate(given) ?? 0) <= LIMITS.ratePerSecond, says('problem.rateRange', { max: LIMITS.ratePerSecond })),
);
export const truth = v.boolean(says('problem.truth'));
export const size = (maxBytes: number, minBytes = 0) => {
  const range = says('problem.sizeRange', { min: `${minBytes}B`, max: `${maxBytes}B` });
  return v.pipe(
    v.string(says('problem.size')),
    v.regex(SIZE_PATTERN, says('problem.size')),
    v.check((given) => (parseSize(given) ?? minBytes) >= minBytes && (parseSize(given) ?? 0) <= maxBytes, range),
  );
};
const bandwidthRange = says('problem.bandwidthRange', { max: `${(LIMITS.bytesPerSecond * 8) / 1e9}Gbit/s` });
export const bandwidth = v.pipe(
  v.string(says('problem.bandwidth')),
  v.regex(BANDWIDTH_PATTERN, says('problem.bandwidth')),
  v.check((given) => (parseBandwidth(given) ?? 1) > 0 && (parseBandwidth(given) ?? 0) <= LIMITS.bytesPerSecond, bandwidthRange),
);
export const choice = <const Words extends readonly string[]>(...words: Words) =>
  v.picklist(words, says('problem.choice', { choices: words.join(', ') }));
export const list = <const Item extends v.GenericSchema>(item: Item, max: number) => {
  return v.pipe(v.array(item, says('problem.list')), v.maxLength(max, says('problem.tooMany', { max })));
};
export const object = <const Entries extends v.ObjectEntries>(entries: Entries) => v.strictObject(entries, says('problem.object'));

export const delay = duration(LIMITS.delayMicros);
const mean = delay;

export const distribution = v.union(
  [
    delay,
    object({ exponential: mean }),
    object({
      uniform: v.pipe(
        v.strictTuple([delay, delay], says('problem.uniform')),
        v.check(([low, high]) => (parseDuration(low) ?? 0) <= (parseDuration(high) ?? Infinity), says('problem.uniform')),
      ),
    }),
    object({ erlang: object({ mean, k: wholeNumber(1, 1_000) }) }),
    object({ hyperexponential: object({ mean, cv: number(1, 100) }) }),
    object({ normal: object({ mean, sd: delay }) }),
    object({ lognormal: object({ mean, sd: delay }) }),
    object({ pareto: object({ min: delay, alpha: number(0.1, 100) }) }),
    object({ empirical: v.pipe(list(delay, LIST_LENGTH), v.minLength(1, says('problem.distribution'))) }),
  ],
  says('problem.distribution'),
);

const coordinate = number(-COORDINATE, COORDINATE);
/** Where a component stands on the canvas. */
export const at = v.optional(v.strictTuple([coordinate, coordinate], says('problem.position')));
/** The name of a component, a file or the like. */
export const name = v.optional(text(LIMITS.idLength));

const ID_PATTERN = /^[A-Za-z][\w-]*$/;
/** Names that every object inherits would be found where nobody wrote them. */
export const isOwnName = (given: string): boolean => !(given in {}) && given.length <= LIMITS.idLength;
/** The key under which something is defined. */
export const id = v.pipe(v.string(), v.regex(ID_PATTERN, says('problem.id')), v.check(isOwnName, says('problem.id')));
