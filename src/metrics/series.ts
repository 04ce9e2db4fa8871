/** The formulas over time in a fixed number of equal steps, for charts: what a step shows is that of its own window, never a sample. */
import type { Micros } from '../model/time';
import type { WindowReader } from './window';

export interface RequestSeries {
  readonly fromMicros: Micros;
  readonly stepMicros: Micros;
  readonly steps: number;
  readonly startedPerSecond: Float64Array;
  readonly acceptedPerSecond: Float64Array;
  readonly QPerSecond: Float64Array;
  /** These and the parts of T are NaN where no request ended well. */
  readonly TMeanMs: Float64Array;
  readonly TP50Ms: Float64Array;
  readonly TP95Ms: Float64Array;
  readonly TP99Ms: Float64Array;
  readonly TrMs: Float64Array;
  readonly TdMs: Float64Array;
  readonly TsMs: Float64Array;
  readonly TpMs: Float64Array;
  /** Ns over decided; NaN where none was decided. */
  readonly R: Float64Array;
  readonly inFlight: Float64Array;
}

/** Each step is a window of its own, later than its beginning and up to its end. */
export function requestSeries(reader: WindowReader, fromMicros: Micros, toMicros: Micros, steps: number): RequestSeries {
  const stepMicros = (toMicros - fromMicros) / steps;
  const windows = Array.from({ length: steps }, (_, step) =>
    reader.at(fromMicros + step * stepMicros, fromMicros + (step + 1) * stepMicros),
  );
  const column = (pick: (window: (typeof windows)[number]) => number | null): Float64Array =>
    Float64Array.from(windows, (window) => pick(window) ?? NaN);
  return {
    fromMicros,
    stepMicros,
    steps,
    startedPerSecond: column((window) => (window.N * 1e6) / stepMicros),
    acceptedPerSecond: column((window) => window.accepted.QPerSecond),
    QPerSecond: column((window) => window.QPerSecond),
    TMeanMs: column((window) => window.T.meanMs),
    TP50Ms: column((window) => window.T.p50Ms),
    TP95Ms: column((window) => window.T.p95Ms),
    TP99Ms: column((window) => window.T.p99Ms),
    TrMs: column((window) => window.T.TrMs),
    TdMs: column((window) => window.T.TdMs),
    TsMs: column((window) => window.T.TsMs),
    TpMs: column((window) => window.T.TpMs),
    R: column((window) => window.R),
    inFlight: column((window) => window.inFlight),
  };
}
