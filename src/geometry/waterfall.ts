/** The spans of one trace as a waterfall: a row for each, children below their parents, as long as they lasted. */
import type { Span } from '../model/span';
import type { Micros } from '../model/time';

export interface WaterfallRow {
  readonly span: Span;
  /** How many spans it is inside of. */
  readonly depth: number;
  /** Where its bar begins and how long it is, as shares of the whole from 0 to 1. */
  readonly start: number;
  readonly length: number;
}

export interface Waterfall {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  readonly rows: readonly WaterfallRow[];
}

/**
 * @param spans those of one trace, in the order in which they began
 * @param endMicros of the run: until then lasts what has not ended
 */
export function waterfallOf(spans: readonly Span[], endMicros: Micros): Waterfall {
  const endOf = (span: Span): Micros => (span.endMicros < 0 ? endMicros : span.endMicros);
  const fromMicros = Math.min(endMicros, ...spans.map(({ startMicros }) => startMicros));
  const toMicros = Math.max(fromMicros, ...spans.map(endOf));
  const whole = Math.max(1, toMicros - fromMicros);
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const children = new Map<string | null, Span[]>();
  for (const span of spans) {
    // Whose parent was not kept stands by itself.
    const parent = span.parentId !== null && ids.has(span.parentId) ? span.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  const rows: WaterfallRow[] = [];
  const place = (parent: string | null, depth: number): void => {
    for (const span of children.get(parent) ?? []) {
      rows.push({ span, depth, start: (span.startMicros - fromMicros) / whole, length: (endOf(span) - span.startMicros) / whole });
      place(span.spanId, depth + 1);
    }
  };
  place(null, 0);
  return { fromMicros, toMicros, rows };
}
