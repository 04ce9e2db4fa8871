import { describe, expect, it } from 'vitest';
import type { PlanBox } from '../../src/geometry/blueprint';
import { boundsOf, isInSight, needsAnotherView } from '../../src/geometry/in-sight';

const SIGHT = { x: 0, y: 0, zoom: 1, width: 800, height: 400 };

function box(id: string, x: number, y: number): PlanBox {
  return { id, node: { place: 0, kind: 'service', id, workers: 1, partitions: 0, copies: 1, at: [x, y] }, x, y, width: 100, height: 60 };
}

describe('the view of a plan', () => {
  it('stays when what is added can be seen, so that a thing is where it was dropped', () => {
    expect(needsAnotherView([], [box('a', 120, 150)], SIGHT)).toBe(false);
    expect(needsAnotherView([box('a', 120, 150)], [box('a', 120, 150), box('b', 700, 300)], SIGHT)).toBe(false);
  });

  it('changes when something new is out of sight, wholly or in part', () => {
    expect(needsAnotherView([box('a', 120, 150)], [box('a', 120, 150), box('b', 900, 150)], SIGHT)).toBe(true);
    expect(needsAnotherView([box('a', 120, 150)], [box('a', 120, 150), box('b', 760, 150)], SIGHT)).toBe(true);
  });

  it('stays when what was out of sight before gets another name, moves or goes', () => {
    const before = [box('a', 120, 150), box('b', 2000, 150)];
    expect(needsAnotherView(before, [box('a', 120, 150), box('renamed', 2000, 150)], SIGHT)).toBe(false);
    expect(needsAnotherView(before, [box('a', 120, 150)], SIGHT)).toBe(false);
  });

  it('changes when nothing that is left can be seen, and stays when nothing is left', () => {
    const before = [box('a', 120, 150), box('b', 2000, 150)];
    expect(needsAnotherView(before, [box('b', 2000, 150)], SIGHT)).toBe(true);
    expect(needsAnotherView(before, [], SIGHT)).toBe(false);
  });

  it('counts in px of the pane, whatever the zoom', () => {
    expect(isInSight(box('a', 1000, 100), { ...SIGHT, zoom: 0.5 })).toBe(true);
    expect(isInSight(box('a', 300, 100), { ...SIGHT, zoom: 3 })).toBe(false);
    expect(isInSight(box('a', 10, 100), { ...SIGHT, x: 60 })).toBe(true);
  });

  it('has bounds around all boxes', () => {
    expect(boundsOf([box('a', 100, 100), box('b', 300, 40)])).toEqual({ x: 50, y: 10, width: 300, height: 120 });
  });
});
