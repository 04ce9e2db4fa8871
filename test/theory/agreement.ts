/** Does a long simulation agree with the formulas? Over seeds fixed beforehand, in an interval that is narrow enough to say something. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { meanInterval, type Interval } from '../../src/metrics/interval';
import { readScenario } from '../../src/model/read-scenario';
import type { RunSummary, ServiceSummary } from '../../src/model/summary';
import { theoryFor, type Predictions } from '../../src/theory/assess-scenario';
import { merge } from '../model/example-files';
import type { Simulations } from './simulations';

export const LEVEL = 0.999;

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

export function expectWithin(predicted: number, interval: Interval, what: string): void {
  const told = `${what}: ${interval.mean} ± ${interval.halfWidth}, predicted ${predicted}`;
  expect(predicted, told).toBeGreaterThanOrEqual(interval.low);
  expect(predicted, told).toBeLessThanOrEqual(interval.high);
}

export interface Widths {
  readonly inSystem: number;
  readonly wait: number;
}

/** The half widths allowed are shares of the mean. Prints what was measured. */
export async function expectAgreement(simulations: Simulations, seeds: number, file: unknown, widths: Widths): Promise<void> {
  const summaries = await simulations.over(seeds, file);
  const predictions = predictionsOf(file);
  const servers = summaries.map(serverOf);
  const measures = [
    ['mean in system', (server: ServiceSummary) => server.meanInSystem, predictions.meanInSystem, widths.inSystem],
    ['mean wait in ms', (server: ServiceSummary) => server.meanWaitMs ?? NaN, predictions.meanWaitMs, widths.wait],
    ['share refused', (server: ServiceSummary) => server.refused / server.arrivals, predictions.blocking, 0.01],
  ] as const;
  expect(summaries.flatMap(({ violations }) => violations)).toEqual([]);
  for (const [name, measure, predicted, width] of measures) {
    const interval = meanInterval(servers.map(measure), LEVEL);
    console.log(`${summaries[0]?.title}: ${name} ${interval.mean} ± ${interval.halfWidth}, predicted ${predicted}`);
    expectWithin(predicted, interval, name);
    expect(interval.halfWidth, `the interval of the ${name} says something`).toBeLessThanOrEqual(width * interval.mean);
  }
}
