/** The shape of `lesson.json`. What hangs together with other files of the folder is checked in `parse.ts`. */
import * as v from 'valibot';
import { MEASURES } from '../model/lesson';

const text = v.pipe(v.string(), v.minLength(1));
const localized = v.strictObject({ en: text, zh: text });

const option = v.strictObject({
  id: text,
  text: localized,
  feedback: localized,
  correct: v.optional(v.boolean(), false),
  misconception: v.optional(text),
});

const question = v.strictObject({
  text: localized,
  options: v.pipe(
    v.array(option),
    v.minLength(2),
    v.check((options) => options.filter(({ correct }) => correct).length === 1, 'exactly one correct option'),
  ),
});

/** More than three things to turn in one step and attention goes to the tool. */
const controls = v.optional(v.pipe(v.array(text), v.maxLength(3)), []);

const step = v.variant('kind', [
  v.strictObject({ kind: v.literal('predict'), question }),
  v.strictObject({ kind: v.literal('run'), controls, question: v.optional(question) }),
  v.strictObject({ kind: v.literal('investigate'), controls, question: v.optional(question) }),
  v.strictObject({ kind: v.literal('modify'), file: text, hints: v.optional(v.array(localized), []) }),
  v.strictObject({ kind: v.literal('check') }),
]);

const check = v.pipe(
  v.strictObject({
    id: text,
    title: localized,
    measure: v.picklist(MEASURES),
    atLeast: v.optional(v.number()),
    atMost: v.optional(v.number()),
    misconception: text,
    failed: localized,
  }),
  v.check(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, 'atLeast or atMost'),
);

const lane = v.strictObject({ variant: v.nullable(text), title: localized });

const seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1));

export const LESSON_SCHEMA = v.strictObject({
  scenario: v.record(v.string(), v.unknown()),
  lanes: v.pipe(v.array(lane), v.minLength(1)),
  editable: v.array(text),
  hiddenSeeds: v.pipe(v.array(seed), v.minLength(1)),
  steps: v.pipe(v.array(step), v.minLength(1)),
  checks: v.pipe(v.array(check), v.minLength(1)),
});

export type LessonFile = v.InferOutput<typeof LESSON_SCHEMA>;
