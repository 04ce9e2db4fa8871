/** The spans of a run: a list with a limit, beside the records that say when each began and ended. */
import { LIMITS } from '../../model/limits';
import type { Span, SpanKind, SpanLink } from '../../model/span';
import { RecordKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import type { Kernel } from '../../sim/kernel';
import type { Recorder } from '../../sim/recorder';
import type { SpanKey, TraceIds } from './trace-ids';

/** What is known of a span when it begins. */
export interface SpanStart {
  readonly key: SpanKey;
  readonly parent: SpanKey | undefined;
  /** Spans it is linked to: of this run, or named by a header. */
  readonly links: readonly (SpanKey | SpanLink)[];
  readonly name: string;
  readonly kind: SpanKind;
  readonly place: number;
}

interface Recorded {
  readonly start: SpanStart;
  readonly startMicros: Micros;
  endMicros: Micros;
  error: string | null;
}

export class Spans {
  /** How many handlers have asked for with `ctx.span`. */
  startedByHandlers = 0;
  /** Spans that found the list full. */
  dropped = 0;
  private readonly list: Recorded[] = [];

  constructor(
    private readonly kernel: Kernel,
    private readonly recorder: Recorder,
    private readonly ids: TraceIds,
    /** The share of traces that is kept. */
    private readonly share: number,
  ) {}

  get recorded(): number {
    return this.list.length;
  }

  traceparent(key: SpanKey): string {
    return this.ids.traceparent(key, this.ids.isSampled(key.request, this.share));
  }

  /** The number of the span, to end it with; −1 when it is not kept. */
  start(start: SpanStart): number {
    const { request } = start.key;
    if (!this.ids.isSampled(request, this.share)) return -1;
    const index = this.list.length;
    if (index >= LIMITS.spans) {
      this.dropped++;
      return -1;
    }
    const { now } = this.kernel;
    this.list.push({ start, startMicros: now, endMicros: -1, error: null });
    this.recorder.record(now, RecordKind.spanStarted, start.place, request, index, 0, 0);
    return index;
  }

  /** Ends a span; once. @param error what went wrong, undefined when nothing did */
  end(index: number, error: string | undefined): void {
    const span = this.list[index];
    if (!span || span.endMicros >= 0) return;
    const { now } = this.kernel;
    span.endMicros = now;
    span.error = error?.slice(0, LIMITS.logLength) ?? null;
    const { place, key } = span.start;
    this.recorder.record(now, RecordKind.spanEnded, place, key.request, index, error === undefined ? 0 : 1, now - span.startMicros);
  }

  /** All of them with their ids, in the order in which they began. */
  finish(): Span[] {
    const { ids } = this;
    const linkTo = (link: SpanKey | SpanLink): SpanLink =>
      'traceId' in link ? link : { traceId: ids.traceId(link.request), spanId: ids.spanId(link) };
    return this.list.map(({ start, startMicros, endMicros, error }) => ({
      traceId: ids.traceId(start.key.request),
      spanId: ids.spanId(start.key),
      parentId: start.parent ? ids.spanId(start.parent) : null,
      links: start.links.map(linkTo),
      name: start.name,
      kind: start.kind,
      place: start.place,
      request: start.key.request,
      startMicros,
      endMicros,
      error,
    }));
  }
}
