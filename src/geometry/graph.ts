/** Components and links of a lane, by place: what there is to lay out. */
import type { ComponentKind } from '../model/component-kind';
import type { LaneResult } from '../model/run-result';
import type { Scenario } from '../model/scenario';

export interface GraphNode {
  readonly place: number;
  readonly kind: ComponentKind;
  readonly id: string;
  readonly workers: number;
  /** Partitions of a topic; 0 for what has none. */
  readonly partitions: number;
  /** Of each of its partitions: more than one when a topic is replicated. */
  readonly copies: number;
  /** Where the scenario wants its centre. */
  readonly at: readonly [x: number, y: number] | undefined;
}

export interface GraphLink {
  readonly link: number;
  /** Places of the components at its ends. */
  readonly from: number;
  readonly to: number;
  /** Places of its two ways. */
  readonly forth: number;
  readonly back: number;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly links: readonly GraphLink[];
}

/** The graph of a lane; the scenario, when given, says where components stand. */
export function graphOf(lane: Pick<LaneResult, 'places' | 'workersOfPlace'>, scenario?: Pick<Scenario, 'components'>): Graph {
  const nodes: GraphNode[] = [];
  const placeOf = new Map<string, number>();
  const ends = new Map<number, { from: string; to: string; forth: number; back: number }>();
  lane.places.forEach((place, index) => {
    if (place.kind === 'link') {
      const [from, to] = place.way === 'forth' ? [place.from, place.to] : [place.to, place.from];
      ends.set(place.link, { forth: -1, back: -1, ...ends.get(place.link), from, to, [place.way]: index });
      return;
    }
    if (place.kind === 'part' || place.kind === 'attacker') return;
    placeOf.set(place.id, index);
    const at = scenario?.components.find(({ id }) => id === place.id)?.at;
    nodes.push({
      place: index,
      kind: place.kind,
      id: place.id,
      workers: lane.workersOfPlace[index] ?? 0,
      partitions: place.kind === 'topic' ? place.partitions : 0,
      copies: place.kind === 'topic' ? place.copies : 1,
      at,
    });
  });
  const links = [...ends].flatMap(([link, { from, to, forth, back }]): GraphLink[] => {
    const [fromPlace, toPlace] = [placeOf.get(from), placeOf.get(to)];
    return fromPlace === undefined || toPlace === undefined ? [] : [{ link, from: fromPlace, to: toPlace, forth, back }];
  });
  return { nodes, links };
}
