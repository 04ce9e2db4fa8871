/** What the machines beside a component's own have to say at an instant: a breaker that is open, a spent budget, a rebalance. */
import type { Scene } from '../../metrics/scene';
import type { LaneResult } from '../../model/run-result';
import type { PartPlace } from '../../model/trace';

export interface PartChip {
  /** What the scenario calls the part. */
  readonly name: string;
  /** Key of what it is: `stage.part.breaker.open`. */
  readonly key: string;
  /** It keeps something from being done. */
  readonly isBad: boolean;
}

/** States worth saying, by machine: true for those that refuse or hold back. Of a breaker every state is, of the others those that are not usual. */
const SAID: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  breaker: { closed: false, halfOpen: false, open: true },
  bulkhead: { full: true },
  tokenBucket: { empty: true },
  shedding: { shedding: true },
  retryBudget: { spent: true },
  retryThrottle: { throttling: true },
  lifecycle: { asleep: false, waking: false, starting: false, stopping: false, stopped: true },
  groupMember: { joining: false, syncing: false, revoking: false, losing: true },
};

/** The states that are said, for the test that they have words. */
export const SAID_KEYS = Object.entries(SAID).flatMap(([machine, states]) => Object.keys(states).map((state) => keyOf(machine, state)));

/** By the place of the component they belong to; one chip for parts that are alike. */
export function partChips(lane: LaneResult, scene: Scene): ReadonlyMap<number, readonly PartChip[]> {
  const chips = new Map<number, PartChip[]>();
  for (const [at, place] of lane.places.entries()) {
    const chip = place.kind === 'part' ? chipOf(lane, scene, at, place) : undefined;
    if (!chip || place.kind !== 'part') continue;
    const others = chips.get(place.of) ?? [];
    if (!others.some(({ name, key }) => name === chip.name && key === chip.key)) chips.set(place.of, [...others, chip]);
  }
  return chips;
}

function chipOf(lane: LaneResult, scene: Scene, at: number, { id, to }: PartPlace): PartChip | undefined {
  const chart = lane.charts[lane.chartOfPlace[at] ?? -1];
  const said = SAID[chart?.id ?? ''];
  if (!chart || !said) return undefined;
  const counts = scene.places[at]!.configurations;
  const active = chart.configurations.filter((_, index) => (counts[index] ?? 0) > 0).flat();
  const initial = chart.states.filter((state) => state.initial && state.parent === chart.id).map((state) => state.id);
  const state = Object.keys(said).find((name) => (active.length > 0 ? active : initial).includes(`${chart.id}.${name}`));
  return state === undefined
    ? undefined
    : { name: to === undefined ? id : `${id} → ${to}`, key: keyOf(chart.id, state), isBad: said[state]! };
}

function keyOf(machine: string, state: string): string {
  return `stage.part.${machine}.${state}`;
}
