/**
 * How the path of a request agrees with the books, which know how much of its time on links was travelling. A message goes on while a lost
 * segment of another is missing, and the instants of the trace are whole microseconds: what waits under way hold too much, travelling gets back.
 */
import type { Micros } from '../model/time';

interface Stretch {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

/** One direction of the ways of a request, there or back. */
export interface Direction<Step extends Stretch> {
  /** What a step is in this direction; undefined when it is something else. */
  readonly roleOf: (step: Step) => 'travel' | 'wait' | undefined;
  /** What a wait is as far as it was none. */
  readonly travelling: (wait: Step) => Step;
}

/** The steps, with as much travelling as there was, if waits have it. @param travelMicros by the books */
export function givenBack<Step extends Stretch>(
  steps: readonly Step[],
  travelMicros: Micros,
  { roleOf, travelling }: Direction<Step>,
): readonly Step[] {
  let missing = travelMicros;
  for (const step of steps) if (roleOf(step) === 'travel') missing -= step.toMicros - step.fromMicros;
  if (missing <= 0) return steps;
  return steps.flatMap((step) => {
    if (missing === 0 || roleOf(step) !== 'wait') return [step];
    const untilMicros = Math.min(step.toMicros, step.fromMicros + missing);
    missing -= untilMicros - step.fromMicros;
    const travelled = { ...travelling(step), toMicros: untilMicros };
    return untilMicros < step.toMicros ? [travelled, { ...step, fromMicros: untilMicros }] : [travelled];
  });
}
