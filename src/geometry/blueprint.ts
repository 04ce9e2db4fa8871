/** A scenario file as a plan to build on: its components as boxes with their centres, in px of the canvas, whether or not the file is right. */
import { COMPONENT_KINDS } from '../model/component-kind';
import { isRecord, type JsonRecord } from '../model/variant';
import type { Graph, GraphNode } from './graph';
import { layoutTopology } from './topology';

export interface PlanBox {
  readonly id: string;
  readonly node: GraphNode;
  /** The centre. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How large the plan is when nobody has placed anything. */
const PANE = { width: 860, height: 480 };

/** Every component with a kind that there is. What the file does not place stands where the stage would put it, beside what it does place. */
export function planOf(file: JsonRecord): readonly PlanBox[] {
  const graph = graphOfFile(file);
  const { boxes } = layoutTopology(graph, PANE);
  const anchor = boxes.find(({ node }) => node.at);
  const shift = { x: 0, y: 0 };
  if (anchor?.node.at) {
    shift.x = anchor.node.at[0] - (anchor.x + anchor.width / 2);
    shift.y = anchor.node.at[1] - (anchor.y + anchor.height / 2);
  }
  return boxes.map(({ node, x, y, width, height }) => {
    const [cx, cy] = node.at ?? [x + width / 2 + shift.x, y + height / 2 + shift.y];
    return { id: node.id, node, x: cx, y: cy, width, height };
  });
}

/** Components and links of a scenario file, those that can be read of it. Without a run, ways of links have negative places. */
export function graphOfFile(file: JsonRecord): Graph {
  const nodes: GraphNode[] = [];
  for (const [id, component] of Object.entries(isRecord(file['components']) ? file['components'] : {})) {
    const kind = isRecord(component) ? COMPONENT_KINDS.find((known) => known === component['kind']) : undefined;
    if (!kind || !isRecord(component)) continue;
    nodes.push({
      place: nodes.length,
      kind,
      id,
      workers: kind === 'service' ? count(component['workers'], 1) : 0,
      partitions: kind === 'topic' ? count(component['partitions'], 1) : 0,
      copies: kind === 'topic' ? count(component['replication'], 1) : 1,
      at: positionOf(component['at']),
    });
  }
  const placeOf = new Map(nodes.map(({ id, place }) => [id, place]));
  const links = (Array.isArray(file['links']) ? (file['links'] as unknown[]) : []).flatMap((link, index) => {
    if (!isRecord(link)) return [];
    const [from, to] = [placeOf.get(link['from'] as string), placeOf.get(link['to'] as string)];
    return from === undefined || to === undefined ? [] : [{ link: index, from, to, forth: -1 - 2 * index, back: -2 - 2 * index }];
  });
  return { nodes, links };
}

/** A count that is not right yet takes the room of the usual one. */
function count(value: unknown, usual: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : usual;
}

function positionOf(at: unknown): readonly [number, number] | undefined {
  if (!Array.isArray(at) || at.length !== 2) return undefined;
  const [x, y] = at as unknown[];
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : undefined;
}
