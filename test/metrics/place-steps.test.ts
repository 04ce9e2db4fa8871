import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeStepsInSteps } from '../../src/metrics/place-steps';
import { atOnce } from '../../src/metrics/steps';
import { StepBuilder } from '../../src/metrics/step-function';
import { stationLane } from './lane-builder';
import { SERVICE } from './trace-builder';

const three = [0, 1, 2].map((second) => ({ atMicros: second * 1e6, workMicros: 2e6 }));

describe('a step function', () => {
  it('has its values and its integral', () => {
    const { waiting } = atOnce(placeStepsInSteps(stationLane(three, { durationMicros: 8e6 })))[SERVICE]!;
    // One waits from 1 s to 4 s: who came at 2 s takes the place in line of who came at 1 s.
    expect([0, 1, 2, 3.9, 4, 9].map((second) => waiting.valueAt(second * 1e6))).toEqual([0, 1, 1, 1, 0, 0]);
    expect(waiting.mean(0, 8e6)).toBe(3 / 8);
    expect(waiting.area(1.5e6, 3e6)).toBe(1.5e6);
    expect(waiting.mean(2e6, 2e6)).toBe(1);
  });

  it('integrates any window like adding microsecond by microsecond', () => {
    const change = fc.record({ after: fc.integer({ min: 0, max: 9 }), by: fc.integer({ min: -3, max: 3 }) });
    fc.assert(
      fc.property(fc.array(change), fc.nat(99), fc.nat(99), (all, one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const builder = new StepBuilder();
        const values = new Array<number>(200).fill(0);
        let time = 0;
        for (const { after, by } of all.slice(0, 10)) {
          time += after;
          builder.add(time, by);
          for (let at = time; at < values.length; at++) values[at]! += by;
        }
        const steps = builder.finish();
        expect(steps.area(from, to)).toBe(values.slice(from, to).reduce((sum, value) => sum + value, 0));
        expect(steps.valueAt(from)).toBe(values[from]);
      }),
    );
  });
});
