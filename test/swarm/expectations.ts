/**
 * What must hold beyond the simulator's own invariants: these know what the file asks for. They read the trace with books of their own, one
 * record after the other, so that they share no mistake with what they check.
 */
import type { LaneResult } from '../../src/model/run-result';
import { Digest } from '../../src/sim/digest';
import { absorbRecords, absorbRequests } from '../../src/sim/trace-columns';
import { expectAttempts, expectBreakers, expectLimits, expectTimeouts } from './expect-policies';
import { expectQueues } from './expect-queues';
import { expectArrivals, expectEndings } from './expect-requests';
import { expectLinks, expectServices } from './expect-stations';
import type { SwarmFile } from './random-scenario';
import { entriesOf, type Traced } from './trace-of';

/** The first of each kind is enough to find what is wrong. */
export function brokenExpectations(file: SwarmFile, attempts: number, lane: LaneResult): string[] {
  const found = new Map<string, string>();
  const broken = (expectation: string, what: string): void => {
    if (!found.has(expectation)) found.set(expectation, what);
  };
  const traced: Traced = {
    file,
    lane,
    entries: entriesOf(lane),
    isWhole: lane.stopped === undefined && lane.summary.violations.length === 0,
    broken,
  };
  expectQueues(traced);
  expectServices(traced);
  expectLinks(traced);
  expectArrivals(traced);
  expectEndings(traced);
  expectAttempts(traced, attempts);
  expectBreakers(traced);
  expectLimits(traced);
  expectTimeouts(traced);
  expectDigest(lane, broken);
  return [...found].map(([expectation, what]) => `${expectation}: ${what}`);
}

/** Two runs that differ in a single word of a single cell have different digests. */
function expectDigest({ chunks: [chunk], requests: [rows] }: LaneResult, broken: Traced['broken']): void {
  const differs = (column: Cells, change: number, absorb: (digest: Digest) => void): boolean => {
    const hex = (value: number): string => {
      const digest = new Digest();
      column[0] = value;
      absorb(digest);
      return Digest.toHex([digest], [1]);
    };
    const before = column[0]!;
    const isSeen = hex(0) !== hex(change);
    column[0] = before;
    return isSeen;
  };
  const check = (name: string, column: Cells, absorb: (digest: Digest) => void): void => {
    // Of a double, 1 has nothing but a high word, the least number nothing but a low one.
    const isSeen = differs(column, 1, absorb) && (!(column instanceof Float64Array) || differs(column, Number.MIN_VALUE, absorb));
    if (!isSeen) broken('the digest sees every column', name);
  };
  for (const name of RECORD_COLUMNS) if (chunk) check(name, chunk[name], (digest) => absorbRecords(digest, chunk, 0, 1));
  for (const name of ROW_COLUMNS) if (rows) check(name, rows[name], (digest) => absorbRequests(digest, rows, 0, 1));
}

type Cells = Float64Array | Int32Array | Uint16Array | Uint8Array;
const RECORD_COLUMNS = ['time', 'value', 'request', 'subject', 'place', 'detail', 'kind'] as const;
const ROW_COLUMNS = ['request', 'client', 'outcome', 'started', 'accepted', 'ended', 'held', 'tr', 'td', 'ts', 'tp'] as const;
