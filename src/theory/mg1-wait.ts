/**
 * How long requests wait and stay in M/G/1, first come first served. Pollaczek and Khinchine: the wait is a geometric number of residual
 * services, 1−ρ of them none (Kleinrock, Queueing Systems I, 5.7; R. B. Cooper, Introduction to Queueing Theory, 5.8). The compound sum is
 * taken on a grid by Panjer's recursion (ASTIN Bulletin 12, 1981), with each residual service rounded to the nearest point.
 */

/** Points of the grid. The error is of the order of its square step. */
const POINTS = 1_600;
/** How many mean waits of those who wait the grid reaches. */
const REACH = 12;

export interface WaitAndStay {
  /** P(wait ≤ t), t in seconds; NaN beyond the grid. */
  readonly wait: (seconds: number) => number;
  /** P(wait + service ≤ t). */
  readonly sojourn: (seconds: number) => number;
}

/**
 * λ = `perSecond`; `service` is P(service ≤ t), t in seconds, with mean `serviceSeconds`; `waitSeconds` the mean wait of all, as by `mg1`.
 * Valid for 0 < λs < 1 and a finite mean wait.
 */
export function mg1Wait(perSecond: number, serviceSeconds: number, waitSeconds: number, service: (seconds: number) => number): WaitAndStay {
  const load = perSecond * serviceSeconds;
  const step = (REACH * Math.max(waitSeconds / load, serviceSeconds)) / POINTS;
  const residual = residualMasses(service, serviceSeconds, step);
  const waits = new Float64Array(POINTS);
  const scale = 1 / (1 - load * residual[0]!);
  waits[0] = (1 - load) * scale;
  for (let n = 1; n < POINTS; n++) {
    let sum = 0;
    for (let j = 1; j <= n; j++) sum += residual[j]! * waits[n - j]!;
    waits[n] = load * scale * sum;
  }
  let sum = 0;
  const atMost = waits.map((mass) => (sum += mass));
  return {
    wait: (seconds) => {
      if (seconds <= 0) return seconds < 0 ? 0 : 1 - load;
      // The mass of a point is spread over the cell around it, that of the first over half a cell and those who do not wait.
      const at = seconds / step + 0.5;
      const cell = Math.floor(at);
      if (cell >= POINTS) return NaN;
      const before = cell === 0 ? 1 - load : atMost[cell - 1]!;
      const share = cell === 0 ? 2 * (at - 0.5) : at - cell;
      return before + share * (atMost[cell]! - before);
    },
    sojourn: (seconds) => {
      if (seconds / step >= POINTS) return NaN;
      let total = (1 - load) * service(seconds) + (waits[0]! - (1 - load)) * service(seconds - step / 4);
      for (let n = 1; n * step <= seconds; n++) total += waits[n]! * service(seconds - n * step);
      return total;
    },
  };
}

/** Of the rest of a service that is met at a random instant, density (1 − F(t))/s: the mass nearest to each point of the grid. */
function residualMasses(service: (seconds: number) => number, serviceSeconds: number, step: number): Float64Array {
  const PARTS = 16;
  const masses = new Float64Array(POINTS);
  const part = step / PARTS;
  for (let at = 0; at < POINTS * PARTS; at++) {
    const mass = ((1 - service((at + 0.5) * part)) * part) / serviceSeconds;
    const point = Math.round((at + 0.5) / PARTS);
    if (point < POINTS) masses[point]! += mass;
  }
  // Where the grid holds every service, what is missing is rounding at steps of F; a sum of many services would multiply it.
  const sum = masses.reduce((total, mass) => total + mass, 0);
  return service(POINTS * step) > 1 - 1e-9 ? masses.map((mass) => mass / sum) : masses;
}
