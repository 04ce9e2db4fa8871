import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileIndexInSteps } from '../../src/metrics/quantile-index';
import { atOnce } from '../../src/metrics/steps';
import { WindowReader, windowNumbers } from '../../src/metrics/window';
import { Outcome } from '../../src/model/outcome';
import { stationLane } from './lane-builder';
import { requestsOf } from './trace-builder';

const three = [0, 1, 2].map((second) => ({ atMicros: second * 1e6, workMicros: 2e6 }));

describe('the numbers of a window', () => {
  it('are those of the summary when the window is the run', () => {
    const lane = stationLane(three, { durationMicros: 10e6, waitingLimit: 1 });
    const { requests } = lane.summary;
    expect(windowNumbers(lane, 0, 10e6)).toEqual({
      fromMicros: 0,
      toMicros: 10e6,
      N: requests.N,
      Ns: requests.Ns,
      decided: requests.N,
      R: requests.R,
      QPerSecond: requests.QPerSecond,
      T: requests.T,
      accepted: requests.accepted,
      heldMeanMs: requests.heldMeanMs,
      inFlight: 0,
    });
  });

  it('count what starts, ends and is accepted inside, the later edge included', () => {
    const reader = new WindowReader(stationLane(three, { durationMicros: 10e6 }));
    // Ends at 2, 4, 6 s after 2, 3, 4 s.
    expect(reader.at(2e6, 4e6)).toMatchObject({ N: 0, Ns: 1, decided: 1, QPerSecond: 0.5, T: { meanMs: 3_000, TdMs: 1_000 }, inFlight: 1 });
    expect(reader.at(0, 2e6)).toMatchObject({ N: 3, Ns: 1, QPerSecond: 0.5, T: { meanMs: 2_000 }, inFlight: 2 });
    expect(reader.at(7e6, 8e6)).toMatchObject({ N: 0, Ns: 0, R: null, QPerSecond: 0, T: { meanMs: null, p95Ms: null }, heldMeanMs: null });
  });

  it('keep accepted and completed apart', () => {
    const lane = {
      ...stationLane([], { durationMicros: 10e6 }),
      requests: [
        requestsOf([
          { request: 2, outcome: Outcome.ok, started: 1e6, accepted: 1.1e6, ended: 3e6 },
          { request: 1, outcome: Outcome.lost, started: 0, accepted: 2e6, ended: 4e6 },
          { request: 3, outcome: Outcome.inFlight, started: 3e6, accepted: 3.5e6, ended: 10e6 },
        ]),
      ],
    };
    const { accepted, Ns, R, inFlight } = windowNumbers(lane, 0, 10e6);
    expect(accepted).toEqual({ N: 3, QPerSecond: 0.3, meanMs: (100 + 2_000 + 500) / 3 });
    expect([Ns, R, inFlight]).toEqual([1, 0.5, 1]);
    expect(windowNumbers(lane, 1.5e6, 3.2e6).accepted).toMatchObject({ N: 1, meanMs: 2_000 });
  });

  it('add up: adjoining windows have the counts of the whole', () => {
    const demand = fc.record({ atMicros: fc.integer({ min: 0, max: 1_000 }), workMicros: fc.integer({ min: 0, max: 300 }) });
    fc.assert(
      fc.property(fc.array(demand, { maxLength: 40, size: 'max' }), fc.integer({ min: 1, max: 1_499 }), (demands, cut) => {
        const reader = new WindowReader(stationLane(demands, { durationMicros: 1_500, waitingLimit: 3 }));
        const [whole, before, after] = [reader.at(0, 1_500), reader.at(0, cut), reader.at(cut, 1_500)];
        for (const count of ['N', 'Ns', 'decided'] as const) expect(before[count] + after[count]).toBe(whole[count]);
        expect(before.N - before.decided).toBe(before.inFlight);
        const sum = (before.T.meanMs ?? 0) * before.Ns + (after.T.meanMs ?? 0) * after.Ns;
        expect(sum).toBeCloseTo((whole.T.meanMs ?? 0) * whole.Ns, 9);
      }),
    );
  });
});

it('percentiles of any stretch agree with sorting', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 ** 45 })), { maxLength: 200, size: 'max' });
  fc.assert(
    fc.property(values, fc.nat(200), fc.nat(200), fc.constantFrom(0, 0.3, 0.5, 0.95, 1), (all, from, to, p) => {
      const index = atOnce(quantileIndexInSteps(Float64Array.from(all)));
      const stretch = all.slice(from, Math.min(to, all.length)).sort((one, other) => one - other);
      const expected = stretch[Math.max(1, Math.ceil(p * stretch.length)) - 1] ?? null;
      expect(index.at(from, Math.min(to, all.length), p)).toBe(expected);
    }),
  );
});
