/** A thread of Node's, locked down as the command line does it: runs the code it is sent and says what came of it. */
import { AllocationMeter } from '../../src/sandbox/allocation-meter';
import { lockDown } from '../../src/sandbox/lockdown';

export interface Answer {
  readonly id: number;
  readonly value: string;
}

const { parentPort } = process.getBuiltinModule('node:worker_threads');
const compile = Function;
const meter = new AllocationMeter();

parentPort?.on('message', ({ id, code }: { id: number; code: string }) => {
  meter.reset();
  let value: string;
  try {
    value = String(compile(`"use strict";${code}\n//# sourceURL=handler:attack.ts`)());
  } catch (error) {
    value = `threw ${String(error)}`;
  }
  parentPort.postMessage({ id, value } satisfies Answer);
});
lockDown({ meter });
