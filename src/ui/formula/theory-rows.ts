/** The rows of the theory table: what is predicted and what a run shows, in the same units. */
import type { RequestsSummary, ServiceSummary } from '../../model/summary';
import type { TheoryReport } from '../../theory/assess-scenario';
import { meanNumber } from '../../theory/little';
import type { Quantity } from './quantity';

export interface Measured {
  readonly service: ServiceSummary;
  readonly requests: RequestsSummary;
  /** How long the run was counted: its duration without the warm-up. */
  readonly windowSeconds: number;
}

export interface TheoryRow {
  readonly key: string;
  readonly predicted: number | undefined;
  readonly found: number | undefined;
  readonly quantity: Quantity;
}

export function theoryRows({ predictions }: TheoryReport, { service, requests, windowSeconds }: Measured): TheoryRow[] {
  const sojournSeconds = service.meanSojournMs === null ? undefined : service.meanSojournMs / 1_000;
  const rows: TheoryRow[] = [
    { key: 'meanWaitMs', predicted: predictions?.meanWaitMs, found: service.meanWaitMs ?? undefined, quantity: 'duration' },
    { key: 'meanSojournMs', predicted: predictions?.meanSojournMs, found: service.meanSojournMs ?? undefined, quantity: 'duration' },
    { key: 'meanWaiting', predicted: predictions?.meanWaiting, found: service.meanWaiting, quantity: 'count' },
    { key: 'meanInSystem', predicted: predictions?.meanInSystem, found: service.meanInSystem, quantity: 'count' },
    {
      key: 'little',
      predicted: predictions && meanNumber(predictions.throughputPerSecond, predictions.meanSojournMs / 1_000),
      found: sojournSeconds === undefined ? undefined : meanNumber(service.completions / windowSeconds, sojournSeconds),
      quantity: 'count',
    },
    { key: 'utilization', predicted: predictions?.utilization, found: service.utilization, quantity: 'share' },
    { key: 'reliability', predicted: predictions?.reliability, found: requests.R ?? undefined, quantity: 'share' },
  ];
  // Where the line never settles, those who are still there make λ × W something else than the number present.
  return predictions ? rows : rows.filter(({ key }) => key !== 'little');
}
