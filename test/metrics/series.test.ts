import { expect, it } from 'vitest';
import { requestSeries } from '../../src/metrics/series';
import { WindowReader } from '../../src/metrics/window';
import { stationLane } from './lane-builder';

const three = [0, 1, 2].map((second) => ({ atMicros: second * 1e6, workMicros: 2e6 }));

it('requestSeries is one window after another', () => {
  const reader = new WindowReader(stationLane(three, { durationMicros: 8e6 }));
  const series = requestSeries(reader, 0, 8e6, 4);
  expect([...series.QPerSecond]).toEqual([0.5, 0.5, 0.5, 0]);
  expect([...series.TMeanMs]).toEqual([2_000, 3_000, 4_000, NaN]);
  expect(series.TMeanMs.map((_, step) => series.TrMs[step]! + series.TdMs[step]! + series.TsMs[step]! + series.TpMs[step]!)).toEqual(
    series.TMeanMs,
  );
  expect([...series.inFlight]).toEqual([2, 1, 0, 0]);
  for (const percentile of [series.TP50Ms, series.TP95Ms, series.TP99Ms]) expect(percentile).toEqual(series.TMeanMs);
});
