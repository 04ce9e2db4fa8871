/** How a call or a send can fail, by the names of the gRPC status codes (grpc.io, "Status codes and their use in gRPC"). */
import { Outcome } from '../model/trace';

export type Status = 'RESOURCE_EXHAUSTED' | 'DEADLINE_EXCEEDED' | 'UNAVAILABLE' | 'INTERNAL' | 'INVALID_ARGUMENT';

/**
 * Whether a reply says that its server is at fault, rather than its request or its load: what a balancer holds against a backend, as
 * Envoy's outlier detection counts 5xx answers.
 */
export function isServerFault(status: Status | undefined): boolean {
  return status === 'UNAVAILABLE' || status === 'INTERNAL' || status === 'DEADLINE_EXCEEDED';
}

/** What a handler catches when a call or a send fails. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';

  constructor(
    readonly status: Status,
    message: string,
  ) {
    super(message);
  }
}

/** How a request counts whose handler let this error through. */
export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof CallFailed)) return Outcome.error;
  if (error.status === 'RESOURCE_EXHAUSTED') return Outcome.refused;
  return error.status === 'DEADLINE_EXCEEDED' ? Outcome.timeout : Outcome.error;
}
