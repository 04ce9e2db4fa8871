/**
 * Ids of traces and spans. They say which request, and which message or other thing, a span is about, enciphered with keys that come from
 * the seed: the same run has the same ids, no two spans share one, and nothing is stored before somebody asks.
 */
import { formatTraceparent } from '../../model/traceparent';
import { hashName } from '../../sim/name-hash';
import { threefry2x32 } from '../../sim/threefry';

/** What a span is about. A span is told from all others of its run by `subject` and `role`; `request` names its trace. */
export interface SpanKey {
  readonly request: number;
  readonly subject: number;
  readonly role: number;
}

const ROLE_BITS = 3;
export const SpanRole = {
  /** Subject: how many spans handlers had started before. */
  own: 0,
  /** Subject: the client's request. */
  request: 1,
  /** Subject: the message, as whoever sent it. */
  sent: 2,
  /** Subject: the message, as a service that handles it; see `handlingRole`. */
  handled: 3,
} as const;

/** As many as a record of the trace has for a place. */
const PLACE_BITS = 16;

/** The role of one delivery of a message, or of its only one (0), at a component: told apart up to 8,192 deliveries. */
export function handlingRole(place: number, delivery: number): number {
  return SpanRole.handled + (place << ROLE_BITS) + (delivery << (ROLE_BITS + PLACE_BITS));
}

export class TraceIds {
  private readonly keys: readonly [number, number][];
  private readonly out = new Int32Array(2);

  constructor(seed: number) {
    this.keys = ['trace/high', 'trace/low', 'trace/span'].map((name) => [hashName(seed, name, 0), hashName(seed, name, 1)]);
  }

  traceId(request: number): string {
    return this.encipher(0, request, 0) + this.encipher(1, request, 0);
  }

  spanId({ subject, role }: SpanKey): string {
    return this.encipher(2, subject, role);
  }

  traceparent(key: SpanKey, sampled: boolean): string {
    return formatTraceparent({ traceId: this.traceId(key.request), spanId: this.spanId(key), sampled });
  }

  /**
   * Whether a trace is among the share that is kept: the last 56 bits of its id decide, as in OpenTelemetry's consistent probability
   * sampling, so that all who see the id decide alike.
   */
  isSampled(request: number, share: number): boolean {
    if (share >= 1) return true;
    const low = this.encipher(1, request, 0);
    return share > 0 && parseInt(low.slice(2), 16) / 2 ** 56 >= 1 - share;
  }

  /** 16 digits. The cipher is one to one, and so is walking on from the one block that would give the forbidden 0. */
  private encipher(key: number, first: number, second: number): string {
    const [key0, key1] = this.keys[key]!;
    const { out } = this;
    threefry2x32(key0, key1, first, second, out);
    if (out[0] === 0 && out[1] === 0) threefry2x32(key0, key1, 0, 0, out);
    return hex(out[0]!) + hex(out[1]!);
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
