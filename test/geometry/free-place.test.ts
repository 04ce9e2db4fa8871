import { describe, expect, it } from 'vitest';
import type { PlanBox } from '../../src/geometry/blueprint';
import { freePlace } from '../../src/geometry/free-place';

const SERVICE = { width: 140, height: 84 };
const TOPIC = { width: 326, height: 160 };

function boxAt(id: string, { width, height }: typeof SERVICE, [x, y]: readonly [number, number]): PlanBox {
  return { id, node: { place: 0, kind: 'service', id, workers: 1, partitions: 0, copies: 1, at: [x, y] }, x, y, width, height };
}

/** Each beside the one before it; every fourth is as large as a topic. */
function planOfMany(count: number): readonly PlanBox[] {
  const plan: PlanBox[] = [];
  for (let index = 0; index < count; index++) {
    const size = index % 4 === 3 ? TOPIC : SERVICE;
    plan.push(boxAt(`${index}`, size, freePlace(plan, size, plan.at(-1))));
  }
  return plan;
}

describe('what is added without being placed', () => {
  it('has a first place, and then stands right of what is there, in line with what is chosen', () => {
    expect(freePlace([], SERVICE, undefined)).toEqual([200, 200]);
    const [first, second] = planOfMany(2);
    expect([second!.x - first!.x, second!.y - first!.y]).toEqual([140 + 64, 0]);
    expect(freePlace([first!, { ...second!, y: 700 }], SERVICE, first)[1]).toBe(first!.y);
  });

  it('begins a row below where the line would be too wide to read, and lies on nothing', () => {
    const plan = planOfMany(20);
    const [left, right] = [Math.min(...plan.map(({ x, width }) => x - width / 2)), Math.max(...plan.map(({ x, width }) => x + width / 2))];
    expect(right - left).toBeLessThanOrEqual(1_100);
    const rows = new Set(plan.map(({ y }) => y)).size;
    expect(rows).toBeGreaterThan(2);
    expect(rows).toBeLessThan(8); // rows are filled before the next begins
    const overlaps = plan.flatMap((one, index) =>
      plan
        .slice(index + 1)
        .filter(
          (other) =>
            Math.abs(other.x - one.x) < (other.width + one.width) / 2 && Math.abs(other.y - one.y) < (other.height + one.height) / 2,
        )
        .map((other) => `${other.id} on ${one.id}`),
    );
    expect(overlaps).toEqual([]);
  });

  it('uses the width that a plan was given by hand', () => {
    const wide = [boxAt('a', SERVICE, [200, 200]), boxAt('b', SERVICE, [3_000, 200]), boxAt('c', SERVICE, [200, 376])];
    expect(freePlace(wide, SERVICE, wide[0])).toEqual([200 + 140 + 64, 376]);
  });
});
