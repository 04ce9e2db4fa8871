/**
 * What must hold beyond the simulator's own invariants: these know what the file asks for. They read the trace with books of their own, one
 * record after the other, so that they share no mistake with what they check.
 */
import type { LaneResult } from '../../src/model/run-result';
import type { RequestChunk, TraceChunk } from '../../src/model/trace';
import { Digest, DOUBLES } from '../../src/sim/digest';
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
  for (const name of RECORD_COLUMNS) if (chunk) check(name, chunk[name], (digest) => absorbRecord(digest, chunk));
  for (const name of ROW_COLUMNS) if (rows) check(name, rows[name], (digest) => absorbRow(digest, rows));
}

/** The first record of a chunk. */
function absorbRecord(digest: Digest, { time, kind, place, request, subject, detail, value }: TraceChunk): void {
  DOUBLES.set([time[0]!, value[0]!]);
  digest.absorbRecord(kind[0]!, place[0]!, request[0]!, subject[0]!, detail[0]!);
}

/** The first row of a chunk. */
function absorbRow(digest: Digest, { request, client, outcome, started, accepted, ended, held, tr, td, ts, tp }: RequestChunk): void {
  DOUBLES.set([started[0]!, accepted[0]!, ended[0]!, held[0]!, tr[0]!, td[0]!, ts[0]!, tp[0]!]);
  digest.absorbRequest(request[0]!, client[0]!, outcome[0]!);
}

type Cells = Float64Array | Int32Array | Uint16Array | Uint8Array;
const RECORD_COLUMNS = ['time', 'value', 'request', 'subject', 'place', 'detail', 'kind'] as const;
const ROW_COLUMNS = ['request', 'client', 'outcome', 'started', 'accepted', 'ended', 'held', 'tr', 'td', 'ts', 'tp'] as const;
