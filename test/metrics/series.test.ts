import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestSeries, stationSeries } from '../../src/metrics/series';
import { WindowReader } from '../../src/metrics/window';
import { withoutOldest } from './dropped-trace';
import { stationLane } from './lane-builder';
import { CLIENT, SERVICE } from './trace-builder';

const three = [0, 1, 2].map((second) => ({ atMicros: second * 1e6, workMicros: 2e6 }));

describe('stationSeries', () => {
  it('has means and largest values of each step', () => {
    const series = stationSeries(stationLane(three, { durationMicros: 8e6 }), 4);
    // Waiting: from 1 to 2 s one, 2 to 4 s one (and two for no time), 4 s on none.
    expect([...series.waitingMean[SERVICE]!]).toEqual([0.5, 1, 0, 0]);
    expect([...series.waitingMax[SERVICE]!]).toEqual([1, 1, 0, 0]);
    expect([...series.utilization[SERVICE]!]).toEqual([1, 1, 1, 0]);
    expect([...series.busyMean[CLIENT]!]).toEqual([1.5, 2, 1, 0]);
    expect(series).toMatchObject({ fromMicros: 0, stepMicros: 2e6, steps: 4 });
  });

  it('averages to the numbers of the summary', () => {
    const demand = fc.record({ atMicros: fc.integer({ min: 0, max: 1_000 }), workMicros: fc.integer({ min: 0, max: 300 }) });
    fc.assert(
      fc.property(
        fc.array(demand, { maxLength: 40, size: 'max' }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 3 }),
        (demands, steps, workers) => {
          const lane = stationLane(demands, { durationMicros: 1_500, workers });
          const series = stationSeries(lane, steps);
          const server = lane.summary.components['server'];
          if (server?.kind !== 'service') throw new Error('no service');
          const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / steps;
          expect(mean(series.waitingMean[SERVICE]!)).toBeCloseTo(server.meanWaiting, 9);
          expect(mean(series.utilization[SERVICE]!)).toBeCloseTo(server.utilization, 9);
        },
      ),
    );
  });

  it('finds its state again when the oldest chunks are gone', () => {
    const many = Array.from({ length: 12 }, (_, second) => ({ atMicros: second * 1e6, workMicros: 2e6 }));
    const whole = stationSeries(stationLane(many, { durationMicros: 30e6 }), 30);
    const part = stationSeries(withoutOldest(stationLane(many, { durationMicros: 30e6 }, 20), 2), 30);
    expect(part.fromMicros).toBeGreaterThan(0);
    const at = (series: typeof part, micros: number): number[] => {
      const step = Math.floor((micros - series.fromMicros) / series.stepMicros);
      return [series.waitingMax[SERVICE]![step]!, series.utilization[SERVICE]![step]!];
    };
    for (const second of [12.5, 16.5, 20.5]) expect(at(part, second * 1e6)[1]).toBeCloseTo(at(whole, second * 1e6)[1]!, 9);
    expect(at(part, 16.5e6)[0]).toBe(at(whole, 16.5e6)[0]);
  });
});

it('requestSeries is one window after another', () => {
  const reader = new WindowReader(stationLane(three, { durationMicros: 8e6 }));
  const series = requestSeries(reader, 0, 8e6, 4);
  expect([...series.QPerSecond]).toEqual([0.5, 0.5, 0.5, 0]);
  expect([...series.TMeanMs]).toEqual([2_000, 3_000, 4_000, NaN]);
  expect(series.TMeanMs.map((_, step) => series.TrMs[step]! + series.TdMs[step]! + series.TsMs[step]! + series.TpMs[step]!)).toEqual(
    series.TMeanMs,
  );
  expect([...series.inFlight]).toEqual([2, 1, 0, 0]);
});
