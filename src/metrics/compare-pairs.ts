/**
 * The same client request in two lanes. Lanes of one seed see the same arrivals, and chance is keyed by the number of a request: so the
 * n-th request of a client in one lane and the n-th of the same client in the other are one and the same request, as long as they start at
 * the same instant under the same number. Where they do not (users who wait for their answers, a client that was changed), they are still
 * paired by their turn, and `sameTraffic` says so.
 */
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { Outcome } from '../model/outcome';
import { GrowingColumn } from './growing-column';
import { rowTable, type RowTable } from './row-table';
import { orderedInSteps, rowNumbers } from './sorting';
import { rowsInSteps } from './steps';

export interface RequestPairs {
  readonly a: RowTable;
  readonly b: RowTable;
  readonly count: number;
  /** Rows of each pair, in the order in which the requests started in A. */
  readonly rowA: Uint32Array;
  readonly rowB: Uint32Array;
  /** Which request of its client it is, counted from 1. */
  readonly turn: Uint32Array;
  /** 1: the same instant and the same number, so the same demands too. */
  readonly sameTraffic: Uint8Array;
  /** How many pairs have the same traffic. */
  readonly same: number;
  /** Requests of each lane to which the other has no counterpart. */
  readonly aloneA: number;
  readonly aloneB: number;
}

/** One request in both lanes. Differences are B minus A. */
export interface RequestPair {
  readonly pair: number;
  readonly client: string;
  readonly turn: number;
  readonly sameTraffic: boolean;
  readonly a: RequestSide;
  readonly b: RequestSide;
  readonly differenceMicros: Micros;
}

export interface RequestSide {
  readonly request: number;
  readonly outcome: Outcome;
  readonly startedMicros: Micros;
  /** Until it was decided; until the end of the run for one that never was. */
  readonly TMicros: Micros;
  readonly tr: Micros;
  readonly td: Micros;
  readonly ts: Micros;
  readonly tp: Micros;
}

/** Pairs the requests of two lanes of one run, with rests. Clients are known by their names: variants may have other components. */
export function* pairRequestsInSteps(laneA: LaneResult, laneB: LaneResult): Generator<undefined, RequestPairs> {
  const [a, b] = [rowTable(laneA), rowTable(laneB)];
  yield;
  const byClientA = yield* rowsByClient(laneA, a);
  const byClientB = yield* rowsByClient(laneB, b);
  const found = { rowA: new GrowingColumn(), rowB: new GrowingColumn(), turn: new GrowingColumn() };
  for (const [client, rowsA] of byClientA) {
    const rowsB = byClientB.get(client) ?? new Uint32Array(0);
    yield* rowsInSteps(Math.min(rowsA.length, rowsB.length), (from, to) => {
      for (let turn = from; turn < to; turn++) {
        found.rowA.push(rowsA[turn]!);
        found.rowB.push(rowsB[turn]!);
        found.turn.push(turn + 1);
      }
    });
  }
  const [rowsA, rowsB, turns] = [found.rowA.filled, found.rowB.filled, found.turn.filled];
  const order = yield* orderedInSteps(rowNumbers(rowsA.length), (one, other) => a.request[rowsA[one]!]! - a.request[rowsA[other]!]!);
  const rowA = order.map((pair) => rowsA[pair]!);
  const rowB = order.map((pair) => rowsB[pair]!);
  yield;
  const sameTraffic = new Uint8Array(order.length);
  yield* rowsInSteps(order.length, (from, to) => {
    for (let pair = from; pair < to; pair++) {
      const [inA, inB] = [rowA[pair]!, rowB[pair]!];
      sameTraffic[pair] = a.started[inA] === b.started[inB] && a.request[inA] === b.request[inB] ? 1 : 0;
    }
  });
  const count = order.length;
  return {
    a,
    b,
    count,
    rowA,
    rowB,
    turn: order.map((pair) => turns[pair]!),
    sameTraffic,
    same: sameTraffic.reduce((sum, same) => sum + same, 0),
    aloneA: a.count - count,
    aloneB: b.count - count,
  };
}

/** The rows of each client, in the order in which its requests started: numbers grow with every start. */
function* rowsByClient({ places }: LaneResult, rows: RowTable): Generator<undefined, Map<string, Uint32Array>> {
  const lists = new Map<string, number[]>();
  yield* rowsInSteps(rows.count, (from, to) => {
    for (let row = from; row < to; row++) {
      const client = nameOf(places, rows.client[row]!);
      const list = lists.get(client);
      if (list) list.push(row);
      else lists.set(client, [row]);
    }
  });
  const byClient = new Map<string, Uint32Array>();
  for (const [client, list] of lists) {
    const sorted = yield* orderedInSteps(Uint32Array.from(list), (one, other) => rows.request[one]! - rows.request[other]!);
    byClient.set(client, sorted);
  }
  return byClient;
}

function nameOf(places: LaneResult['places'], at: number): string {
  const place = places[at];
  return place && 'id' in place ? place.id : '';
}

export function pairAt(pairs: RequestPairs, laneA: LaneResult, pair: number): RequestPair {
  const [a, b] = [sideOf(pairs.a, pairs.rowA[pair]!), sideOf(pairs.b, pairs.rowB[pair]!)];
  return {
    pair,
    client: nameOf(laneA.places, pairs.a.client[pairs.rowA[pair]!]!),
    turn: pairs.turn[pair]!,
    sameTraffic: pairs.sameTraffic[pair] === 1,
    a,
    b,
    differenceMicros: b.TMicros - a.TMicros,
  };
}

function sideOf(rows: RowTable, row: number): RequestSide {
  return {
    request: rows.request[row]!,
    outcome: rows.outcome[row]! as Outcome,
    startedMicros: rows.started[row]!,
    TMicros: rows.ended[row]! - rows.started[row]!,
    tr: rows.tr[row]!,
    td: rows.td[row]!,
    ts: rows.ts[row]!,
    tp: rows.tp[row]!,
  };
}

/** The pairs that start after the warm-up in both lanes and are decided in both at an instant: what can be compared then. */
export function decidedPairs(pairs: RequestPairs, warmupMicros: Micros, untilMicros: Micros): Uint32Array {
  const decided = (rows: RowTable, row: number): boolean =>
    rows.started[row]! >= warmupMicros && rows.outcome[row] !== Outcome.inFlight && rows.ended[row]! <= untilMicros;
  return rowNumbers(pairs.count).filter((pair) => decided(pairs.a, pairs.rowA[pair]!) && decided(pairs.b, pairs.rowB[pair]!));
}
