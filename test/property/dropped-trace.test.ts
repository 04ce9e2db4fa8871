/** However much of the oldest trace had to make room: from the first record kept on, every picture is the one of the whole trace. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SceneReader } from '../../src/metrics/scene';
import { atOnce } from '../../src/metrics/steps';
import { placeStepsInSteps } from '../../src/metrics/place-steps';
import { inChunksOf, said, withoutOldest } from '../metrics/dropped-trace';
import { runFile } from '../world/run-file';
import { anyScenario } from './any-scenario';

it('the picture after what was dropped is the picture of the whole run', { timeout: 60_000 }, () => {
  let compared = 0;
  let opened = 0;
  fc.assert(
    fc.property(anyScenario, fc.integer({ min: 7, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true }), (file, records, share) => {
      const whole = inChunksOf(records, runFile(file, { maxEvents: 20_000 }));
      if (whole.chunks.length < 2) return;
      const part = withoutOldest(whole, 1 + Math.floor(share * (whole.chunks.length - 2)));
      const { micros } = part.keptFrom;
      const [wholeReader, partReader] = [new SceneReader(whole), new SceneReader(part)];
      for (let step = 0; step <= 12; step++) {
        const at = micros + Math.floor(((whole.endMicros - micros) * step * step) / 144);
        expect(said(partReader.at(at))).toBe(said(wholeReader.at(at)));
        compared++;
      }
      opened += part.keptFrom.record - part.chunks[0]!.first;
      const [wholeSteps, partSteps] = [atOnce(placeStepsInSteps(whole)), atOnce(placeStepsInSteps(part))];
      for (const [place, { kind }] of whole.places.entries()) {
        if (kind !== 'client' && kind !== 'service' && kind !== 'store' && kind !== 'queue') continue;
        for (const what of ['waiting', 'busy'] as const) {
          expect(partSteps[place]![what].area(micros, whole.endMicros)).toBe(wholeSteps[place]![what].area(micros, whole.endMicros));
        }
      }
    }),
    { numRuns: 200, seed: 20_260_731, verbose: 0 },
  );
  // The comparison is worth something only if there was something open to remember.
  expect(compared).toBeGreaterThan(1_000);
  expect(opened).toBeGreaterThan(2_000);
});
