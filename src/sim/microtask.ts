import { addJob } from './job-ring';
import { catchable } from './step-limit';
import { VirtualPromise } from './virtual-promise';

/** Runs a function as one job, like the global `queueMicrotask`; what it throws counts as an unhandled rejection. */
export function addMicrotask(callback: () => unknown): void {
  if (typeof callback !== 'function') throw new TypeError('queueMicrotask needs a function');
  addJob({
    settled() {
      try {
        callback();
      } catch (error) {
        VirtualPromise.reject(catchable(error));
      }
    },
  });
}
