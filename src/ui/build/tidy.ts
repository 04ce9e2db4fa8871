/** Puts components in layers from left to right by dagre (Sugiyama's method), which is loaded when it is first wanted. */
import type { PlanBox } from '../../geometry/blueprint';
import type { Position } from '../../model/edits/components';
import type { JsonRecord } from '../../model/variant';

const GAP = { layer: 96, beside: 44 } as const;

/** The new centre of every component. */
export async function tidied(plan: readonly PlanBox[], links: readonly JsonRecord[]): Promise<ReadonlyMap<string, Position>> {
  const { Graph, layout } = await import('@dagrejs/dagre');
  const graph = new Graph().setGraph({ rankdir: 'LR', ranksep: GAP.layer, nodesep: GAP.beside });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of plan) graph.setNode(id, { width, height });
  for (const { from, to } of links) {
    if (typeof from === 'string' && typeof to === 'string' && graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to);
  }
  layout(graph);
  return new Map(plan.map(({ id }) => [id, [graph.node(id).x, graph.node(id).y] as const]));
}
