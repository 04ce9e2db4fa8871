/** What one run hands to whoever asked for it: plain data that crosses threads. */
import type { Instrument } from './instrument';
import type { CodeProblem, Problem } from './problem';
import type { Span } from './span';
import type { RunSummary } from './summary';
import type { Micros } from './time';
import type { Chart } from './chart';
import type { LogLine, Place, RequestChunk, TraceChunk, TraceStart } from './trace';

/** One variant of a scenario, run once. */
export interface LaneResult {
  readonly variant: string | null;
  readonly summary: RunSummary;
  readonly durationMicros: Micros;
  readonly warmupMicros: Micros;
  readonly deadlineMicros: Micros | undefined;
  /** Virtual time at which the run ended: the duration, or earlier when `stopped` says why. */
  readonly endMicros: Micros;
  readonly places: readonly Place[];
  /** The chart of each place, as an index in `charts`. */
  readonly charts: readonly Chart[];
  readonly chartOfPlace: readonly number[];
  /** Worker slots of each place; 0 for what has none. */
  readonly workersOfPlace: readonly number[];
  /**
   * The trace kept, oldest first, without gaps. A long run drops its oldest chunks: what was still open of them then comes first, as a
   * prologue with the indices right before `keptFrom.record`.
   */
  readonly chunks: readonly TraceChunk[];
  readonly keptFrom: TraceStart;
  readonly totalRecords: number;
  readonly requests: readonly RequestChunk[];
  readonly log: readonly LogLine[];
  /** In the order in which they began. */
  readonly spans: readonly Span[];
  /** What the `measured` records are about. */
  readonly instruments: readonly Instrument[];
  /** Handlers that threw, the first thousand. */
  readonly handlerProblems: readonly CodeProblem[];
  /** Why the run ended before its duration: a limit met, an endless loop. */
  readonly stopped: Problem | undefined;
}
