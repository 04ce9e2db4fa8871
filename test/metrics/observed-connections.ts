/** Connections of a run as their ends know them, for the tests of what its records say of them. */
import fc from 'fast-check';
import { expect, vi } from 'vitest';
import { SceneReader } from '../../src/metrics/scene';
import type { LaneResult } from '../../src/model/run-result';
import { evaluate } from '../../src/sandbox/evaluate';
import { prepareRun, startRun } from '../../src/world/run';
import { TcpConnection } from '../../src/world/transport/tcp-connection';
import { runFile } from '../world/run-file';
import { inChunksOf, said, withoutOldest } from './dropped-trace';

/** Runs a scenario event by event; for each instant what `describe` says of each living connection of a protocol. */
export function observed<Known>(
  file: unknown,
  protocol: abstract new (...given: never[]) => unknown,
  describe: (tcp: TcpConnection) => Known,
): { readonly lane: LaneResult; readonly known: ReadonlyMap<number, readonly Known[]> } {
  const opened = vi.spyOn(TcpConnection.prototype, 'open');
  try {
    const prepared = prepareRun(file, { variant: null, evaluate });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    const run = startRun(prepared.value, { evaluate, keepTrace: true });
    const known = new Map<number, readonly Known[]>();
    while (run.advance(1)) {
      const open = (opened.mock.contexts as TcpConnection[]).filter((tcp) => tcp['layer'] instanceof protocol && !tcp.client.isClosed);
      known.set(run.nowMicros, open.map(describe));
    }
    return { lane: run.finish(), known };
  } finally {
    opened.mockRestore();
  }
}

/** What was dropped of a trace must be known where the kept part begins. */
export function expectKnownWhereKept(scenario: fc.Arbitrary<unknown>, numRuns: number): void {
  let kept = 0;
  fc.assert(
    fc.property(scenario, fc.integer({ min: 50, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }), (file, records, share) => {
      const whole = inChunksOf(records, runFile(file));
      const part = withoutOldest(whole, Math.ceil(share * (whole.chunks.length - 1)));
      kept += part.keptFrom.connections.length;
      const [wholeReader, partReader] = [new SceneReader(whole), new SceneReader(part)];
      for (let step = 0; step <= 8; step++) {
        const at = part.keptFrom.micros + Math.floor(((whole.endMicros - part.keptFrom.micros) * step) / 8);
        expect(said(partReader.at(at))).toBe(said(wholeReader.at(at)));
      }
    }),
    { numRuns, seed: 20_261_123 },
  );
  expect(kept).toBeGreaterThan(5);
}
