/** M/M/1 by hand: no objects, no calls that the engine does not inline, nothing recorded but the sum of the times. */
import { exponential, first, next, plan } from './event-heap';
import { report } from './report';

const ARRIVAL = 0;
const DEPARTURE = 1;
const customers = Number(process.argv[2]);
const arrivedAt = new Float64Array(1 << 16);
const mask = arrivedAt.length - 1;

function run(): number {
  let [arrived, line, end, sum] = [0, 0, 0, 0];
  plan(exponential(1 / 0.8), ARRIVAL, 0);
  while (next()) {
    const now = first.time;
    if (first.kind === ARRIVAL) {
      arrivedAt[end & mask] = now;
      end++;
      if (++arrived < customers) plan(now + exponential(1 / 0.8), ARRIVAL, 0);
      if (end - line === 1) plan(now + exponential(1), DEPARTURE, 0);
    } else {
      sum += now - arrivedAt[line & mask]!;
      line++;
      if (line !== end) plan(now + exponential(1), DEPARTURE, 0);
    }
  }
  return sum;
}

const began = performance.now();
const sum = run();
report({ count: customers, seconds: (performance.now() - began) / 1000, mean: sum / customers });
