/** How partitions are shared out: balanced always, and by the sticky assignor with as few moves as there can be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignPartitions } from '../../src/world/topic/assign-partitions';

const NOBODY: readonly number[] = [];

function countsOf(assignment: readonly number[], members: number): number[] {
  return Array.from({ length: members }, (_, member) => assignment.filter((owner) => owner === member).length);
}

describe('assignors', () => {
  it('share out as Kafka documents', () => {
    expect(assignPartitions('range', 7, 3, NOBODY)).toEqual([0, 0, 0, 1, 1, 2, 2]);
    expect(assignPartitions('round-robin', 7, 3, NOBODY)).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect(assignPartitions('sticky', 4, 2, [0, 0, 0, 1])).toEqual([0, 0, 1, 1]);
  });

  it('give to every partition one member, and to every member as many as to any other, or one more', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('range' as const, 'round-robin' as const, 'sticky' as const),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.integer({ min: -1, max: 11 }), { maxLength: 40 }),
        (how, partitions, members, before) => {
          const assignment = assignPartitions(how, partitions, members, before);
          expect(assignment).toHaveLength(partitions);
          const counts = countsOf(assignment, members);
          expect(counts.reduce((sum, count) => sum + count)).toBe(partitions);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('move no more than balance needs, if they are sticky', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.integer({ min: -1, max: 9 }), { minLength: 1, maxLength: 24 }),
        (members, before) => {
          const partitions = before.length;
          const assignment = assignPartitions('sticky', partitions, members, before);
          const kept = assignment.filter((owner, partition) => owner === before[partition]).length;
          // The most that any balanced assignment could leave as it was.
          const each = Math.floor(partitions / members);
          const had = countsOf(before, members);
          const larger = Math.min(partitions % members, had.filter((count) => count > each).length);
          expect(kept).toBe(had.reduce((sum, count) => sum + Math.min(count, each), larger));
        },
      ),
    );
  });
});
