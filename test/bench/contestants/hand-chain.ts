/** The three-service chain by hand: calls are rows of typed arrays, a timeout that came too late is looked at and forgotten. */
import { exponential, first, next, plan, uniform } from './event-heap';
import { report } from './report';

const ARRIVAL = 0;
const REQUEST = 1;
const SERVED = 2;
const REPLY = 3;
const TIMEOUT = 4;
const TIMEOUTS = [0.4, 0.2, 0.1];
const [LINK, SERVICE, LOSS, ATTEMPTS] = [0.005, 0.002, 0.01, 3];

const requests = Number(process.argv[2]);
const gap = 1 / Number(process.argv[3] ?? 1000);
/** Calls open at once; their rows are used again in turn. */
const ROWS = 1 << 20;
const depth = new Uint8Array(ROWS);
const caller = new Int32Array(ROWS);
const attempts = new Uint8Array(ROWS);
const isOver = new Uint8Array(ROWS);
const startedAt = new Float64Array(ROWS);
let calls = 0;
let [now, arrived, done, sum] = [0, 0, 0, 0];

function attempt(row: number): void {
  attempts[row]!++;
  if (uniform() >= LOSS) plan(now + exponential(LINK), REQUEST, row);
  plan(now + TIMEOUTS[depth[row]!]!, TIMEOUT, row | (attempts[row]! << 24));
}

function call(callDepth: number, from: number): void {
  const row = calls++ & (ROWS - 1);
  depth[row] = callDepth;
  caller[row] = from;
  attempts[row] = 0;
  isOver[row] = 0;
  startedAt[row] = now;
  attempt(row);
}

function reply(row: number): void {
  if (uniform() >= LOSS) plan(now + exponential(LINK), REPLY, row);
}

function run(): void {
  plan(exponential(gap), ARRIVAL, 0);
  while (next()) {
    now = first.time;
    const { target } = first;
    switch (first.kind) {
      case ARRIVAL:
        if (++arrived < requests) plan(now + exponential(gap), ARRIVAL, 0);
        call(0, -1);
        break;
      case REQUEST:
        plan(now + exponential(SERVICE), SERVED, target);
        break;
      case SERVED:
        if (depth[target]! < 2) call(depth[target]! + 1, target);
        else reply(target);
        break;
      case REPLY:
        if (isOver[target] === 1) break;
        isOver[target] = 1;
        if (depth[target]! > 0) reply(caller[target]!);
        else {
          done++;
          sum += now - startedAt[target]!;
        }
        break;
      case TIMEOUT: {
        const row = target & 0xffffff;
        if (isOver[row] === 1 || attempts[row] !== target >>> 24) break;
        if (attempts[row]! < ATTEMPTS) attempt(row);
        else isOver[row] = 1;
      }
    }
  }
}

const began = performance.now();
run();
report({ count: requests, seconds: (performance.now() - began) / 1000, mean: (1000 * sum) / done });
