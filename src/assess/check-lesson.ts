/** Runs a learner's files on the hidden seeds of a lesson, in every lane, and judges each run. */
import type { Evaluate } from '../handlers/load-module';
import { judge } from '../lesson/judge';
import type { CheckOutcome, Lesson } from '../model/lesson';
import type { Problem } from '../model/problem';
import { prepareRun, startRun } from '../world/run';

export interface CheckReport {
  readonly passed: boolean;
  readonly outcomes: readonly CheckOutcome[];
  /** Why a run could not start or did not reach its end: code that is refused, an endless loop. */
  readonly problems: readonly Problem[];
}

/** The parts of a lesson that a check needs; they cross to the sandbox as plain data. */
export type Checkable = Pick<Lesson, 'scenario' | 'lanes' | 'checks' | 'hiddenSeeds'>;

/** In slices: yields after every `sliceEvents` events, so that whoever runs it can stop or answer in between. */
export function* checkLesson(
  lesson: Checkable,
  files: Readonly<Record<string, string>>,
  evaluate: Evaluate,
  sliceEvents: number,
): Generator<undefined, CheckReport> {
  const outcomes: CheckOutcome[] = [];
  for (const { variant } of lesson.lanes) {
    for (const seed of lesson.hiddenSeeds) {
      const prepared = prepareRun({ ...lesson.scenario, files }, { variant, seed, evaluate });
      if (!prepared.ok) return { passed: false, outcomes, problems: prepared.problems };
      const run = startRun(prepared.value, { evaluate, keepTrace: false });
      while (run.advance(sliceEvents)) yield;
      const { summary, stopped } = run.finish();
      if (stopped) return { passed: false, outcomes, problems: [stopped] };
      outcomes.push(...judge(lesson.checks, summary));
    }
  }
  return { passed: outcomes.every((outcome) => outcome.passed), outcomes, problems: [] };
}
