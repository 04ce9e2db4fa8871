import { describe, expect, it } from 'vitest';
import { layoutStatechart, type StateBox } from '../../src/geometry/statechart';
import type { Chart } from '../../src/model/chart';

type Kind = Chart['states'][number]['kind'];
const state = (id: string, parent?: string, initial = false, kind: Kind = 'atomic') => ({ id, parent, initial, kind });
const edge = (from: string, to: string | undefined, event: string, guard?: string) => ({ from, to, event, guard, actions: [] });

const BREAKER: Chart = {
  id: 'breaker',
  states: [
    state('breaker', undefined, true, 'compound'),
    state('breaker.closed', 'breaker', true),
    state('breaker.open', 'breaker'),
    state('breaker.halfOpen', 'breaker'),
  ],
  transitions: [
    edge('breaker.closed', undefined, 'success'),
    edge('breaker.closed', 'breaker.open', 'failure', 'tooMany'),
    edge('breaker.open', 'breaker.halfOpen', 'after 5000'),
    edge('breaker.halfOpen', 'breaker.open', 'failure'),
    edge('breaker.halfOpen', 'breaker.closed', 'success', 'enough'),
  ],
  configurations: [],
};

const NESTED: Chart = {
  id: 'worker',
  states: [
    state('idle', undefined, true),
    state('busy', undefined, false, 'parallel'),
    state('busy.work', 'busy', true, 'compound'),
    state('busy.work.running', 'busy.work', true),
    state('busy.work.done', 'busy.work'),
    state('busy.timer', 'busy', true, 'compound'),
    state('busy.timer.ticking', 'busy.timer', true),
  ],
  transitions: [edge('idle', 'busy', 'take'), edge('busy.work.running', 'busy.work.done', 'finish'), edge('busy', 'idle', 'release')],
  configurations: [],
};

const inside = (box: StateBox, outer: StateBox): boolean =>
  box.x >= outer.x && box.y >= outer.y && box.x + box.width <= outer.x + outer.width && box.y + box.height <= outer.y + outer.height;
const overlap = (a: StateBox, b: StateBox): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('the layout of a statechart', () => {
  it('leaves the root out and goes from the initial state to the right', () => {
    const { boxes } = layoutStatechart(BREAKER);
    expect(boxes.map(({ name }) => name)).toEqual(['closed', 'open', 'halfOpen']);
    expect(boxes.map(({ x }) => x)).toEqual(boxes.map(({ x }) => x).sort((a, b) => a - b));
    expect(new Set(boxes.map(({ x }) => x)).size).toBe(3);
  });

  it('has an edge for each pair of states and writes what stays inside into the state', () => {
    const { edges, boxes } = layoutStatechart(BREAKER);
    expect(edges.map(({ from, to, labels }) => `${from} ${to} ${labels.join()}`)).toEqual([
      'breaker.closed breaker.open failure [tooMany]',
      'breaker.open breaker.halfOpen after 5000',
      'breaker.halfOpen breaker.open failure',
      'breaker.halfOpen breaker.closed success [enough]',
    ]);
    expect(boxes[0]!.inside).toEqual(['success']);
  });

  it('nests states and stacks the regions of a parallel one without overlap', () => {
    const { boxes } = layoutStatechart(NESTED);
    const box = (id: string): StateBox => boxes.find((one) => one.id === id)!;
    for (const { id, parent } of NESTED.states) if (parent) expect(inside(box(id), box(parent)), id).toBe(true);
    expect(overlap(box('busy.work'), box('busy.timer'))).toBe(false);
    expect(overlap(box('idle'), box('busy'))).toBe(false);
    expect(overlap(box('busy.work.running'), box('busy.work.done'))).toBe(false);
  });

  it('keeps boxes and words within its frame', () => {
    for (const chart of [BREAKER, NESTED]) {
      const { boxes, edges, width, height } = layoutStatechart(chart);
      for (const { x, y, width: w, height: h } of boxes) {
        expect(Math.min(x, y, width - x - w, height - y - h)).toBeGreaterThanOrEqual(0);
      }
      for (const { labelX, labelY } of edges) expect(Math.min(labelX, labelY, width - labelX, height - labelY)).toBeGreaterThanOrEqual(0);
    }
  });
});
