/** What all plots over time share: the stretch in sight, the instant pointed at, and what pointing, pressing and dragging do. */
import { moved, zoomed, type Viewport } from '../../geometry/time-scale';
import type { Micros } from '../../model/time';

export interface TimeControl {
  readonly view: Viewport;
  readonly endMicros: Micros;
  /** Length of the windows. */
  readonly stepMicros: Micros;
  readonly nowMicros: Micros;
  /** The instant pointed at, by mouse or by keyboard. */
  readonly cross: Micros | undefined;
  point(atMicros: Micros | undefined): void;
  seek(atMicros: Micros): void;
  show(view: Viewport): void;
}

/** Does what a key means in a plot; false for a key that means nothing there. */
export function pressKey(key: string, shift: boolean, control: TimeControl): boolean {
  const { view, endMicros, stepMicros, nowMicros } = control;
  const span = view.toMicros - view.fromMicros;
  const cross = control.cross ?? Math.min(view.toMicros, Math.max(view.fromMicros, nowMicros));
  const step = shift ? 10 * stepMicros : stepMicros;
  const act = {
    ArrowLeft: () => pointAt(cross - step, control),
    ArrowRight: () => pointAt(cross + step, control),
    Home: () => pointAt(view.fromMicros, control),
    End: () => pointAt(view.toMicros, control),
    PageUp: () => control.show(moved(view, -span, endMicros)),
    PageDown: () => control.show(moved(view, span, endMicros)),
    '+': () => control.show(zoomed(view, cross, 0.5, endMicros)),
    '=': () => control.show(zoomed(view, cross, 0.5, endMicros)),
    '-': () => control.show(zoomed(view, cross, 2, endMicros)),
    '0': () => control.show({ fromMicros: 0, toMicros: endMicros }),
    Enter: () => control.seek(cross),
    ' ': () => control.seek(cross),
    Escape: () => control.point(undefined),
  }[key];
  act?.();
  return act !== undefined;
}

/** What is pointed at stays in sight: the stretch moves along. */
function pointAt(at: Micros, control: TimeControl): void {
  const { view, endMicros } = control;
  const cross = Math.min(endMicros, Math.max(0, at));
  if (cross < view.fromMicros) control.show(moved(view, cross - view.fromMicros, endMicros));
  else if (cross > view.toMicros) control.show(moved(view, cross - view.toMicros, endMicros));
  control.point(cross);
}
