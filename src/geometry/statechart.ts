/**
 * Lays a statechart out: few states in a row in their own order, many in columns by their distance from the initial one; regions of a
 * parallel state stand one below another. Transitions to the right run above, those back below.
 */
import type { Chart } from '../model/chart';

export interface StateBox {
  readonly id: string;
  /** What is written on it: the last part of a dotted id. */
  readonly name: string;
  readonly kind: Chart['states'][number]['kind'];
  readonly initial: boolean;
  readonly depth: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** It holds other states; its name stands at its top. */
  readonly container: boolean;
  /** Events that it takes without leaving, each as `event [guard]`. */
  readonly inside: readonly string[];
}

/** All transitions from one state to another as one edge, with what sets them off. */
export interface StateEdge {
  readonly from: string;
  readonly to: string;
  /** Each as `event [guard]`. */
  readonly labels: readonly string[];
  /** The events alone, in one line. */
  readonly text: string;
  /** The `d` of an SVG path; its arrow head is at the end. */
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
}

export interface StateChartLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly StateBox[];
  readonly edges: readonly StateEdge[];
}

type State = Chart['states'][number];

/** Px. `letter` and `label` are the widths of a letter in a name and in the words at an edge. */
const SIZE = { letter: 7.6, height: 32, padding: 14, gapX: 84, gapY: 40, header: 26, label: 6.2, line: 14 } as const;
/** Between the events of one edge. */
const SEPARATOR = ' · ';
const MARGIN = 16;
/** So many states stand in one row; more would make it too wide to read. */
const MOST_IN_ROW = 6;

export function layoutStatechart(chart: Chart): StateChartLayout {
  const childrenOf = (parent: string | undefined): State[] => chart.states.filter((state) => state.parent === parent);
  const labels = labelsOf(chart);
  const insideOf = (id: string): string[] => labels.get(`${id}\n${id}`) ?? [];
  const boxes: StateBox[] = [];

  /** Places the children of a state with their top left at (x, y) and returns how much room they take. */
  const place = (parent: State | undefined, x: number, y: number, depth: number): { width: number; height: number } => {
    const children = childrenOf(parent?.id);
    const columns = parent?.kind === 'parallel' ? [children] : children.length <= MOST_IN_ROW ? inRow(children) : layersOf(children, chart);
    let left = x;
    let height = 0;
    columns.forEach((column, index) => {
      let top = y;
      let width = 0;
      for (const state of column) {
        const container = childrenOf(state.id).length > 0;
        const at = boxes.length;
        const inner = container ? place(state, left + SIZE.padding, top + SIZE.header, depth + 1) : { width: 0, height: 0 };
        const inside = insideOf(state.id);
        const events = eventsIn(inside);
        const wordsWidth = Math.max(0, ...events.map((event) => event.length * SIZE.label));
        const ownHeight = SIZE.height + (events.length > 0 ? events.length * SIZE.line + 4 : 0);
        const box = {
          id: state.id,
          name: nameOf(state.id),
          kind: state.kind,
          initial: state.initial,
          depth,
          x: left,
          y: top,
          container,
          inside,
          width: Math.max(
            72,
            inner.width + 2 * SIZE.padding,
            nameOf(state.id).length * SIZE.letter + 2 * SIZE.padding,
            wordsWidth + 2 * SIZE.padding,
          ),
          height: container ? inner.height + SIZE.header + SIZE.padding : ownHeight,
        };
        // A container comes before what it holds, so that it is drawn beneath.
        boxes.splice(at, 0, box);
        top += box.height + SIZE.gapY;
        width = Math.max(width, box.width);
      }
      height = Math.max(height, top - y - SIZE.gapY);
      left += width + (index < columns.length - 1 ? gapAfter(column, columns[index + 1]!, labels) : 0);
    });
    return { width: left - x, height };
  };

  const roots = childrenOf(undefined);
  // A machine's root holds everything and says nothing: what it holds is the picture.
  const root = roots.length === 1 && childrenOf(roots[0]!.id).length > 0 ? roots[0] : undefined;
  const size = place(root, 0, 0, 0);
  const centred = centreLayers(boxes, size.height);
  const edges = [...labels].flatMap(([key, texts]) => {
    const [from, to] = key.split('\n') as [string, string];
    if (from === to) return [];
    const [a, b] = [centred.find(({ id }) => id === from), centred.find(({ id }) => id === to)];
    return a && b ? [{ from, to, labels: texts, text: eventsIn(texts).join(SEPARATOR), ...routeOf(a, b, centred) }] : [];
  });
  return framed(centred, edges, size);
}

