/** The queueing scenarios that the site ships beside the formulas, over seeds fixed beforehand. */
import { readFileSync } from 'node:fs';
import { meanInterval, type Interval } from '../../src/metrics/interval';
import { readScenario } from '../../src/model/read-scenario';
import type { RunSummary, ServiceSummary } from '../../src/model/summary';
import { theoryFor, type Predictions } from '../../src/theory/assess-scenario';
import { merge } from '../model/example-files';

export const LEVEL = 0.999;

/** The half widths allowed, as shares of the mean. */
export interface Widths {
  readonly inSystem: number;
  readonly wait: number;
}

export interface Agreement {
  readonly what: string;
  readonly interval: Interval;
  readonly predicted: number;
  readonly isInside: boolean;
  /** The interval is narrow enough to say something. */
  readonly isNarrow: boolean;
}

/** A scenario that the site ships, with another duration. */
export function shipped(name: string, duration: string): unknown {
  return merge(JSON.parse(readFileSync(`public/scenarios/${name}.json`, 'utf8')), { duration });
}

export function serverOf(summary: RunSummary): ServiceSummary {
  const server = summary.components['server'] ?? summary.components['greeter'];
  if (server?.kind !== 'service') throw new Error('no service');
  return server;
}

function predictionsOf(file: unknown): Predictions {
  const read = readScenario(file, null);
  const predictions = read.ok ? theoryFor(read.value)[0]?.predictions : undefined;
  if (!predictions) throw new Error('the formulas say nothing about this scenario');
  return predictions;
}

/** Mean number present, mean wait and share refused, each with its interval of 99.9 %. */
export function agreements(summaries: readonly RunSummary[], file: unknown, widths: Widths): Agreement[] {
  const predictions = predictionsOf(file);
  const servers = summaries.map(serverOf);
  const measures = [
    ['mean in system', (server: ServiceSummary) => server.meanInSystem, predictions.meanInSystem, widths.inSystem],
    ['mean wait in ms', (server: ServiceSummary) => server.meanWaitMs ?? NaN, predictions.meanWaitMs, widths.wait],
    ['share refused', (server: ServiceSummary) => server.refused / server.arrivals, predictions.blocking, 0.01],
  ] as const;
  return measures.map(([what, measure, predicted, width]) => {
    const interval = meanInterval(servers.map(measure), LEVEL);
    const isInside = predicted >= interval.low && predicted <= interval.high;
    return { what, interval, predicted, isInside, isNarrow: interval.halfWidth <= width * interval.mean };
  });
}
