import { expect, test } from 'vitest';
import { findLesson } from '../../src/lesson/catalogue';
import type { CheckOutcome } from '../../src/model/lesson';
import { checked, goTo, isSeen, mayGoOn } from '../../src/state/lesson-steps';
import { ProgressState } from '../../src/state/progress.svelte';

const lesson = findLesson('greeter')!;
type Steps = Parameters<typeof goTo>[0];

/** The lesson at a step, with so much of its minute seen. */
function at(stepIndex: number, seenMicros = 0, files = lesson.start) {
  const progress = new ProgressState({ read: () => undefined, write: () => true });
  const gone: number[] = [];
  const steps = {
    lesson,
    stepIndex,
    step: lesson.steps[stepIndex],
    progress,
    playhead: { timeMicros: seenMicros, endMicros: 60e6 },
    document: { files },
    goToStep: (step: number) => void gone.push(step),
  };
  return { steps: steps as unknown as Steps, progress, gone };
}

test('only a prediction must be made before one goes on', () => {
  const { steps, progress } = at(0);
  expect(lesson.steps[0]?.kind).toBe('predict');
  expect(mayGoOn(steps)).toBe(false);
  progress.answer(lesson.id, 0, 'same', true);
  expect(mayGoOn(steps)).toBe(true);
  expect(mayGoOn(at(1).steps)).toBe(true);
});

test('who goes on from a run is done with it when ten seconds were seen', () => {
  const run = lesson.steps.findIndex(({ kind }) => kind === 'run');
  for (const [seenMicros, done] of [
    [9e6, false],
    [10e6, true],
  ] as const) {
    const { steps, progress, gone } = at(run, seenMicros);
    expect(isSeen(steps)).toBe(done);
    goTo(steps, run + 1);
    expect(gone).toEqual([run + 1]);
    expect(progress.of(lesson.id).done.includes(run)).toBe(done);
  }
});

test('who goes on without an answer, or without a change, is not done with what asks for one', () => {
  const going = (kind: string, files = lesson.start): readonly number[] => {
    const index = lesson.steps.findIndex((step) => step.kind === kind);
    const { steps, progress } = at(index, 60e6, files);
    goTo(steps, index + 1);
    return progress.of(lesson.id).done;
  };
  expect(going('investigate')).toEqual([]);
  expect(going('modify')).toEqual([]);
  expect(going('modify', { ...lesson.start, 'greeter.ts': '// changed' })).toEqual([
    lesson.steps.findIndex(({ kind }) => kind === 'modify'),
  ]);
});

test('who goes back is done with nothing', () => {
  const { steps, progress } = at(2, 60e6);
  goTo(steps, 1);
  expect(progress.of(lesson.id).done).toEqual([]);
});

test('code that passes is done with the change and the check, and with no other step', () => {
  const steps = (kind: string): number => lesson.steps.findIndex((step) => step.kind === kind);
  const outcome = { ...{ check: 'some', variant: null, seed: 1, quoted: {} }, passed: true } as unknown as CheckOutcome;
  const changed = at(steps('check'), 0, { ...lesson.start, 'greeter.ts': '// changed' });
  checked(changed.steps, [outcome, { ...outcome, passed: false }]);
  expect(changed.progress.of(lesson.id)).toMatchObject({ done: [], outcomes: [{ passed: true }, { passed: false }] });
  checked(changed.steps, [outcome]);
  expect([...changed.progress.of(lesson.id).done].sort()).toEqual([steps('modify'), steps('check')].sort());
  const untouched = at(steps('check'));
  checked(untouched.steps, [outcome]);
  expect(untouched.progress.of(lesson.id).done).toEqual([steps('check')]);
});
