/**
 * How the partitions of a topic are shared out among the members of a group, as Apache Kafka's assignors do for one topic
 * (org.apache.kafka.clients.consumer: RangeAssignor, RoundRobinAssignor, StickyAssignor). Members come in the order of their names.
 */
import type { Group } from '../../model/kinds/topic';
import type { Claim } from './group-traffic';

/** For each partition the index of its member; `before` is what it was, −1 for none. `members` ≥ 1. */
export function assignPartitions(how: Group['assignment'], partitions: number, members: number, before: readonly number[]): number[] {
  switch (how) {
    case 'range':
      return assignRange(partitions, members);
    case 'round-robin':
      return Array.from({ length: partitions }, (_, partition) => partition % members);
    case 'sticky':
    case 'cooperative-sticky':
      return assignSticky(partitions, members, before);
  }
}

/**
 * The same for members that say what they read, and since when: of two that say so of one partition the later generation counts. What a
 * cooperative assignor gives into new hands stays with nobody (−1) in this generation: its owner gives it up first, and joins again.
 */
export function assignAmong(how: Group['assignment'], partitions: number, claims: readonly Claim[]): number[] {
  const before = Array.from({ length: partitions }, (_, partition) => {
    const generations = claims.map(({ partitions: own, generation }) => (own.includes(partition) ? generation : -1));
    const latest = Math.max(...generations);
    return latest < 0 ? -1 : generations.indexOf(latest);
  });
  const assignment = assignPartitions(how, partitions, claims.length, before);
  if (how !== 'cooperative-sticky') return assignment;
  return assignment.map((member, partition) => (before[partition]! < 0 || before[partition] === member ? member : -1));
}

/** Neighbouring partitions to each; the first members get one more when it does not come out even. */
function assignRange(partitions: number, members: number): number[] {
  const each = Math.floor(partitions / members);
  const withOneMore = partitions % members;
  return Array.from({ length: members }, (_, member) => Array<number>(each + (member < withOneMore ? 1 : 0)).fill(member)).flat();
}

/**
 * Balanced, and with as few partitions as possible in new hands: everybody keeps what they had up to an even share, those with most take
 * the shares that are one larger, and what is left goes to whoever has least.
 */
function assignSticky(partitions: number, members: number, before: readonly number[]): number[] {
  const assignment = Array<number>(partitions).fill(-1);
  const each = Math.floor(partitions / members);
  let larger = partitions % members;
  const had = Array.from({ length: members }, (_, member) =>
    Array.from({ length: partitions }, (__, partition) => partition).filter((partition) => before[partition] === member),
  );
  const counts = Array<number>(members).fill(0);
  for (const [member, own] of had.entries()) {
    const most = own.length > each && larger > 0 ? each + 1 : each;
    if (most > each) larger--;
    for (const partition of own.slice(0, most)) assignment[partition] = member;
    counts[member] = Math.min(most, own.length);
  }
  for (let partition = 0; partition < partitions; partition++) {
    if (assignment[partition]! >= 0) continue;
    const least = counts.indexOf(Math.min(...counts));
    assignment[partition] = least;
    counts[least]!++;
  }
  return assignment;
}
