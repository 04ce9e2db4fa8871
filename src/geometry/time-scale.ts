/** The stretch of virtual time that a view shows, and how it is moved and magnified. */
import { ticks } from 'd3-array';
import type { Micros } from '../model/time';

export interface Viewport {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

/** What the reader has moved to, and where the playhead was then: it is followed once it moves on. */
export interface ChosenView {
  readonly view: Viewport;
  readonly timeMicros: Micros;
}

/** The least stretch that can be shown, µs. */
const LEAST = 20;

/** `factor` below 1 magnifies; the instant `at` stays where it is. The result lies within 0 and `end`. */
export function zoomed({ fromMicros, toMicros }: Viewport, at: Micros, factor: number, end: Micros): Viewport {
  const span = Math.min(end, Math.max(LEAST, (toMicros - fromMicros) * factor));
  const share = toMicros > fromMicros ? (at - fromMicros) / (toMicros - fromMicros) : 0.5;
  return within(at - share * span, span, end);
}

export function moved({ fromMicros, toMicros }: Viewport, byMicros: Micros, end: Micros): Viewport {
  return within(fromMicros + byMicros, toMicros - fromMicros, end);
}

/**
 * The stretch in which two instants stand at two places, as shares of its width: what two fingers do that hold them. Where the fingers
 * have met or crossed, `view` stays. The result lies within 0 and `end`.
 */
export function pinched(
  [first, second]: readonly [Micros, Micros],
  [firstShare, secondShare]: readonly [number, number],
  view: Viewport,
  end: Micros,
): Viewport {
  const wanted = (second - first) / (secondShare - firstShare);
  if (!(wanted > 0 && wanted < Infinity)) return view;
  const span = Math.min(end, Math.max(LEAST, wanted));
  return within((first + second) / 2 - ((firstShare + secondShare) / 2) * span, span, end);
}

/** The same stretch, moved on by pages so that the instant is in it: a running playhead turns pages. */
export function following(view: Viewport, at: Micros, end: Micros): Viewport {
  if (at >= view.fromMicros && at <= view.toMicros) return view;
  const span = view.toMicros - view.fromMicros;
  const page = 0.9 * span;
  const pages = at > view.toMicros ? Math.ceil((at - view.toMicros) / page) : -Math.ceil((view.fromMicros - at) / page);
  return within(view.fromMicros + pages * page, span, end);
}

/** What a view shows: what the reader has chosen, else `first`, with the playhead in it unless the reader has moved away from there. */
export function inSight(chosen: ChosenView | undefined, first: Viewport, timeMicros: Micros, end: Micros): Viewport {
  const base = chosen ? zoomed(chosen.view, chosen.view.fromMicros, 1, end) : first;
  return chosen?.timeMicros === timeMicros ? base : following(base, timeMicros, end);
}

/** Instants for grid lines, 1, 2 or 5 times a power of ten apart, about `count` of them. */
export function ticksOf({ fromMicros, toMicros }: Viewport, count: number): readonly Micros[] {
  return ticks(fromMicros, toMicros, Math.max(1, count));
}

function within(from: Micros, span: Micros, end: Micros): Viewport {
  const most = Math.max(0, end - span);
  const fromMicros = Math.min(most, Math.max(0, from));
  return { fromMicros, toMicros: fromMicros + Math.min(span, Math.max(end, LEAST)) };
}
