import { expect, test } from 'vitest';
import type { Lesson } from '../../src/model/lesson';
import type { RunSummary } from '../../src/model/summary';
import { checkLesson } from '../../src/state/check-lesson';

const text = { en: 'x', zh: 'x' };
const lesson = {
  scenario: { version: 1, components: { greeter: { kind: 'service', workers: 10 } } },
  start: { 'greeter.ts': 'start', 'caller.ts': 'start' },
  editable: ['greeter.ts'],
  lanes: [
    { variant: null, title: text },
    { variant: 'queue', title: text },
  ],
  hiddenSeeds: [11, 23],
  checks: [{ id: 'answered', title: text, measure: 'failed', atLeast: undefined, atMost: 0, misconception: 'M1', failed: text }],
} as unknown as Lesson;

const summary = (variant: string | null, seed: number, failed: number) =>
  ({ variant, seed, requests: { N: 1, failed, R: 1, T: {}, accepted: {} } }) as unknown as RunSummary;

test("checks the lesson's scenario with the learner's editable files, in every lane on every hidden seed", async () => {
  let asked: unknown;
  const report = await checkLesson(
    lesson,
    { 'greeter.ts': 'mine', 'caller.ts': 'mine' },
    {
      seeds: (request, onSummary) => {
        asked = request;
        for (const seed of request.seeds)
          for (const variant of request.variants) onSummary(variant, seed, summary(variant, seed, seed === 23 ? 1 : 0));
        return Promise.resolve({ kind: 'finished' });
      },
    },
  );
  expect(asked).toMatchObject({ file: { ...lesson.scenario, files: { 'greeter.ts': 'mine', 'caller.ts': 'start' } }, seeds: [11, 23] });
  expect(report).toMatchObject({
    kind: 'judged',
    outcomes: [
      { variant: null, seed: 11, passed: true },
      { variant: 'queue', seed: 11, passed: true },
      { variant: null, seed: 23, passed: false },
      { variant: 'queue', seed: 23, passed: false },
    ],
  });
});

test('code that cannot run is a problem, not a failed check', async () => {
  const problem = { path: 'files', key: 'problem.x' as const, params: {} };
  expect(await checkLesson(lesson, {}, { seeds: () => Promise.resolve({ kind: 'problems', problems: [problem] }) })).toEqual({
    kind: 'problems',
    problems: [problem],
  });
  expect(await checkLesson(lesson, {}, { seeds: () => Promise.resolve({ kind: 'stopped', problem }) })).toEqual({
    kind: 'problems',
    problems: [problem],
  });
});
