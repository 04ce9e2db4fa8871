/** How much of what is on its way the stage draws one by one, and what it draws when that would be too much. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { graphOf } from '../../src/geometry/graph';
import { layoutTopology } from '../../src/geometry/topology';
import { framesUnderWay } from '../../src/metrics/frame-flights';
import { SceneReader } from '../../src/metrics/scene';
import { flowsOf, placeFlights, placeFrames } from '../../src/ui/stage/lane-messages';
import { runFile } from '../world/run-file';

const PANE = { width: 900, height: 300 };

/** Nobody answers within the first second: what was sent is on its way. */
function underWay(messages: number) {
  const file = {
    version: 1,
    title: 'Many on their way',
    seed: 1,
    duration: '1s',
    components: {
      client: { kind: 'client', calls: 'server', arrivals: { list: Array.from({ length: messages }, (_, at) => `${at + 1}us`) } },
      server: { kind: 'service', workers: 1, work: '1ms' },
    },
    links: [{ from: 'client', to: 'server', delay: '2s' }],
  };
  const lane = runFile(file);
  return { scene: new SceneReader(lane).at(900_000), topology: layoutTopology(graphOf(lane, undefined), PANE) };
}

describe('messages', () => {
  it('are drawn one by one up to a thousand', () => {
    const { scene, topology } = underWay(1_000);
    expect(scene.inFlight).toBe(1_000);
    expect(flowsOf(scene, topology)).toEqual([]);
    expect(placeFlights(scene, topology, undefined).length).toBe(scene.flights.length);
  });

  it('are one stroke for each way that carries some when there are more, wider for more, and none by itself', () => {
    const [some, many] = [underWay(1_001), underWay(9_000)].map(({ scene, topology }) => {
      expect(placeFlights(scene, topology, undefined)).toEqual([]);
      return flowsOf(scene, topology);
    });
    expect(some?.map(({ messages }) => messages)).toEqual([1_001]);
    expect(many?.map(({ messages }) => messages)).toEqual([9_000]);
    expect(some![0]!.width).toBeGreaterThan(2);
    expect(many![0]!.width).toBeGreaterThanOrEqual(some![0]!.width);
    expect(many![0]!.width).toBeLessThanOrEqual(12);
  });
});

describe('frames of HTTP/2', () => {
  const lane = runFile(JSON.parse(readFileSync('public/scenarios/http2-flow-control.json', 'utf8')), { maxEvents: 6_000 });
  const reader = new SceneReader(lane);
  const topology = layoutTopology(graphOf(lane, undefined), PANE);
  const longest = Math.max(...[...topology.paths.values()].map(({ length }) => length));

  it('are thinned to about one for each six pixels, and none is drawn where more than sixty are on their way', () => {
    let thinned = 0;
    for (let ms = 0; ms < 1_500; ms += 1) {
      const scene = reader.at(ms * 1_000);
      const under = framesUnderWay(scene);
      const placed = placeFrames(reader, scene, topology);
      if (under === 0 || under > 60) expect(placed, `${ms} ms`).toEqual([]);
      // About one for each six pixels of the way there and the way back.
      expect(placed.length, `${ms} ms`).toBeLessThanOrEqual(2 * Math.ceil(longest / 6 + 1));
      if (placed.length < under && placed.length > 0) thinned += 1;
    }
    expect(thinned).toBeGreaterThan(0);
  });
});
