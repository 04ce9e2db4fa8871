import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTrip } from '../../src/theory/composition';
import { meanNumber } from '../../src/theory/little';
import { mdc } from '../../src/theory/mdc';
import { md1, mg1, mgcApproximation } from '../../src/theory/mg1';
import { mm1, mm1k, mm1kSojournPercentile, mm1SojournPercentile, mm1WaitPercentile } from '../../src/theory/mm1';
import { erlangB, erlangC, mmc, mmck, mmcSojournPercentile, mmcSojournTail, mmcWaitPercentile, mmcWaitTail } from '../../src/theory/mmc';
import {
  backlogAfter,
  backlogGrowthPerSecond,
  drainSeconds,
  fullAfterSeconds,
  refusedShare,
  waitBehindSeconds,
} from '../../src/theory/overload';
import type { StationTheory } from '../../src/theory/station';

const load = fc.double({ min: 0.01, max: 0.98, noNaN: true });
const workers = fc.integer({ min: 1, max: 40 });
const share = fc.double({ min: 0.01, max: 0.999, noNaN: true });

function expectSame(one: StationTheory, other: StationTheory, digits = 9): void {
  for (const key of Object.keys(one) as (keyof StationTheory)[])
    expect(one[key] / (other[key] || 1), key).toBeCloseTo(other[key] === 0 ? 0 : 1, digits);
}

describe('M/M/1', () => {
  it('has the numbers of the example: λ = 8/s, μ = 10/s', () => {
    expectSame(mm1(8, 10), {
      utilization: 0.8,
      meanWaiting: 3.2,
      meanInSystem: 4,
      meanWaitSeconds: 0.4,
      meanSojournSeconds: 0.5,
      blocking: 0,
    });
    expect(mm1SojournPercentile(8, 10, 0.95)).toBeCloseTo(1.497_866, 6);
    expect(mm1WaitPercentile(8, 10, 0.95)).toBeCloseTo(Math.log(0.8 / 0.05) / 2, 12);
    expect(mm1WaitPercentile(8, 10, 0.1)).toBe(0);
  });

  it('M/M/1/K with ρ = 1 is in each of its K + 1 states as often', () => {
    expectSame(mm1k(5, 5, 3), {
      utilization: 0.75,
      meanWaiting: 0.75,
      meanInSystem: 1.5,
      meanWaitSeconds: 0.2,
      meanSojournSeconds: 0.4,
      blocking: 0.25,
    });
  });

  it('M/M/1/K in closed form is M/M/c/K with one worker, below and above saturation', () => {
    const rate = fc.oneof(fc.double({ min: 0.1, max: 0.95, noNaN: true }), fc.constant(1), fc.double({ min: 1.05, max: 50, noNaN: true }));
    fc.assert(
      fc.property(rate, fc.integer({ min: 1, max: 200 }), (perSecond, places) =>
        expectSame(mm1k(perSecond, 1, places), mmck(perSecond, 1, 1, places), 7),
      ),
    );
  });

  it('M/M/1/K has the percentiles of M/M/1 when K is large, and of the service alone when K is 1', () => {
    expect(mm1kSojournPercentile(8, 10, 400, 0.95)).toBeCloseTo(mm1SojournPercentile(8, 10, 0.95), 9);
    expect(mm1kSojournPercentile(30, 10, 1, 0.95)).toBeCloseTo(-Math.log(0.05) / 10, 9);
    expect(mm1kSojournPercentile(1e6, 10, 3, 0.5)).toBeCloseTo(0.2674, 4); // Always full: the median of Erlang(3), 2.674/μ.
  });
});

