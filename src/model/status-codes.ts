/** How a call can end, with the names and numbers of gRPC (grpc.io, "Status codes and their use in gRPC"). */
export const STATUS_CODES = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

/** How a call can fail. */
export type Status = Exclude<keyof typeof STATUS_CODES, 'OK'>;

export const STATUSES = Object.keys(STATUS_CODES).filter((name): name is Status => name !== 'OK');

export function isStatus(name: unknown): name is Status {
  return (STATUSES as readonly unknown[]).includes(name);
}
