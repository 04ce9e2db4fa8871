import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeStepsInSteps } from '../../src/metrics/place-steps';
import { atOnce } from '../../src/metrics/steps';
import { requestStepsInSteps } from '../../src/metrics/request-steps';
import { placeStaysInSteps, requestStaysInSteps, Stays } from '../../src/metrics/stays';
import { meanNumber } from '../../src/theory/little';
import { caseName, SHIPPED } from '../golden/shipped-scenarios';
import { runFile } from '../world/run-file';

const stay = fc.record({ arrived: fc.nat(100), stayed: fc.option(fc.nat(60), { nil: Infinity }) });

it('the area between the curves is the sum of the rows, whatever the order and whatever the window', () => {
  fc.assert(
    fc.property(fc.array(stay, { maxLength: 40, size: 'max' }), fc.nat(120), fc.nat(120), (all, one, other) => {
      const sorted = [...all].sort((a, b) => a.arrived - b.arrived);
      const stays = atOnce(
        Stays.inSteps(
          Float64Array.from(sorted, ({ arrived }) => arrived),
          Float64Array.from(sorted, ({ arrived, stayed }) => arrived + stayed),
        ),
      );
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const numbers = stays.numbers(from, to);
      expect(numbers.areaMicros).toBe(numbers.staysMicros - numbers.beforeMicros + numbers.unfinishedMicros);
      let area = 0;
      for (let at = from; at < to; at++) area += stays.presentAt(at);
      expect(numbers.areaMicros).toBe(area);
      expect(numbers.presentAtStart + numbers.arrivals - numbers.departures).toBe(numbers.presentAtEnd);
      expect(numbers.presentAtEnd).toBe(stays.presentAt(to));
    }),
  );
});

const cases = SHIPPED.flatMap((scenario) =>
  scenario.variants.map((variant) => [caseName(scenario, variant), scenario.file, variant] as const),
);

/** The counts and areas are those that the summary has counted on its own while the run went on, to the last digit. */
describe.each(cases)('%s', (_, file, variant) => {
  const lane = runFile(file, { variant, maxEvents: 300_000 });
  const [from, to] = [lane.warmupMicros, lane.endMicros];
  const steps = atOnce(placeStepsInSteps(lane));

  it('has the means of its summary, and the law exactly', () => {
    if (to <= from) return;
    let open = 0;
    for (const [place, { kind }] of lane.places.entries()) {
      if (kind === 'link' || kind === 'part' || kind === 'topic' || kind === 'attacker') continue;
      const summary = lane.summary.components[(lane.places[place] as { id: string }).id]!;
      const { waiting, busy, awaiting } = steps[place]!;
      const numbers = atOnce(placeStaysInSteps(lane, place))!.numbers(from, to);
      const { areaMicros } = numbers;
      expect(areaMicros).toBe(numbers.staysMicros - numbers.beforeMicros + numbers.unfinishedMicros);
      expect(areaMicros).toBe(waiting.area(from, to) + busy.area(from, to) + awaiting.area(from, to));
      if (summary.kind === 'client') {
        expect(busy.mean(from, to)).toBe(summary.meanOpen);
        expect([numbers.arrivals, numbers.departures]).toEqual([summary.started, summary.ended]);
        open += areaMicros;
        continue;
      }
      if (summary.kind === 'topic') throw new Error('no such place');
      if (summary.kind !== 'balancer') expect(waiting.mean(from, to)).toBe(summary.meanWaiting);
      expect(areaMicros / (to - from)).toBe(summary.meanInSystem);
      expect(numbers.arrivals).toBe(summary.arrivals - summary.refused);
      if (numbers.departures !== summary.completions) continue;
      if (summary.meanSojournMs !== null) expect(numbers.staysMicros / numbers.departures / 1_000).toBe(summary.meanSojournMs);
      // L = λ·W as the formula has it, with W of all who were there: what each of those who came accounts for.
      const windowSeconds = (to - from) / 1e6;
      const meanSeconds = areaMicros / numbers.arrivals / 1e6;
      if (numbers.arrivals > 0) expect(meanNumber(numbers.arrivals / windowSeconds, meanSeconds)).toBeCloseTo(summary.meanInSystem, 9);
    }
    const whole = atOnce(requestStaysInSteps(lane)).numbers(from, to);
    expect(whole.areaMicros).toBe(open);
    expect(whole.areaMicros).toBe(whole.staysMicros - whole.beforeMicros + whole.unfinishedMicros);
    expect(atOnce(requestStepsInSteps(lane)).area(from, to)).toBe(open);
  });
});