function labelsOf(chart: Chart): Map<string, string[]> {
  const labels = new Map<string, string[]>();
  for (const { from, to, event, guard } of chart.transitions) {
    const key = `${from}\n${to ?? from}`;
    const text = guard ? `${event} [${guard}]` : event;
    const texts = labels.get(key);
    if (!texts) labels.set(key, [text]);
    else if (!texts.includes(text)) texts.push(text);
  }
  return labels;
}

/** The initial state first, the others as they are written: authors write them in the order in which things go. */
function inRow(states: readonly State[]): State[][] {
  return [...states.filter(({ initial }) => initial), ...states.filter(({ initial }) => !initial)].map((state) => [state]);
}

/** Columns by the number of transitions from the initial state; what cannot be reached stands in the last. */
function layersOf(states: readonly State[], chart: Chart): State[][] {
  const parentOf = new Map(chart.states.map(({ id, parent }) => [id, parent]));
  const among = new Set(states.map(({ id }) => id));
  /** The one of these states that holds the given one, or is it. */
  const holder = (id: string | undefined): string | undefined => (id === undefined || among.has(id) ? id : holder(parentOf.get(id)));
  const layer = new Map<string, number>();
  const first = states.find(({ initial }) => initial) ?? states[0];
  const queue = first ? [first.id] : [];
  if (first) layer.set(first.id, 0);
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    for (const { from, to } of chart.transitions) {
      const next = holder(to);
      if (holder(from) !== id || next === undefined || layer.has(next)) continue;
      layer.set(next, layer.get(id)! + 1);
      queue.push(next);
    }
  }
  const last = Math.max(0, ...layer.values());
  const columns: State[][] = [];
  for (const state of states) (columns[layer.get(state.id) ?? last] ??= []).push(state);
  return columns.filter((column) => column !== undefined);
}

/** Room for the longest words between two columns. */
function gapAfter(left: readonly State[], right: readonly State[], labels: ReadonlyMap<string, readonly string[]>): number {
  const [here, there] = [new Set(left.map(({ id }) => id)), new Set(right.map(({ id }) => id))];
  let widest = 0;
  for (const [key, texts] of labels) {
    const [from, to] = key.split('\n') as [string, string];
    const between = (here.has(from) && there.has(to)) || (here.has(to) && there.has(from));
    if (between) widest = Math.max(widest, eventsIn(texts).join(SEPARATOR).length * SIZE.label + 28);
  }
  return Math.max(SIZE.gapX, widest);
}

/** Top-level columns are centred on one line, with all that their states hold. */
function centreLayers(boxes: readonly StateBox[], height: number): StateBox[] {
  const tops = boxes.filter(({ depth }) => depth === 0);
  const bottomOf = new Map<number, number>();
  for (const { x, y, height: own } of tops) bottomOf.set(x, Math.max(bottomOf.get(x) ?? 0, y + own));
  return boxes.map((box) => {
    const top = tops.find(({ x, width }) => box.x >= x && box.x < x + width)!;
    return { ...box, y: box.y + (height - bottomOf.get(top.x)!) / 2 };
  });
}

