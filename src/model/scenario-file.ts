/**
 * The scenario file as people write it: JSON, version 1. The schema is the one truth about its shape: the type, the published
 * JSON Schema and the first half of `readScenario` come from it. Every rule carries the key of the sentence that says what would
 * be right. References between parts of the file are in `scenario-references.ts`.
 */
import * as v from 'valibot';
import { LIMITS } from './limits';
import type { Problem } from './problem';
import { DURATION_PATTERN, RATE_PATTERN, parseDuration, parseRate } from './time';

/** What a rule says when it is broken: a problem's key and parameters, carried as the rule's message. */
export interface Saying {
  readonly key: Problem['key'];
  readonly params?: Problem['params'];
}
const says = (key: Saying['key'], params: Problem['params'] = {}): string => JSON.stringify({ key, params } satisfies Saying);

const ID_PATTERN = /^[A-Za-z][\w-]*$/;
const FILE_NAME_PATTERN = /^[A-Za-z][\w-]*(\.[\w-]+)*\.ts$/;
/** Times in one list of arrivals, values in one empirical distribution. */
const LIST_LENGTH = 10_000;
const BURST_SIZE = 1_000_000;
const COORDINATE = 1_000_000;

/** Names that every object inherits would be found where nobody wrote them. */
const isOwnName = (name: string): boolean => !(name in {}) && name.length <= LIMITS.idLength;

const text = (max: number) => v.pipe(v.string(says('problem.text', { max })), v.maxLength(max, says('problem.text', { max })));
const number = (min: number, max: number) => {
  const message = says('problem.numberRange', { min, max });
  return v.pipe(v.number(message), v.minValue(min, message), v.maxValue(max, message));
};
const wholeNumber = (min: number, max: number) => {
  const message = says('problem.wholeNumber', { min, max });
  return v.pipe(v.number(message), v.integer(message), v.minValue(min, message), v.maxValue(max, message));
};
const duration = (maxMicros: number, minMicros = 0) =>
  v.pipe(
    v.string(says('problem.duration')),
    v.regex(DURATION_PATTERN, says('problem.duration')),
    v.check((given) => (parseDuration(given) ?? 0) <= maxMicros, says('problem.durationTooLong', { max: `${maxMicros / 1e6}s` })),
    v.check((given) => (parseDuration(given) ?? minMicros) >= minMicros, says('problem.durationZero')),
  );
const rate = v.pipe(
  v.string(says('problem.rate')),
  v.regex(RATE_PATTERN, says('problem.rate')),
  v.check((given) => (parseRate(given) ?? 1) > 0, says('problem.rateRange', { max: LIMITS.ratePerSecond })),
  v.check((given) => (parseRate(given) ?? 0) <= LIMITS.ratePerSecond, says('problem.rateRange', { max: LIMITS.ratePerSecond })),
);
const choice = <const Words extends readonly string[]>(...words: Words) =>
  v.picklist(words, says('problem.choice', { choices: words.join(', ') }));
const list = <const Item extends v.GenericSchema>(item: Item, max: number) => {
  return v.pipe(v.array(item, says('problem.list')), v.maxLength(max, says('problem.tooMany', { max })));
};
const object = <const Entries extends v.ObjectEntries>(entries: Entries) => v.strictObject(entries, says('problem.object'));

const delay = duration(LIMITS.delayMicros);
const mean = delay;

const distribution = v.union(
  [
    delay,
    object({ exponential: mean }),
    object({
      uniform: v.pipe(
        v.strictTuple([delay, delay], says('problem.uniform')),
        v.check(([low, high]) => (parseDuration(low) ?? 0) <= (parseDuration(high) ?? 0), says('problem.uniform')),
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

const arrivals = v.union(
  [
    object({ poisson: rate }),
    object({ constant: rate }),
    object({ bursts: object({ size: wholeNumber(1, BURST_SIZE), every: duration(LIMITS.delayMicros, 1) }) }),
    object({ list: list(duration(LIMITS.durationMicros), LIST_LENGTH) }),
  ],
  says('problem.arrivals'),
);

const coordinate = number(-COORDINATE, COORDINATE);
const at = v.optional(v.strictTuple([coordinate, coordinate], says('problem.position')));
const name = v.optional(text(LIMITS.idLength));

const client = object({
  kind: v.literal('client'),
  at,
  arrivals: v.optional(arrivals),
  users: v.optional(wholeNumber(1, LIMITS.users)),
  thinkTime: v.optional(distribution),
  calls: name,
  handler: name,
});

const service = object({
  kind: v.literal('service'),
  at,
  workers: v.optional(wholeNumber(1, LIMITS.workers)),
  waitingLimit: v.optional(wholeNumber(0, LIMITS.waitingLimit)),
  discipline: v.optional(choice('fifo', 'lifo')),
  work: v.optional(distribution),
  handler: name,
});

const queue = object({
  kind: v.literal('queue'),
  at,
  capacity: v.optional(wholeNumber(1, LIMITS.queueCapacity)),
  overflow: v.optional(choice('reject', 'drop-oldest')),
  ack: v.optional(choice('manual', 'auto')),
  ackTimeout: v.optional(duration(LIMITS.delayMicros, 1)),
  maxDeliveries: v.optional(wholeNumber(1, 1_000_000)),
  prefetch: v.optional(wholeNumber(1, LIMITS.prefetch)),
});

const linkWay = { delay: v.optional(distribution), loss: v.optional(number(0, 1)) };
const link = object({ from: text(LIMITS.idLength), to: text(LIMITS.idLength), ...linkWay, back: v.optional(object(linkWay)) });

const id = v.pipe(v.string(), v.regex(ID_PATTERN, says('problem.id')), v.check(isOwnName, says('problem.id')));
const fileName = v.pipe(v.string(), v.regex(FILE_NAME_PATTERN, says('problem.fileName')), v.check(isOwnName, says('problem.fileName')));

export const scenarioFileSchema = object({
  $schema: v.optional(text(LIMITS.titleLength)),
  version: v.literal(1, says('problem.version')),
  title: v.optional(text(LIMITS.titleLength)),
  seed: v.optional(wholeNumber(0, LIMITS.seed)),
  duration: duration(LIMITS.durationMicros, 1),
  warmup: v.optional(duration(LIMITS.durationMicros)),
  deadline: v.optional(duration(LIMITS.durationMicros, 1)),
  /** What the page calls the lane without a variant. */
  baseName: v.optional(text(LIMITS.idLength)),
  components: v.record(
    id,
    v.variant('kind', [client, service, queue], says('problem.choice', { choices: 'client, service, queue' })),
    says('problem.object'),
  ),
  links: v.optional(list(link, LIMITS.links)),
  faults: v.optional(v.pipe(v.array(v.unknown(), says('problem.list')), v.maxLength(0, says('problem.faultsLater')))),
  files: v.optional(v.record(fileName, text(LIMITS.fileLength), says('problem.object'))),
  /** Each a JSON Merge Patch (RFC 7396) to the rest of the file. */
  variants: v.optional(v.record(v.string(), v.record(v.string(), v.unknown(), says('problem.object')), says('problem.object'))),
});

export type ScenarioFile = v.InferOutput<typeof scenarioFileSchema>;
export type ComponentFile = ScenarioFile['components'][string];
export type LinkFile = NonNullable<ScenarioFile['links']>[number];
export type ArrivalsFile = v.InferOutput<typeof arrivals>;
