/**
 * The header that carries a trace from one component to the next: W3C Trace Context (Recommendation, 23 November 2021), §3.2,
 * `version-traceid-parentid-flags`. Not modelled: `tracestate`, and the flag for random ids of level 2.
 */

export interface TraceContext {
  /** 32 hexadecimal digits, not all of them 0. */
  readonly traceId: string;
  /** 16 hexadecimal digits, not all of them 0: the span that sent the header. */
  readonly spanId: string;
  /** Whoever sent it may have recorded the trace. */
  readonly sampled: boolean;
}

const SHAPE = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 1;

export function formatTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}

/**
 * What a header says; undefined when it must be ignored: capital letters, ids of zeros only, the version `ff`, or more parts than
 * version 00 has. Of a later version the parts known here are read (§3.2.4, "Versioning of traceparent").
 */
export function parseTraceparent(header: string): TraceContext | undefined {
  const [, version, traceId = '', spanId = '', flags = '', rest] = SHAPE.exec(header) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (parseInt(flags, 16) & SAMPLED) !== 0 };
}
