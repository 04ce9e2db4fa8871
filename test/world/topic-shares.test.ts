/** How partitions are shared out: balanced always, and by the sticky assignor with as few moves as there can be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignAmong, assignPartitions } from '../../src/world/topic/assign-partitions';

const NOBODY: readonly number[] = [];

function countsOf(assignment: readonly number[], members: number): number[] {
  return Array.from({ length: members }, (_, member) => assignment.filter((owner) => owner === member).length);
}

const claim = (partitions: readonly number[], generation = 1) => ({ partitions, generation });

describe('assignors', () => {
  it('share out as Kafka documents', () => {
    expect(assignPartitions('range', 7, 3, NOBODY)).toEqual([0, 0, 0, 1, 1, 2, 2]);
    expect(assignPartitions('round-robin', 7, 3, NOBODY)).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect(assignPartitions('sticky', 4, 2, [0, 0, 0, 1])).toEqual([0, 0, 1, 1]);
  });

  it('share out as in the Javadoc of Kafka’s assignors', () => {
    // RangeAssignor and RoundRobinAssignor: two consumers, a topic of three partitions.
    expect(assignPartitions('range', 3, 2, NOBODY)).toEqual([0, 0, 1]);
    expect(assignPartitions('round-robin', 3, 2, NOBODY)).toEqual([0, 1, 0]);
    // StickyAssignor: three consumers and eight partitions (there, of four topics), t0p0 to t3p1 in their order; then C1 is gone.
    const first = assignAmong('sticky', 8, [claim([]), claim([]), claim([])]);
    const of = (assignment: readonly number[], member: number): number[] =>
      assignment.flatMap((owner, at) => (owner === member ? [at] : []));
    expect([0, 1, 2].map((member) => of(first, member))).toEqual([
      [0, 3, 6],
      [1, 4, 7],
      [2, 5],
    ]);
    const second = assignAmong('sticky', 8, [claim(of(first, 0)), claim(of(first, 2))]);
    expect([0, 1].map((member) => of(second, member))).toEqual([
      [0, 3, 4, 6],
      [1, 2, 5, 7],
    ]);
  });

  it('believe the later generation of two that claim a partition', () => {
    expect(assignAmong('sticky', 2, [claim([0, 1], 3), claim([1], 4)])).toEqual([0, 1]);
    expect(assignAmong('sticky', 2, [claim([0], 4), claim([0, 1], 3)])).toEqual([0, 1]);
  });

  it('leave what is to move with nobody for a generation, if they are cooperative', () => {
    expect(assignAmong('cooperative-sticky', 4, [claim([0, 1, 2, 3]), claim([], -1)])).toEqual([0, 0, -1, -1]);
    expect(assignAmong('cooperative-sticky', 4, [claim([0, 1]), claim([])])).toEqual([0, 0, 1, 1]);
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
