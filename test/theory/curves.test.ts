/**
 * The curves beside simulated samples. A sample of one run is correlated: who waits long has neighbours who wait long. Only every so many-th
 * value is taken, so far apart that the line has forgotten the one before (five relaxation times 1/(√(cμ) − √λ)², Cohen, The Single Server
 * Queue, III.7), so that the bound of Kolmogorov and Smirnov for independent values holds: 1.95/√n with 99.9 %.
 */
import { describe, expect, it } from 'vitest';
import { placeStaysInSteps } from '../../src/metrics/stays';
import { atOnce } from '../../src/metrics/steps';
import { staySamplesInSteps, waitSamplesInSteps, type Samples } from '../../src/metrics/samples';
import { readScenario } from '../../src/model/read-scenario';
import { theoryFor } from '../../src/theory/assess-scenario';
import { mdc } from '../../src/theory/mdc';
import { mdcWait } from '../../src/theory/mdc-wait';
import { md1, mg1 } from '../../src/theory/mg1';
import { mg1Wait } from '../../src/theory/mg1-wait';
import { mm1kSojournTail } from '../../src/theory/mm1';
import { mmcSojournTail, mmcWaitTail, mmck } from '../../src/theory/mmc';
import { stationCurves, type Curve } from '../../src/theory/station-curves';
import { merge } from '../model/example-files';
import { runFile } from '../world/run-file';

const BOUND = 1.95;

const base = {
  version: 1,
  title: 'curves',
  seed: 20_260_801,
  duration: '12000s',
  warmup: '0ms',
  components: {
    client: { kind: 'client', arrivals: { poisson: '5/s' }, calls: 'server' },
    server: { kind: 'service', workers: 1, work: { exponential: '100ms' }, waitingLimit: 1_000_000 },
  },
  links: [{ from: 'client', to: 'server' }],
};

/** The largest distance between the share of the values that are not more than t and the curve, on both sides of each step. */
function distance(values: readonly number[], curve: Curve): number {
  const sorted = [...values].sort((one, other) => one - other);
  return Math.max(
    ...sorted.map((value, at) => {
      // Values are whole microseconds, and several may be 0: the curve steps there too.
      const isLast = sorted[at + 1] !== value;
      const isFirst = sorted[at - 1] !== value;
      const up = isLast ? Math.abs((at + 1) / sorted.length - curve(value)) : 0;
      const down = isFirst ? Math.abs(at / sorted.length - (value === 0 ? 0 : curve(value - 0.5))) : 0;
      return Math.max(up, down);
    }),
  );
}

const thinned = ({ values }: Samples, every: number): number[] => [...values].filter((_, at) => at % every === every - 1);

describe('a long run agrees with the curves', () => {
  it.each([
    ['M/M/1', {}, 30],
    ['M/M/3', { workers: 3, work: { exponential: '400ms' } }, 70],
    ['M/D/1', { work: '100ms' }, 30],
    ['M/D/2', { workers: 2, work: '250ms' }, 40],
    ['M/G/1', { work: { exponential: null, erlang: { mean: '100ms', k: 3 } } }, 30],
    ['M/G/1', { work: { exponential: null, hyperexponential: { mean: '80ms', cv: 1.5 } } }, 40],
    ['M/M/1/6', { waitingLimit: 5 }, 30],
  ])('%s, %j', (model, server, every) => {
    const file = merge(base, { components: { server } });
    const read = readScenario(file, null);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const [report] = theoryFor(read.value);
    expect(report?.model).toBe(model);
    const { wait, sojourn } = stationCurves(report!.curves!);
    const lane = runFile(file);
    const place = lane.places.findIndex((one) => one.kind === 'service');
    const samples = [
      [atOnce(waitSamplesInSteps(lane, place)), wait!],
      [atOnce(staySamplesInSteps(atOnce(placeStaysInSteps(lane, place))!)), sojourn!],
    ] as const;
    for (const [all, curve] of samples) {
      const values = thinned(all, every);
      expect(values.length).toBeGreaterThan(500);
      const bound = BOUND / Math.sqrt(values.length);
      expect(distance(values, curve)).toBeLessThan(bound);
      // A curve for work that takes half as long again is told apart: the test can fail.
      if (curve === sojourn) expect(distance(values, (micros) => curve(micros / 1.5))).toBeGreaterThan(bound);
    }
  });
});

