/**
 * The sandbox worker: the simulator, the compiler for handlers and the lock-down, bundled into one classic script. All of it is
 * inside one function, so the learner's code, which is compiled in the global scope, sees none of it.
 */
import { prepareRun, startRun } from '../world/run';
import { AllocationMeter } from './allocation-meter';
import { evaluate } from './evaluate';
import { createExecutor } from './executor';
import { HANDLER_API } from './handler-api';
import { lockDown } from './lockdown';
import type { Request } from './protocol';

const realTime = performance;
const loop = new MessageChannel();

addEventListener(
  'message',
  (event) => {
    const [port] = event.ports;
    if (!port) return;
    const meter = new AllocationMeter();
    let next: (() => void) | undefined;
    loop.port2.onmessage = () => {
      const callback = next;
      next = undefined;
      callback?.();
    };
    lockDown({ meter, alsoFreeze: HANDLER_API });
    const executor = createExecutor({
      door: { prepareRun, startRun },
      evaluate,
      meter,
      clock: () => realTime.now(),
      later: (callback) => {
        next = callback;
        loop.port1.postMessage(0);
      },
      post: (reply, transfer) => port.postMessage(reply, transfer),
    });
    port.onmessage = ({ data }: MessageEvent<Request>) => executor.receive(data);
  },
  { once: true },
);