describe('M/M/c', () => {
  // Tables of Erlang B (ITU-D Teletraffic Engineering Handbook): servers and erlangs at 1 % blocking.
  it.each([
    [1, 0.0101],
    [10, 4.461],
    [20, 12.03],
    [100, 84.06],
  ])('Erlang B of %i servers and %d erlangs is 1 %%', (servers, erlangs) => expect(erlangB(servers, erlangs)).toBeCloseTo(0.01, 4));

  it('Erlang B by recursion is the sum of the definition', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0.01, max: 60, noNaN: true }), (servers, erlangs) => {
        let [term, sum] = [1, 1];
        for (let k = 1; k <= servers; k++) sum += term *= erlangs / k;
        expect(erlangB(servers, erlangs)).toBeCloseTo(term / sum, 12);
      }),
    );
  });

  it('stays finite with ten thousand workers', () => expect(erlangC(10_000, 9_990)).toBeGreaterThan(0.8));

  // D. Gross et al., Fundamentals of Queueing Theory, the eye clinic: 6 an hour, 20 minutes each, three doctors.
  it('has the numbers of the eye clinic', () => {
    const clinic = mmc(6, 3, 3);
    expect(clinic.meanWaiting).toBeCloseTo(8 / 9, 12);
    expect(clinic.meanInSystem).toBeCloseTo(26 / 9, 12);
    expect(clinic.meanWaitSeconds).toBeCloseTo(4 / 27, 12);
  });

  // The same book, the automobile inspection: one a minute, 6 minutes each, three stations, at most seven cars.
  it('M/M/c/K has the numbers of the automobile inspection', () => {
    const inspection = mmck(1, 1 / 6, 3, 7);
    expect(inspection.meanWaiting).toBeCloseTo(3.09, 2);
    expect(inspection.meanInSystem).toBeCloseTo(6.06, 2);
    // The weights 1, 6, 18, 36, 72, … 576 sum to 1141; the book rounds P₀ = 1/1141 to 0.00088 first and so loses 30.4 cars an hour.
    expect(inspection.blocking).toBeCloseTo(576 / 1_141, 12);
    expect(inspection.meanSojournSeconds).toBeCloseTo((6 * (1_141 - 576) + 3_528) / (1_141 - 576), 9);
  });

  it('with one worker is M/M/1, percentiles included', () => {
    fc.assert(
      fc.property(load, share, (perSecond, p) => {
        expectSame(mmc(perSecond, 1, 1), mm1(perSecond, 1));
        expect(mmcWaitPercentile(perSecond, 1, 1, p)).toBeCloseTo(mm1WaitPercentile(perSecond, 1, p), 6);
        expect(mmcSojournPercentile(perSecond, 1, 1, p) / mm1SojournPercentile(perSecond, 1, p)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('without places to wait is Erlang B, with very many is M/M/c', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.9, noNaN: true }), workers, (rho, c) => {
        expect(mmck(rho * c, 1, c, c).blocking).toBeCloseTo(erlangB(c, rho * c), 12);
        expectSame(mmck(rho * c, 1, c, c + 1_000), { ...mmc(rho * c, 1, c), blocking: mmck(rho * c, 1, c, c + 1_000).blocking });
      }),
    );
  });

  it('has tails whose area is the mean', () => {
    const area = (tail: (t: number) => number): number =>
      Array.from({ length: 60_000 }, (_, at) => tail((at + 0.5) / 1_000) / 1_000).reduce((sum, part) => sum + part, 0);
    for (const [perSecond, c] of [
      [1.5, 2],
      [1, 2],
      [4.2, 5],
    ] as const) {
      expect(area((t) => mmcWaitTail(perSecond, 1, c, t))).toBeCloseTo(mmc(perSecond, 1, c).meanWaitSeconds, 4);
      expect(area((t) => mmcSojournTail(perSecond, 1, c, t))).toBeCloseTo(mmc(perSecond, 1, c).meanSojournSeconds, 4);
    }
  });
});

