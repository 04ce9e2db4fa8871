/** The checks of a lesson on its hidden seeds: every check must hold in every lane on each of them. */
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

export async function checkLesson(lesson: Lesson, file: JsonRecord, simulator: Pick<Simulator, 'seeds'>): Promise<CheckReport> {
  const outcomes: CheckOutcome[] = [];
  const variants = lesson.lanes.map(({ variant }) => variant);
  const reply = await simulator.seeds({ file, variants, seeds: lesson.hiddenSeeds }, (_variant, _seed, summary) => {
    outcomes.push(...judge(lesson.checks, summary));
  });
  if (reply.kind === 'finished') return { kind: 'judged', outcomes };
  if (reply.kind === 'stopped') return { kind: 'problems', problems: [reply.problem] };
  return reply;
}
