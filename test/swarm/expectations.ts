/**
 * What must hold beyond the simulator's own invariants: these know what the file asks for. They read the trace with books of their own, one
 * record after the other, so that they share no mistake with what they check.
 */
import type { LaneResult } from '../../src/model/run-result';
import { Digest } from '../../src/sim/digest';
import { absorbRecords, absorbRequests } from '../../src/sim/trace-columns';
import { expectAttempts, expectBreakers, expectLimits } from './expect-policies';
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
  expectDigest(lane, broken);
  return [...found].map(([expectation, what]) => `${expectation}: ${what}`);
}

/** Two runs that differ in a single cell of any column have different digests. */
function expectDigest({ chunks: [chunk], requests: [rows] }: LaneResult, broken: Traced['broken']): void {
  const hex = (absorb: (digest: Digest) => void): string => {
    const digest = new Digest();
    absorb(digest);
    return Digest.toHex([digest], [1]);
  };
  if (chunk) {
    for (const name of ['time', 'value', 'request', 'subject', 'place', 'detail', 'kind'] as const) {
      const column = chunk[name];
      const before = hex((digest) => absorbRecords(digest, chunk, 0, 1));
      column[0] = column[0]! + 1;
      const after = hex((digest) => absorbRecords(digest, chunk, 0, 1));
      column[0]--;
      if (before === after) broken('the digest sees every column', name);
    }
  }
  if (rows) {
    for (const name of ['request', 'client', 'outcome', 'started', 'accepted', 'ended', 'held', 'tr', 'td', 'ts', 'tp'] as const) {
      const column = rows[name];
      const before = hex((digest) => absorbRequests(digest, rows, 0, 1));
      column[0] = column[0]! + 1;
      const after = hex((digest) => absorbRequests(digest, rows, 0, 1));
      column[0]--;
      if (before === after) broken('the digest sees every column', name);
    }
  }
}
