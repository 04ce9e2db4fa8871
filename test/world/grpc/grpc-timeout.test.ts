/** `grpc-timeout`: the table of gRPC over HTTP/2, with the finest unit that fits in eight digits. */
import { describe, expect, it } from 'vitest';
import { grpcTimeout } from '../../../src/world/grpc/grpc-timeout';

describe('grpc-timeout', () => {
  it.each([
    [0, '0n'],
    [-5, '0n'],
    [1, '1000n'],
    [1_000, '1000000n'],
    [99_999, '99999000n'],
    [100_000, '100000u'],
    [1_000_000, '1000000u'],
    [99_999_999, '99999999u'],
    // Above, milliseconds: rounded up, as grpc-go does.
    [100_000_000, '100000m'],
    [100_000_001, '100001m'],
    [99_999_999_000, '99999999m'],
    [100_000_000_000, '100000S'],
    [99_999_999_000_000, '99999999S'],
    [100_000_000_000_000, '1666667M'],
    [366 * 86_400 * 1_000_000, '31622400S'],
  ])('of %i µs is %s', (micros, text) => {
    expect(grpcTimeout(micros)).toBe(text);
  });
});
