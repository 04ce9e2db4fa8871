/** Which column each component stands in: clients left, and everything right of whoever sends to it. */
import type { Graph } from './graph';

export interface Columns {
  /** Column of each node by place; nodes on the way back have none. */
  readonly of: ReadonlyMap<number, number>;
  /** Nodes that only carry answers back to those who stand further left, such as a reply queue. */
  readonly wayBack: readonly number[];
}

/** Longest paths from the clients. A link that closes a circle does not count; a queue it leaves is on the way back. */
export function columnsOf(graph: Graph): Columns {
  const outOf = new Map<number, number[]>(graph.nodes.map(({ place }) => [place, []]));
  const entered = new Set(graph.links.map(({ to }) => to));
  for (const { from, to } of graph.links) outOf.get(from)!.push(to);
  const order: number[] = [];
  const state = new Map<number, 'open' | 'done'>();
  const closing = new Set<string>();
  const visit = (place: number): void => {
    state.set(place, 'open');
    for (const next of outOf.get(place)!) {
      if (state.get(next) === 'open') closing.add(`${place}>${next}`);
      else if (!state.has(next)) visit(next);
    }
    state.set(place, 'done');
    order.unshift(place);
  };
  const starts = [
    ...graph.nodes.filter(({ kind }) => kind === 'client'),
    ...graph.nodes.filter(({ place }) => !entered.has(place)),
    ...graph.nodes,
  ];
  for (const { place } of starts) if (!state.has(place)) visit(place);
  const wayBack = graph.nodes.filter(({ place, kind }) => {
    const next = outOf.get(place)!;
    return kind === 'queue' && next.length > 0 && next.every((to) => closing.has(`${place}>${to}`));
  });
  const back = new Set(wayBack.map(({ place }) => place));
  const columns = new Map<number, number>();
  for (const place of order) {
    if (back.has(place)) continue;
    const column = columns.get(place) ?? 0;
    columns.set(place, column);
    for (const next of outOf.get(place)!) {
      if (!closing.has(`${place}>${next}`) && !back.has(next)) columns.set(next, Math.max(columns.get(next) ?? 0, column + 1));
    }
  }
  return { of: columns, wayBack: wayBack.map(({ place }) => place) };
}
