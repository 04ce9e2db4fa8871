/** Runs scenario files in this process, through the one door that the sandbox and the command line use, and reads what they leave. */
import type { Probes } from '../../src/handlers/probes';
import type { LaneResult } from '../../src/model/run-result';
import { OUTCOME_NAMES } from '../../src/model/outcome';
import type { RecordKind } from '../../src/model/trace';
import { evaluate } from '../../src/sandbox/evaluate';
import type { Engine } from '../../src/world/driver';
import { prepareRun, startRun } from '../../src/world/run';

export interface RunSettings {
  readonly variant?: string | null;
  readonly seed?: number;
  readonly engine?: Engine;
  readonly keepTrace?: boolean;
  readonly probes?: Probes;
  readonly maxEvents?: number;
  readonly traceBytes?: number;
}

/** Throws when the scenario or its code is wrong: files of tests are right. */
export function runFile(file: unknown, { variant = null, seed, probes, keepTrace = true, ...options }: RunSettings = {}): LaneResult {
  const prepared = prepareRun(file, { variant, evaluate, ...(seed !== undefined && { seed }), ...(probes && { probes }) });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const run = startRun(prepared.value, { evaluate, keepTrace, ...options });
  while (run.advance(1_000_000));
  return run.finish();
}

/** A request's row, its times in milliseconds. */
export interface Row {
  readonly request: number;
  readonly outcome: (typeof OUTCOME_NAMES)[number];
  readonly startedMs: number;
  /** −1 when the sender was never set free. */
  readonly acceptedMs: number;
  readonly endedMs: number;
  readonly heldMs: number;
  readonly tr: number;
  readonly td: number;
  readonly ts: number;
  readonly tp: number;
}

/** In the order in which the requests started. */
export function rowsOf(lane: LaneResult): Row[] {
  const rows = lane.requests.flatMap((chunk) =>
    Array.from({ length: chunk.count }, (_, at): Row => {
      const ms = (column: Float64Array): number => column[at]! / 1_000;
      return {
        request: chunk.request[at]!,
        outcome: OUTCOME_NAMES[chunk.outcome[at]!] ?? 'inFlight',
        startedMs: ms(chunk.started),
        acceptedMs: chunk.accepted[at]! < 0 ? -1 : ms(chunk.accepted),
        endedMs: ms(chunk.ended),
        heldMs: ms(chunk.held),
        tr: ms(chunk.tr),
        td: ms(chunk.td),
        ts: ms(chunk.ts),
        tp: ms(chunk.tp),
      };
    }),
  );
  return rows.sort((one, other) => one.request - other.request);
}

export interface TraceRecord {
  readonly timeMicros: number;
  readonly request: number;
  readonly subject: number;
  readonly detail: number;
  readonly value: number;
}

/** The records of one kind, in order; at one component only, if its name is given. */
export function recordsOf(lane: LaneResult, kind: RecordKind, component?: string): TraceRecord[] {
  const place = lane.places.findIndex((candidate) => candidate.kind !== 'link' && candidate.id === component);
  return lane.chunks.flatMap((chunk) =>
    Array.from({ length: chunk.count }, (_, at) => at)
      .filter((at) => chunk.kind[at] === kind && (component === undefined || chunk.place[at] === place))
      .map((at) => ({
        timeMicros: chunk.time[at]!,
        request: chunk.request[at]!,
        subject: chunk.subject[at]!,
        detail: chunk.detail[at]!,
        value: chunk.value[at]!,
      })),
  );
}

export function logOf(lane: LaneResult): string[] {
  return lane.log.map(({ text }) => text);
}
