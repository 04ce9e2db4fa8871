/**
 * The checks of a lesson on its hidden seeds: every check must hold in every lane on each of them. What is checked is the lesson's
 * own scenario with the learner's version of the files that may be changed: a knob left turned neither helps nor harms.
 */
import { judge } from '../lesson/judge';
import type { CheckOutcome, Lesson } from '../model/lesson';
import type { Problem } from '../model/problem';
import type { JsonRecord } from '../model/variant';
import type { Simulator } from './run-machine';

export type CheckReport =
  | { readonly kind: 'judged'; readonly outcomes: readonly CheckOutcome[] }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  /** Something newer took the simulator. */
  | { readonly kind: 'cancelled' };

/** `files` are the learner's, by name. Never rejects. */
export async function checkLesson(
  lesson: Lesson,
  files: Readonly<Record<string, string>>,
  simulator: Pick<Simulator, 'seeds'>,
): Promise<CheckReport> {
  const outcomes: CheckOutcome[] = [];
  const variants = lesson.lanes.map(({ variant }) => variant);
  const edited = lesson.editable.flatMap((name) => (files[name] === undefined ? [] : [[name, files[name]]]));
  const file: JsonRecord = { ...lesson.scenario, files: { ...lesson.start, ...Object.fromEntries(edited) } };
  const reply = await simulator.seeds({ file, variants, seeds: lesson.hiddenSeeds }, (_variant, _seed, summary) => {
    outcomes.push(...judge(lesson.checks, summary));
  });
  if (reply.kind === 'finished') return { kind: 'judged', outcomes };
  if (reply.kind === 'stopped') return { kind: 'problems', problems: [reply.problem] };
  return reply;
}
