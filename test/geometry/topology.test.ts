import { describe, expect, it } from 'vitest';
import { graphOf } from '../../src/geometry/graph';
import { curve, pathThrough, pointOnPath, roundedPath } from '../../src/geometry/path';
import { layoutTopology, nameOn, sizeIn, type Box, type Topology } from '../../src/geometry/topology';
import type { Place } from '../../src/model/trace';
import { syntheticCall, syntheticQueue } from '../metrics/synthetic-lane';

const PANE = { width: 700, height: 260 };
const boxOf = (topology: Topology, id: string): Box => topology.boxes.find(({ node }) => node.id === id)!;
const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function graphFrom(kinds: Record<string, 'client' | 'service' | 'queue'>, links: [string, string][]) {
  const places: Place[] = [
    ...Object.entries(kinds).map(([id, kind]) => ({ kind, id })),
    ...links.flatMap(([from, to], link): Place[] => [
      { kind: 'link', from, to, link, way: 'forth' },
      { kind: 'link', from: to, to: from, link, way: 'back' },
    ]),
  ];
  return graphOf({ places, workersOfPlace: places.map((place) => (place.kind === 'service' ? 10 : 0)) });
}

describe('the layout of a scenario', () => {
  it('stands the client left of the service it calls, on one level', () => {
    const topology = layoutTopology(graphOf(syntheticCall()), PANE);
    const [client, greeter] = [boxOf(topology, 'client'), boxOf(topology, 'greeter')];
    expect(client.x + client.width).toBeLessThan(greeter.x);
    expect(client.y + client.height / 2).toBeCloseTo(greeter.y + greeter.height / 2);
    expect(topology.width).toBeLessThanOrEqual(PANE.width);
  });

  it('makes room for a long name, and shortens the one that no card has room for', () => {
    const endless = `service-${'x'.repeat(60)}`;
    const topology = layoutTopology(graphFrom({ 'customer-relations-portal': 'client', [endless]: 'service' }, []), PANE);
    const [portal, service] = [boxOf(topology, 'customer-relations-portal'), boxOf(topology, endless)];
    expect(portal.width).toBeGreaterThan(boxOf(layoutTopology(graphFrom({ portal: 'client' }, []), PANE), 'portal').width);
    expect(nameOn(portal)).toBe('customer-relations-portal');
    expect(nameOn(service)).toMatch(/^service-x+…$/);
    expect(nameOn(service).length).toBeLessThan(30);
  });

  it('puts a queue between, and the reply queue below on the way back', () => {
    const topology = layoutTopology(graphOf(syntheticQueue()), PANE);
    const [client, hellos, greeter, replies] = ['client', 'hellos', 'greeter', 'replies'].map((id) => boxOf(topology, id));
    expect(client!.x).toBeLessThan(hellos!.x);
    expect(hellos!.x).toBeLessThan(greeter!.x);
    expect(replies!.wayBack).toBe(true);
    expect(replies!.y).toBeGreaterThan(Math.max(hellos!.y + hellos!.height, greeter!.y + greeter!.height));
  });

  it('frames the replicas of a service, stacked, also where the scenario places them', () => {
    const ids = ['server#1', 'server#2', 'server#3'];
    const graph = graphFrom(
      Object.fromEntries([['client', 'client'], ...ids.map((id) => [id, 'service'])]) as never,
      ids.map((id) => ['client', id]),
    );
    const placedGraph = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, at: [node.kind === 'client' ? 0 : 300, 50] as const })) };
    for (const topology of [layoutTopology(graph, PANE), layoutTopology(placedGraph, PANE)]) {
      expect(topology.frames).toMatchObject([{ service: 'server', replicas: 3 }]);
      const [frame] = topology.frames;
      const boxes = ids.map((id) => boxOf(topology, id));
      for (const [at, box] of boxes.entries()) {
        expect(boxes.slice(at + 1).some((other) => overlap(box, other))).toBe(false);
        expect(box.x).toBeGreaterThan(frame!.x);
        expect(box.y + box.height).toBeLessThan(frame!.y + frame!.height);
      }
      expect(frame!.y + frame!.height).toBeLessThan(topology.height);
    }
  });

  it('ends every way at its components and stays inside its frame', () => {
    const graph = graphOf(syntheticQueue());
    const topology = layoutTopology(graph, PANE);
    const on = (place: number, { x, y }: { x: number; y: number }): boolean => {
      const box = topology.boxes.find(({ node }) => node.place === place)!;
      return x >= box.x - 0.1 && x <= box.x + box.width + 0.1 && y >= box.y - 0.1 && y <= box.y + box.height + 0.1;
    };
    for (const { from, to, forth, back } of graph.links) {
      const [there, home] = [topology.paths.get(forth)!, topology.paths.get(back)!];
      expect([on(from, there.points[0]!), on(to, there.points.at(-1)!)]).toEqual([true, true]);
      expect([on(to, home.points[0]!), on(from, home.points.at(-1)!)]).toEqual([true, true]);
      for (const { x, y } of [...there.points, ...home.points]) {
        expect(Math.min(x, y, topology.width - x, topology.height - y)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('lets no two components overlap, whatever the graph', () => {
    const graphs = [
      graphFrom({ shop: 'client', gateway: 'service', a: 'service', b: 'service', c: 'service' }, [
        ['shop', 'gateway'],
        ['gateway', 'a'],
        ['gateway', 'b'],
        ['a', 'c'],
        ['b', 'c'],
      ]),
      graphFrom({ c: 'client', d: 'client', q: 'queue', s: 'service', r: 'queue' }, [
        ['c', 'q'],
        ['d', 'q'],
        ['q', 's'],
        ['s', 'r'],
        ['r', 'c'],
        ['r', 'd'],
      ]),
      graphFrom({ c: 'client', q: 'queue', s: 'service' }, [
        ['c', 'q'],
        ['q', 's'],
        ['c', 's'],
      ]),
      graphFrom({ lonely: 'service', other: 'queue' }, []),
      graphFrom({ a: 'service', b: 'service' }, [
        ['a', 'b'],
        ['b', 'a'],
      ]),
    ];
    for (const graph of graphs) {
      const { boxes, paths } = layoutTopology(graph, PANE);
      expect(boxes.length).toBe(graph.nodes.length);
      expect(paths.size).toBe(2 * graph.links.length);
      boxes.forEach((box, index) =>
        boxes.slice(index + 1).forEach((other) => expect(overlap(box, other), `${box.node.id} over ${other.node.id}`).toBe(false)),
      );
    }
  });

  it('leads a link past a component that stands in its way', () => {
    const graph = graphFrom({ c: 'client', q: 'queue', s: 'service' }, [
      ['c', 'q'],
      ['q', 's'],
      ['c', 's'],
    ]);
    const topology = layoutTopology(graph, PANE);
    const queue = boxOf(topology, 'q');
    const direct = topology.paths.get(graph.links[2]!.forth)!;
    for (let share = 0; share <= 1; share += 0.05) {
      const { x, y } = pointOnPath(direct, share);
      expect(x > queue.x && x < queue.x + queue.width && y > queue.y && y < queue.y + queue.height).toBe(false);
    }
  });

  it('leads links straight to components one above the other, also where one is wider', () => {
    const tall = graphFrom({ shop: 'client', orders: 'queue', warehouse: 'service', morgue: 'queue' }, [
      ['shop', 'orders'],
      ['orders', 'warehouse'],
      ['orders', 'morgue'],
    ]);
    const graph = { ...tall, nodes: tall.nodes.map((node) => ({ ...node, workers: Math.min(1, node.workers) })) };
    const topology = layoutTopology(graph, PANE);
    const [warehouse, morgue] = [boxOf(topology, 'warehouse'), boxOf(topology, 'morgue')];
    expect(morgue.x).toBeLessThan(warehouse.x);
    expect(morgue.y).toBeGreaterThan(warehouse.y);
    const way = topology.paths.get(graph.links[1]!.forth)!;
    for (const { y } of way.points) expect(y).toBeLessThan(morgue.y + morgue.height / 2);
    expect(way.points.at(-1)!.x).toBe(warehouse.x);
  });

  it('leads straight down to a queue on the way back that stands right under its component', () => {
    const graph = graphFrom({ shop: 'client', orders: 'queue', pause: 'queue', warehouse: 'service' }, [
      ['shop', 'orders'],
      ['orders', 'warehouse'],
      ['orders', 'pause'],
      ['pause', 'orders'],
    ]);
    const topology = layoutTopology(graph, PANE);
    const [orders, pause] = [boxOf(topology, 'orders'), boxOf(topology, 'pause')];
    for (const { forth, back } of graph.links.slice(2)) {
      for (const place of [forth, back]) {
        const ys = topology.paths.get(place)!.points.map(({ y }) => y);
        expect([Math.min(...ys), Math.max(...ys)]).toEqual([orders.y + orders.height, pause.y]);
      }
    }
  });

  it('puts a component where the scenario wants it', () => {
    const lane = syntheticCall();
    const at = { client: [500, 40], greeter: [100, 300] } as const;
    const components = Object.entries(at).map(([id, place]) => ({ id, at: place })) as never;
    const topology = layoutTopology(graphOf(lane, { components }), PANE);
    const [client, greeter] = [boxOf(topology, 'client'), boxOf(topology, 'greeter')];
    expect(client.x + client.width / 2 - (greeter.x + greeter.width / 2)).toBe(400);
    expect(client.y + client.height / 2 - (greeter.y + greeter.height / 2)).toBe(-260);
  });
});

describe('a point on a path', () => {
  it('goes from the start to the end in even steps', () => {
    const path = pathThrough([
      { x: 0, y: 0 },
      { x: 30, y: 0 },
      { x: 30, y: 10 },
    ]);
    expect(pointOnPath(path, 0)).toEqual({ x: 0, y: 0 });
    expect(pointOnPath(path, 0.5)).toEqual({ x: 20, y: 0 });
    expect(pointOnPath(path, 0.875)).toEqual({ x: 30, y: 5 });
    expect(pointOnPath(path, 1)).toEqual({ x: 30, y: 10 });
    expect(pointOnPath(path, 7)).toEqual({ x: 30, y: 10 });
  });

  it('keeps the ends of curves and round corners', () => {
    const [a, b] = [
      { x: 0, y: 0 },
      { x: 100, y: 40 },
    ];
    for (const path of [curve(a, { x: 50, y: 0 }, { x: 50, y: 40 }, b), roundedPath([a, { x: 100, y: 0 }, b], 12)]) {
      expect(pointOnPath(path, 0)).toEqual(a);
      expect(pointOnPath(path, 1)).toEqual(b);
    }
  });
});

describe('the size of a graph in its pane', () => {
  const graph = graphOf(syntheticQueue());
  const need = layoutTopology(graph, { width: 0, height: 0 });

  it('grows with the pane up to a limit, for an audience', () => {
    expect(sizeIn(graph, { width: need.width * 1.5, height: need.height * 3 }, 2)).toBeCloseTo(1.5);
    expect(sizeIn(graph, { width: need.width * 9, height: need.height * 9 }, 2)).toBe(2);
    expect(sizeIn(graph, { width: 9_000, height: 9_000 }, 1)).toBe(1);
  });

  it('is as small as it takes to see all of it, and the usual one before the pane has a size', () => {
    expect(sizeIn(graph, { width: need.width / 2, height: need.height }, 1)).toBe(0.5);
    expect(sizeIn(graph, { width: 0, height: 0 }, 1)).toBe(1);
  });
});
