/** What a trace in the sense of OpenTelemetry consists of: spans. (The simulator's own record of a run is the trace of `trace.ts`.) */
import type { Micros } from './time';

/** The kinds of OpenTelemetry's trace API, "SpanKind". */
export const SPAN_KINDS = ['internal', 'server', 'client', 'producer', 'consumer'] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  /** The span in which it was started; null for the first of a trace. */
  readonly parentId: string | null;
  /** Spans that it has to do with otherwise: a consumer's with the one that produced its message. */
  readonly links: readonly SpanLink[];
  readonly name: string;
  readonly kind: SpanKind;
  /** Index of the component's place. */
  readonly place: number;
  /** Id of the client's request. */
  readonly request: number;
  readonly startMicros: Micros;
  /** −1 when it has not ended. */
  readonly endMicros: Micros;
  /** What went wrong; null when nothing did. */
  readonly error: string | null;
}

/** How much of the traces of a run is kept: `sample` of all traces, from 0 to 1. */
export interface Tracing {
  readonly sample: number;
}