function routeOf(a: StateBox, b: StateBox, boxes: readonly StateBox[]): { path: string; labelX: number; labelY: number } {
  const [ax, ay, bx, by] = [a.x + a.width / 2, a.y + a.height / 2, b.x + b.width / 2, b.y + b.height / 2];
  const sameColumn = a.x < b.x + b.width && b.x < a.x + a.width;
  if (sameColumn) {
    const down = by > ay;
    const x = down ? Math.min(ax, bx) + 12 : Math.max(ax, bx) - 12;
    const [from, to] = down ? [a.y + a.height, b.y] : [a.y, b.y + b.height];
    return { path: `M${x} ${from}L${x} ${to}`, labelX: x + (down ? 6 : -6), labelY: (from + to) / 2 };
  }
  const right = bx > ax;
  const next = !boxes.some((box) => box !== a && box !== b && box.depth === a.depth && between(box, a, b));
  const [from, to] = right ? [a.x + a.width, b.x] : [a.x, b.x + b.width];
  if (next) {
    // The way there runs above the middle, the way back below, so that both can be told apart.
    const shift = right ? -7 : 7;
    const middle = (from + to) / 2;
    const path = `M${from} ${ay + shift}C${middle} ${ay + shift} ${middle} ${by + shift} ${to} ${by + shift}`;
    return { path, labelX: middle, labelY: (ay + by) / 2 + shift + (right ? -5 : 13) };
  }
  // The further the way, the higher the arc: arcs over one another do not meet.
  const over = boxes.filter((box) => box.depth === a.depth && between(box, a, b));
  const rise = 14 + 26 * over.length;
  const tops = [a, b, ...over].map((box) => (right ? box.y : box.y + box.height));
  const edge = right ? Math.min(...tops) - rise : Math.max(...tops) + rise;
  const [startX, endX] = right ? [ax + 12, bx - 12] : [ax - 12, bx + 12];
  const [startY, endY] = right ? [a.y, b.y] : [a.y + a.height, b.y + b.height];
  const bend = Math.min(40, Math.abs(endX - startX) / 3) * (right ? 1 : -1);
  const path =
    `M${startX} ${startY}C${startX} ${edge} ${startX + bend / 2} ${edge} ${startX + bend} ${edge}` +
    `L${endX - bend} ${edge}C${endX - bend / 2} ${edge} ${endX} ${edge} ${endX} ${endY}`;
  return { path, labelX: (startX + endX) / 2, labelY: edge + 4 };
}

function between(box: StateBox, a: StateBox, b: StateBox): boolean {
  const [from, to] = a.x < b.x ? [a.x + a.width, b.x] : [b.x + b.width, a.x];
  return box.x >= from && box.x + box.width <= to;
}

function framed(boxes: readonly StateBox[], edges: readonly StateEdge[], size: { width: number; height: number }): StateChartLayout {
  const highest = Math.min(0, ...edges.map(({ labelY }) => labelY - SIZE.line));
  const lowest = Math.max(size.height, ...edges.map(({ labelY }) => labelY + SIZE.line));
  return { width: size.width + 2 * MARGIN, height: lowest - highest + 2 * MARGIN, ...moveAll(boxes, edges, MARGIN, MARGIN - highest) };
}

function moveAll(boxes: readonly StateBox[], edges: readonly StateEdge[], x: number, y: number): Pick<StateChartLayout, 'boxes' | 'edges'> {
  return {
    boxes: boxes.map((box) => ({ ...box, x: box.x + x, y: box.y + y })),
    edges: edges.map((edge) => ({ ...edge, path: movePath(edge.path, x, y), labelX: edge.labelX + x, labelY: edge.labelY + y })),
  };
}

function movePath(path: string, x: number, y: number): string {
  return path.replace(/(-?[\d.]+) (-?[\d.]+)/g, (_, px: string, py: string) => `${round(Number(px) + x)} ${round(Number(py) + y)}`);
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1);
}

/** The events of labels, each once, without their guards. */
function eventsIn(labels: readonly string[]): string[] {
  return [...new Set(labels.map((label) => label.replace(/ \[.*$/, '')))];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
