import { describe, expect, it } from 'vitest';
import { graphOf } from '../../src/geometry/graph';
import { arrowEnds, bandsOf, distanceToLine, timeOf, xOf } from '../../src/geometry/space-time';
import { following, moved, ticksOf, zoomed } from '../../src/geometry/time-scale';
import { syntheticQueue } from '../metrics/synthetic-lane';

const END = 60_000_000;
const VIEW = { fromMicros: 10_000_000, toMicros: 20_000_000 };

describe('the stretch of time in sight', () => {
  it('keeps the instant under the pointer where it is when it is magnified', () => {
    const at = 12_500_000;
    const closer = zoomed(VIEW, at, 0.5, END);
    expect(closer.toMicros - closer.fromMicros).toBe(5_000_000);
    expect(xOf(closer, 800, at)).toBeCloseTo(xOf(VIEW, 800, at));
  });

  it('never leaves the run', () => {
    expect(zoomed(VIEW, 15e6, 100, END)).toEqual({ fromMicros: 0, toMicros: END });
    expect(moved(VIEW, -99e6, END)).toEqual({ fromMicros: 0, toMicros: 10_000_000 });
    expect(moved(VIEW, 99e6, END)).toEqual({ fromMicros: 50_000_000, toMicros: END });
    expect(zoomed(VIEW, 15e6, 0, END).toMicros - zoomed(VIEW, 15e6, 0, END).fromMicros).toBeGreaterThan(0);
  });

  it('turns pages for a playhead that runs out of it, and stands still while it is inside', () => {
    expect(following(VIEW, 15e6, END)).toBe(VIEW);
    const next = following(VIEW, 20_000_001, END);
    expect(next.fromMicros).toBe(19_000_000);
    expect(following(VIEW, 27e6, END)).toEqual(next);
    expect(following(VIEW, 9e6, END).toMicros).toBe(11_000_000);
    for (const at of [0, 1, 33e6, 59_999_999, END]) {
      const view = following(VIEW, at, END);
      expect(at >= view.fromMicros && at <= view.toMicros).toBe(true);
    }
  });

  it('has ticks at round instants', () => {
    expect(ticksOf(VIEW, 5)).toEqual([10e6, 12e6, 14e6, 16e6, 18e6, 20e6]);
    expect(ticksOf({ fromMicros: 1_234_567, toMicros: 1_234_667 }, 5)).toEqual([1_234_580, 1_234_600, 1_234_620, 1_234_640, 1_234_660]);
  });

  it('takes a place back to its time', () => {
    expect(timeOf(VIEW, 640, xOf(VIEW, 640, 13_371_337))).toBeCloseTo(13_371_337, 3);
  });
});

describe('the bands of a lane', () => {
  const bands = bandsOf(graphOf(syntheticQueue()), 20, 100);

  it('stand in the order in which requests pass, within the height, one below another', () => {
    expect(bands.map(({ node }) => node.id)).toEqual(['client', 'hellos', 'greeter', 'replies']);
    bands.slice(1).forEach((band, index) => expect(band.top).toBeGreaterThan(bands[index]!.top + bands[index]!.height));
    expect(bands.at(-1)!.top + bands.at(-1)!.height).toBeLessThanOrEqual(120.001);
  });

  it('lets arrows run between the edges that face each other', () => {
    const [client, hellos] = [bands[0]!, bands[1]!];
    expect(arrowEnds(client, hellos)).toEqual([client.top + client.height, hellos.top]);
    expect(arrowEnds(hellos, client)).toEqual([hellos.top, client.top + client.height]);
  });

  it('knows how far a point is from an arrow', () => {
    expect(distanceToLine(5, 3, 0, 0, 10, 0)).toBe(3);
    expect(distanceToLine(13, 4, 0, 0, 10, 0)).toBe(5);
    expect(distanceToLine(3, 4, 0, 0, 0, 0)).toBe(5);
  });
});