/** ∫ (1 − F) by the midpoint rule. */
function mean(curve: (seconds: number) => number, until: number): number {
  const steps = 40_000;
  let sum = 0;
  for (let at = 0; at < steps; at++) sum += ((1 - curve(((at + 0.5) * until) / steps)) * until) / steps;
  return sum;
}

describe('curves and means come from different formulas and agree', () => {
  it.each([
    [4, 0.2, 1],
    [9, 0.1, 1],
    [12, 0.25, 4],
    [18, 0.5, 10],
  ])('M/D/c with λ = %d / s, s = %d s, c = %d', (perSecond, seconds, workers) => {
    const curve = mdcWait(perSecond, seconds, workers)!;
    expect(mean(curve, 8)).toBeCloseTo(mdc(perSecond, seconds, workers).meanWaitSeconds, 6);
  });

  it('M/D/1 is the sum of Erlang where that is still exact', () => {
    const [rate, length] = [7, 0.1];
    const curve = mdcWait(rate, length, 1)!;
    for (const t of [0, 0.05, 0.1, 0.25, 0.42]) {
      let [sum, factorial] = [0, 1];
      for (let k = 0; k * length <= t; k++) {
        factorial *= Math.max(1, k);
        const x = rate * (k * length - t);
        sum += (x ** k / factorial) * Math.exp(-x);
      }
      expect(curve(t)).toBeCloseTo((1 - rate * length) * sum, 10);
    }
  });

  it('M/G/1 is M/M/1 with exponential work and M/D/1 with constant work, and has its mean with any', () => {
    const [rate, s] = [8, 0.1];
    const exponential = mg1Wait(rate, s, mg1(rate, s, 1).meanWaitSeconds, (t) => (t > 0 ? -Math.expm1(-t / s) : 0));
    const constant = mg1Wait(rate, s, md1(rate, s).meanWaitSeconds, (t) => (t >= s ? 1 : 0));
    for (const t of [0, 0.03, 0.2, 0.9, 2]) {
      expect(exponential.wait(t)).toBeCloseTo(1 - mmcWaitTail(rate, 1 / s, 1, t), 4);
      expect(Math.abs(exponential.sojourn(t) - 1 + mmcSojournTail(rate, 1 / s, 1, t))).toBeLessThan(0.002);
      expect(Math.abs(constant.wait(t) - mdcWait(rate, s, 1)!(t))).toBeLessThan(0.002);
    }
    expect(exponential.wait(1e6)).toBeNaN();
  });

  it('M/M/1/K has the mean of the sum over its states', () => {
    const theory = mmck(8, 10, 1, 12);
    expect(mean((t) => 1 - mm1kSojournTail(8, 10, 12, t), 8)).toBeCloseTo(theory.meanSojournSeconds, 6);
  });

  it('near saturation M/D/c says nothing rather than something wrong', () => {
    expect(mdcWait(9.95, 0.1, 1)).toBeUndefined();
  });
});

it('a wait a billion times as long as the service is as certain as it is, and takes no billion steps to say', () => {
  const wait = mdcWait(5_000, 1e-6, 64)!;
  expect([0, 1e-6, 1, 1_000].map(wait)).toEqual([1, 1, 1, 1]);
  const busy = mdcWait(0.9, 1, 1)!;
  expect(busy(0)).toBeCloseTo(0.1, 12);
  expect(busy(1_000)).toBeCloseTo(1, 12);
});
