/** An alert of a scenario after reading: a condition over what a run measures, watched while it runs. All durations in µs. */
import type { Micros } from '../time';

/** What a condition can be over. The unit decides how its bound is written: a duration, a rate, or a number. */
export const ALERT_MEASURES = {
  /** Requests completed, per second. */
  Q: 'rate',
  /** The share of the requests decided that ended well. */
  R: 'number',
  'T.mean': 'duration',
  'T.p50': 'duration',
  'T.p95': 'duration',
  'T.p99': 'duration',
  /** Requests open at a client. */
  inFlight: 'number',
  /** Those who wait in the line of a service, or in a queue. */
  waiting: 'number',
  /** The share of a service's workers that are taken. */
  utilization: 'number',
} as const satisfies Record<string, AlertUnit>;
export type AlertMeasure = keyof typeof ALERT_MEASURES;
export type AlertUnit = 'duration' | 'rate' | 'number';

/** What a condition can be over of a metric of handlers: what was added a second, the last value, or those of the window. */
export const METRIC_MEASURES = ['rate', 'last', 'mean', 'p50', 'p95', 'p99'] as const;
export type MetricMeasure = (typeof METRIC_MEASURES)[number];

export interface Alert {
  readonly id: string;
  /** The component, or the service whose replicas all count; undefined: all clients. */
  readonly of: string | undefined;
  readonly what: { readonly measure: AlertMeasure } | { readonly metric: string; readonly measure: MetricMeasure };
  /** The condition holds above the one or below the other, in µs, per second, or as it is. Exactly one is there. */
  readonly above: number | undefined;
  readonly below: number | undefined;
  /** What is looked at: the latest so many µs. */
  readonly windowMicros: Micros;
  /** How long the condition has to hold before the alert fires. */
  readonly forMicros: Micros;
  /** How often it is looked at. */
  readonly everyMicros: Micros;
}
