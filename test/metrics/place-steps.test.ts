import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeSteps } from '../../src/metrics/place-steps';
import { requestSteps } from '../../src/metrics/request-steps';
import { StepBuilder } from '../../src/metrics/step-function';
import { caseName, SHIPPED } from '../golden/shipped-scenarios';
import { runFile } from '../world/run-file';
import { stationLane } from './lane-builder';
import { SERVICE } from './trace-builder';

const three = [0, 1, 2].map((second) => ({ atMicros: second * 1e6, workMicros: 2e6 }));

describe('a step function', () => {
  it('has its values and its integral', () => {
    const { waiting } = placeSteps(stationLane(three, { durationMicros: 8e6 }))[SERVICE]!;
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

/** The areas under the curves are what the summary counts on its own while the run goes on. */
const cases = SHIPPED.flatMap((scenario) =>
  scenario.variants.map((variant) => [caseName(scenario, variant), scenario.file, variant] as const),
);

it.each(cases)('means over the window of the summary are those of the summary: %s', (_, file, variant) => {
  const lane = runFile(file, { variant, maxEvents: 300_000 });
  const steps = placeSteps(lane);
  const [from, to] = [lane.warmupMicros, lane.endMicros];
  if (lane.keptFrom.record > 0 || to <= from) return;
  let open = 0;
  for (const [place, { id }] of lane.places.map((place) => ('id' in place ? place : { id: '' })).entries()) {
    const summary = lane.summary.components[id];
    const { waiting, busy, awaiting } = steps[place]!;
    if (!summary || lane.places[place]!.kind === 'part' || lane.places[place]!.kind === 'attacker') continue;
    if (summary.kind === 'client') {
      expect(busy.mean(from, to)).toBe(summary.meanOpen);
      open += busy.area(from, to);
    } else if (summary.kind === 'balancer') expect(busy.mean(from, to)).toBe(summary.meanInSystem);
    else if (summary.kind !== 'topic') {
      expect(waiting.mean(from, to)).toBe(summary.meanWaiting);
      expect((waiting.area(from, to) + busy.area(from, to) + awaiting.area(from, to)) / (to - from)).toBe(summary.meanInSystem);
    }
  }
  expect(requestSteps(lane).area(from, to)).toBe(open);
});
