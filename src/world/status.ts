/** How a call or a send can fail. */
import { STATUS_CODES, type Status } from '../model/status-codes';
import type { Micros } from '../model/time';
import { Outcome } from '../model/outcome';

export type { Status };

/**
 * Whether a reply says that its server is at fault, rather than its request or its load: what a balancer holds against a backend, as
 * Envoy's outlier detection counts 5xx answers.
 */
export function isServerFault(status: Status | undefined): boolean {
  return (
    status === 'UNAVAILABLE' || status === 'INTERNAL' || status === 'DEADLINE_EXCEEDED' || status === 'UNKNOWN' || status === 'DATA_LOSS'
  );
}

/** What a handler catches when a call or a send fails. */
export class CallFailed extends Error {
  override readonly name: string = 'CallFailed';
  /** The number of the status. */
  readonly code: number;

  constructor(
    readonly status: Status,
    message: string,
  ) {
    super(message);
    this.code = STATUS_CODES[status];
  }
}

/** What `ctx.fail` throws: the handler answers with this status, on purpose. */
export class Answered extends CallFailed {
  readonly #pushBackMicros: Micros | undefined;

  constructor(status: Status, message: string, pushBackMicros?: Micros) {
    super(status, message);
    this.#pushBackMicros = pushBackMicros;
  }

  static pushBackOf(error: Answered): Micros | undefined {
    return error.#pushBackMicros;
  }
}

/** How a request counts whose handler let this error through. */
export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof CallFailed)) return Outcome.error;
  if (error.status === 'RESOURCE_EXHAUSTED') return Outcome.refused;
  if (error.status === 'UNAVAILABLE') return Outcome.unavailable;
  if (error.status === 'UNAUTHENTICATED') return Outcome.unauthenticated;
  if (error.status === 'PERMISSION_DENIED') return Outcome.denied;
  return error.status === 'DEADLINE_EXCEEDED' ? Outcome.timeout : Outcome.error;
}
