/** A finished lane around a trace written by hand. */
import type { LaneResult } from '../../src/model/run-result';
import { SummaryFold } from '../../src/metrics/summary-fold';
import { STATION_PLACES, chunkOf, requestsOf, stationScenario, stationTrace, type Demand, type StationOptions } from './trace-builder';

export function stationLane(demands: readonly Demand[], options: StationOptions, chunkRecords = 1_000_000): LaneResult {
  const { rows, requests } = stationTrace(demands, options);
  const scenario = stationScenario(options);
  const chunks = [];
  for (let first = 0; first < rows.length; first += chunkRecords) chunks.push(chunkOf(rows.slice(first, first + chunkRecords), first));
  const requestChunks = [requestsOf(requests.slice(0, 3)), requestsOf(requests.slice(3), 3)];
  const fold = new SummaryFold(scenario, STATION_PLACES);
  for (const chunk of chunks) fold.add(chunk);
  for (const chunk of requestChunks) fold.addRequests(chunk);
  const endMicros = options.durationMicros;
  return {
    variant: null,
    summary: fold.finish({ endMicros, events: 0, digest: '', variant: null, seed: 1, violations: [] }),
    durationMicros: options.durationMicros,
    warmupMicros: scenario.warmupMicros,
    deadlineMicros: undefined,
    endMicros,
    places: STATION_PLACES,
    charts: [],
    chartOfPlace: [],
    workersOfPlace: [0, options.workers ?? 1, 0, 0],
    chunks,
    keptFrom: { micros: 0, record: 0, missing: new Int32Array(0), connections: [] },
    totalRecords: rows.length,
    requests: requestChunks,
    log: [],
    spans: [],
    instruments: [],
    handlerProblems: [],
    stopped: undefined,
  };
}
