/**
 * Makes a thread fit for a stranger's code: no clock, no chance, no way out, nothing shared that code could change. In the
 * browser the wall is the opaque origin with its CSP, and this keeps results honest and repeatable behind it; on the command
 * line it is what keeps handlers from the machine, together with a thread of their own.
 *
 * It changes the whole thread, for good. Whatever the thread's own code needs of the globals it has to hold already: see
 * CAPTURED in build/inline-bundle.ts.
 */
import type { AllocationMeter } from './allocation-meter';
import { meterAllocations } from './lockdown-allocations';
import { findReachable, freezeAll, refuseCodeFromText, repairOverrides } from './lockdown-freeze';
import { hideGlobals, removeGlobals } from './lockdown-globals';
import { forgetLastMatch } from './lockdown-last-match';
import { makeMathPortable } from './lockdown-math';
import { hideStacks, makeTextPortable } from './lockdown-text';

export interface LockDownOptions {
  readonly meter: AllocationMeter;
  /** Objects of ours that handlers can reach; they and all that hangs on them are frozen too. */
  readonly alsoFreeze?: readonly object[];
}

/**
 * Locks this thread down. Call it once, as the last thing before the first handler is compiled.
 * Throws an Error that names what could not be removed, and then no handler may run.
 */
export function lockDown({ meter, alsoFreeze = [] }: LockDownOptions): void {
  meterAllocations(meter);
  makeMathPortable();
  makeTextPortable();
  forgetLastMatch();
  hideStacks();
  refuseCodeFromText();
  const reachable = findReachable(alsoFreeze);
  const left = removeGlobals();
  if (left.length > 0) throw new Error(`The sandbox cannot remove ${left.join(', ')}`);
  hideGlobals();
  repairOverrides();
  freezeAll(reachable);
}
