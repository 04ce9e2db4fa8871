/** The value of the header `grpc-timeout`: at most eight digits and a unit (gRPC over HTTP/2, "Requests": `Timeout`). */
import type { Micros } from '../../model/time';

/** Nanoseconds in each unit, the finest first: the first that needs no more than eight digits is taken, as grpc-go and grpc-java do. */
const UNITS: readonly (readonly [unit: string, nanos: number])[] = [
  ['n', 1],
  ['u', 1e3],
  ['m', 1e6],
  ['S', 1e9],
  ['M', 60e9],
  ['H', 3600e9],
];
const MOST = 99_999_999;

/** @param micros what is left of the deadline; nothing, or less, is written as `0n`. Parts of a unit are rounded up, as grpc-go does. */
export function grpcTimeout(micros: Micros): string {
  const nanos = Math.max(0, micros) * 1_000;
  for (const [unit, size] of UNITS) {
    const count = Math.ceil(nanos / size);
    if (count <= MOST) return `${count}${unit}`;
  }
  return `${MOST}H`;
}
