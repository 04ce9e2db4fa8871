/** Another capacity and overflow of a queue during a run. */
import type { Queue } from '../model/kinds/queue';
import type { Instance } from './driver';
import type { HeldBack } from './held-back';
import type { Holdings } from './holdings';

/** More room is for those who are held back first. Whoever is here stays, unless a queue that is too full drops its oldest. */
export function resizeQueue(
  machine: Instance,
  events: Readonly<Record<'configure' | 'admit', number>>,
  model: Queue,
  heldBack: HeldBack,
  held: Holdings,
  discardOldest: () => void,
): void {
  machine.send(events.configure, model);
  for (let waiting = -1; waiting !== heldBack.count;) {
    waiting = heldBack.count;
    machine.send(events.admit);
  }
  if (model.overflow === 'drop-oldest') {
    for (let over = held.waiting + held.out.length - model.capacity; over > 0 && held.ready.length > 0; over--) discardOldest();
  }
  machine.send(events.configure, model);
}
