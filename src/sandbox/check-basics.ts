/** The small schemas that all checks of replies share. */
import * as v from 'valibot';
import { LIMITS } from '../model/limits';
import type { Problem } from '../model/problem';

const STACK_MAX = 64;
const PARAMS_MAX = 32;
const PARAM_LENGTH_MAX = 4_000;

export const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
export const list = <T extends v.GenericSchema>(item: T, max: number) => v.pipe(v.array(item), v.maxLength(max));
/** A whole number from 0 to 2⁵³ − 1. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Virtual time: µs, whole or not, from 0 on and finite. */
export const micros = v.pipe(v.number(), v.finite(), v.minValue(0));
export const finite = v.pipe(v.number(), v.finite());
export const variantName = v.nullable(text(LIMITS.titleLength));
/** Ids, titles and paths: a problem may quote a whole path of a document. */
export const shortText = text(LIMITS.logLength);

/** A record without a prototype to climb: structured clone makes plain objects, and only those are taken. */
export const record = <T extends v.GenericSchema>(value: T, max: number) =>
  v.pipe(
    v.record(text(LIMITS.titleLength), value),
    v.check((entries) => Object.keys(entries).length <= max, `more than ${max} entries`),
  );

const problemKey = v.custom<Problem['key']>(
  (key) => typeof key === 'string' && /^problem\.[\w.]{1,80}$/.test(key),
  'not the key of a problem',
);
const params = record(v.union([finite, text(PARAM_LENGTH_MAX)]), PARAMS_MAX);
const stackFrame = v.strictObject({ file: shortText, line: count, functionName: shortText });

const plainProblem = v.strictObject({ path: shortText, key: problemKey, params });

export const codeProblem = v.pipe(
  v.strictObject({
    ...plainProblem.entries,
    file: shortText,
    line: count,
    column: count,
    atMicros: v.exactOptional(micros),
    stack: v.exactOptional(list(stackFrame, STACK_MAX)),
  }),
  v.readonly(),
);

export const problem = v.union([plainProblem, codeProblem]);
