/** Going through the steps of the lesson that is open, whoever asks: its pane, a key, a clicker. */
import type { CheckOutcome } from '../model/lesson';
import { SECOND } from '../model/time';
import type { Lab } from './lab.svelte';

/** So much of the run must have been seen before a prediction is told to be right or wrong. */
const SEEN_MICROS = 10 * SECOND;

type Steps = Pick<Lab, 'lesson' | 'step' | 'stepIndex' | 'progress' | 'playhead' | 'document' | 'goToStep'>;

/** Enough of the run was seen for this step. */
export function isSeen({ lesson, stepIndex, progress, playhead }: Steps): boolean {
  if (lesson && progress.of(lesson.id).done.includes(stepIndex)) return true;
  return playhead.endMicros > 0 && playhead.timeMicros >= Math.min(SEEN_MICROS, playhead.endMicros);
}

/** Only a prediction must be made before one goes on. */
export function mayGoOn({ lesson, step, stepIndex, progress }: Steps): boolean {
  return lesson !== undefined && (step?.kind !== 'predict' || progress.of(lesson.id).answers[stepIndex] !== undefined);
}

/** Goes to a step by its index; who goes on is done with this one, if nothing is left that it asks for. */
export function goTo(lab: Steps, to: number): void {
  const { lesson, step, stepIndex, progress } = lab;
  if (!lesson || !step) return;
  if (to > stepIndex && isMet(lab)) progress.fulfil(lesson.id, stepIndex);
  lab.goToStep(to);
}

/** What the checks said of the learner's code. When all have passed, they are done, and so are the steps that asked for the change. */
export function checked(lab: Steps, outcomes: readonly CheckOutcome[]): void {
  const { lesson, progress } = lab;
  if (!lesson) return;
  progress.checked(lesson.id, outcomes);
  if (outcomes.some(({ passed }) => !passed)) return;
  lesson.steps.forEach((step, index) => {
    if (step.kind === 'check' || (step.kind === 'modify' && isChanged(lab, step.file))) progress.fulfil(lesson.id, index);
  });
}

/** An answer is judged where it is given, and a check where it runs. */
function isMet(lab: Steps): boolean {
  const { step } = lab;
  switch (step?.kind) {
    case 'run':
      return step.question === undefined && isSeen(lab);
    case 'investigate':
      return step.question === undefined;
    case 'modify':
      return isChanged(lab, step.file);
    default:
      return false;
  }
}

function isChanged({ lesson, document }: Steps, file: string): boolean {
  return document.files[file] !== lesson?.start[file];
}