describe('M/G/1 and M/D/c', () => {
  it('M/G/1 with exponential service is M/M/1, with constant service waits half as long', () => {
    fc.assert(
      fc.property(load, (rho) => {
        expectSame(mg1(rho, 1, 1), mm1(rho, 1));
        expect(md1(rho, 1).meanWaitSeconds).toBeCloseTo(mm1(rho, 1).meanWaitSeconds / 2, 9);
      }),
    );
  });

  it('the approximation for several workers is exact where it must be', () => {
    expectSame(mgcApproximation(2.4, 1, 1, 3), mmc(2.4, 1, 3));
    expectSame(mgcApproximation(0.7, 1, 4, 1), mg1(0.7, 1, 4));
  });

  it('M/D/c with one worker is M/D/1', () => {
    fc.assert(fc.property(load, (rho) => expectSame(mdc(rho, 1, 1), md1(rho, 1), 6)));
    expect(mdc(0.999, 1, 1).meanWaiting / md1(0.999, 1).meanWaiting).toBeCloseTo(1, 6);
  });

  it('knows that nobody waits where hundreds of workers have next to nothing to do', () => {
    expect(mdc(0.5, 1, 400)).toMatchObject({ meanWaiting: 0, meanInSystem: 0.5 });
  });

  it.each([
    [2, 0.5],
    [2, 0.9],
    [3, 0.8],
    [10, 0.9],
    [25, 0.95],
    [4, 0.02],
  ])('M/D/%i at load %d is the long run of its own recursion', (c, rho) => {
    expect(mdc(rho * c, 1, c).meanWaiting / lineByRecursion(c, rho)).toBeCloseTo(1, 6);
  });

  it('M/D/c waits a little more than half of what M/M/c does', () => {
    // Cosmetatos: the ratio is above 1/2 for c > 1 and comes to 1/2 in heavy traffic.
    for (const c of [2, 5, 20]) {
      const ratio = (rho: number): number => mdc(rho * c, 1, c).meanWaiting / mmc(rho * c, 1, c).meanWaiting;
      expect(ratio(0.7)).toBeGreaterThan(0.5);
      expect(ratio(0.999)).toBeCloseTo(0.5, 2);
    }
  });
});

/** Stationary mean of Q' = max(0, Q + A − c), A Poisson, by carrying the distribution forward until it stands still. */
function lineByRecursion(c: number, rho: number): number {
  const states = 600;
  const poisson = [Math.exp(-rho * c)];
  for (let k = 1; k < 150; k++) poisson.push((poisson[k - 1]! * rho * c) / k);
  let line = new Float64Array(states);
  line[0] = 1;
  for (let [step, before] = [0, -1]; step < 5_000; step++) {
    const next = new Float64Array(states);
    for (let q = 0; q < states; q++) {
      if (line[q]! < 1e-18) continue;
      for (let k = 0; k < 150; k++) next[Math.min(states - 1, Math.max(0, q + k - c))]! += line[q]! * poisson[k]!;
    }
    line = next;
    const mean = line.reduce((sum, chance, q) => sum + chance * q, 0);
    if (Math.abs(mean - before) < 1e-11 * mean) return mean;
    before = mean;
  }
  return line.reduce((sum, chance, q) => sum + chance * q, 0);
}

it('10 % loss each way leaves 81 % answered', () => {
  expect(roundTrip(0.1, 0.1)).toBeCloseTo(0.81, 12);
  expect(roundTrip(0, 0)).toBe(1);
  expect(roundTrip(1, 0)).toBe(0);
});

it("Little's law gives the number in M/M/1 from its time", () => {
  const { meanInSystem, meanSojournSeconds } = mm1(8, 10);
  expect(meanNumber(8, meanSojournSeconds)).toBeCloseTo(meanInSystem, 12);
});

it('overload is a fluid: what comes in beyond the capacity piles up', () => {
  expect(backlogGrowthPerSecond(12, 10)).toBe(2);
  expect(backlogGrowthPerSecond(8, 10)).toBe(0);
  expect(backlogAfter(60, 12, 10)).toBe(120);
  expect(backlogAfter(60, 8, 10, 100)).toBe(0);
  expect(waitBehindSeconds(120, 10)).toBe(12);
  expect(drainSeconds(120, 4, 10)).toBe(20);
  expect(drainSeconds(1, 10, 10)).toBe(Infinity);
  expect(fullAfterSeconds(100, 12, 10)).toBe(50);
  expect(fullAfterSeconds(100, 10, 10)).toBe(Infinity);
  expect(refusedShare(12.5, 10)).toBeCloseTo(0.2, 12);
  // The exact share of M/M/1/K comes to the fluid's when the line is long.
  expect(mm1k(12.5, 10, 500).blocking).toBeCloseTo(refusedShare(12.5, 10), 9);
});
