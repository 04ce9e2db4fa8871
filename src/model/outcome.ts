/** How a client's request ended, as rows and records number it. */
export const Outcome = {
  ok: 0,
  error: 1,
  lost: 2,
  refused: 3,
  timeout: 4,
  deadline: 5,
  inFlight: 6,
  unavailable: 7,
  unauthenticated: 8,
  denied: 9,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];
/** What summaries and the event log call them; those in capitals are gRPC's statuses. */
export const OUTCOME_NAMES = [
  'ok',
  'error',
  'lost',
  'RESOURCE_EXHAUSTED',
  'timeout',
  'deadline',
  'inFlight',
  'UNAVAILABLE',
  'UNAUTHENTICATED',
  'PERMISSION_DENIED',
] as const;
