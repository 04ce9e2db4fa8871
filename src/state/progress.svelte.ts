/** How far the reader is in each lesson: the step, what was chosen, which checks have passed. Remembered in this browser. */
import type { CheckOutcome } from '../model/lesson';
import { isRecord } from '../model/variant';
import type { Memory } from './memory';

export interface LessonProgress {
  readonly step: number;
  /** Steps that were fulfilled, by index. */
  readonly done: readonly number[];
  /** The option committed for the question of a step, by the step's index. */
  readonly answers: Readonly<Record<string, string>>;
  readonly outcomes: readonly CheckOutcome[];
}

const KEY = 'async-lab.progress';
const NEW: LessonProgress = { step: 0, done: [], answers: {}, outcomes: [] };

export class ProgressState {
  #lessons = $state.raw<Readonly<Record<string, LessonProgress>>>({});
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
    const kept = memory.read(KEY);
    if (isRecord(kept)) this.#lessons = Object.fromEntries(Object.entries(kept).map(([id, value]) => [id, readProgress(value)]));
  }

  of(lesson: string): LessonProgress {
    return this.#lessons[lesson] ?? NEW;
  }

  goTo(lesson: string, step: number): void {
    this.#update(lesson, { step });
  }

  /** Commits an answer. Whether it fulfils the step is the lesson's to say: a prediction may be wrong. */
  answer(lesson: string, step: number, option: string, fulfils: boolean): void {
    this.#update(lesson, { answers: { ...this.of(lesson).answers, [step]: option } });
    if (fulfils) this.fulfil(lesson, step);
  }

  fulfil(lesson: string, step: number): void {
    const { done } = this.of(lesson);
    if (!done.includes(step)) this.#update(lesson, { done: [...done, step] });
  }

  /** What the checks said last. They speak of code that has since changed, so they are not kept over a reload. */
  checked(lesson: string, outcomes: readonly CheckOutcome[]): void {
    this.#update(lesson, { outcomes });
  }

  #update(lesson: string, change: Partial<LessonProgress>): void {
    this.#lessons = { ...this.#lessons, [lesson]: { ...this.of(lesson), ...change } };
    const kept = Object.entries(this.#lessons).map(([id, progress]) => [id, { ...progress, outcomes: [] }]);
    this.#memory.write(KEY, Object.fromEntries(kept));
  }
}

/** What an older or newer version of the page kept, as far as it makes sense. */
function readProgress(value: unknown): LessonProgress {
  if (!isRecord(value)) return NEW;
  const { step, done, answers } = value;
  return {
    step: typeof step === 'number' && Number.isInteger(step) && step >= 0 ? step : 0,
    done: Array.isArray(done) ? done.filter((index) => typeof index === 'number') : [],
    answers: isRecord(answers)
      ? Object.fromEntries(Object.entries(answers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
      : {},
    outcomes: [],
  };
}
