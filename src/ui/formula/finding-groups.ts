/** The sentences about several lanes in the order in which they are read: what is so in all lanes once, then what is so in each alone. */
import { mostTelling, type Finding } from '../../metrics/explain';

export interface Told {
  /** Where a click goes to; of what is so in all lanes, the first. */
  readonly lane: number;
  readonly finding: Finding;
  readonly text: string;
}

export interface FindingGroup {
  /** Undefined: it is so in all of them. */
  readonly lane: number | undefined;
  /** The most telling first. */
  readonly told: readonly Told[];
}

/** `byLane` has the sentences of each lane, the most telling first. Groups without any are left out. */
export function findingGroups(byLane: readonly (readonly Told[])[]): readonly FindingGroup[] {
  const [first = [], ...others] = byLane;
  if (others.length === 0) return first.length > 0 ? [{ lane: 0, told: first }] : [];
  const common = first.filter(({ text }) => others.every((told) => told.some((one) => one.text === text)));
  const isCommon = new Set(common.map(({ text }) => text));
  const own = byLane.map((told, lane) => ({ lane, told: told.filter(({ text }) => !isCommon.has(text)) }));
  return [{ lane: undefined, told: common }, ...own].filter(({ told }) => told.length > 0);
}

/** The most telling of all groups; of two alike the one that comes first. */
export function mostTellingOf(groups: readonly FindingGroup[]): { readonly group: FindingGroup; readonly told: Told } | undefined {
  const heads = groups.flatMap((group) => (group.told[0] ? [{ group, told: group.told[0] }] : []));
  return heads.sort((one, other) => mostTelling(one.told.finding, other.told.finding))[0];
}
