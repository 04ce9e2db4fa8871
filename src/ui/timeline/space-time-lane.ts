/** One lane of the space–time diagram, measured: what to draw for a stretch of time, and what lies under the pointer. */
import { graphOf, type Graph } from '../../geometry/graph';
import { arrowEnds, bandsOf, distanceToLine, xOf, type Band } from '../../geometry/space-time';
import type { Viewport } from '../../geometry/time-scale';
import type { SceneReader } from '../../metrics/scene';
import { readStretch, type Arrow, type Span, type StretchContent } from '../../metrics/stretch';
import { MessageKind, RecordKind } from '../../model/trace';

export interface LaneDrawing {
  readonly reader: SceneReader;
  readonly graph: Graph;
  readonly view: Viewport;
  readonly width: number;
  readonly top: number;
  readonly height: number;
  readonly bands: readonly Band[];
  readonly bandOf: ReadonlyMap<number, Band>;
  /** Bands at both ends of each link way, by place. */
  readonly endsOf: ReadonlyMap<number, { readonly from: Band; readonly to: Band }>;
  readonly content: StretchContent;
  /** The longest line of the whole run at each place, at least 1. */
  readonly mostWaiting: readonly number[];
}

/** What a pointer can be over. */
export type Hit = { readonly kind: 'message'; readonly arrow: Arrow } | { readonly kind: 'span'; readonly span: Span };

export function measureLane(reader: SceneReader, view: Viewport, top: number, width: number, height: number): LaneDrawing {
  const graph = graphOf(reader.lane);
  const bands = bandsOf(graph, top, height);
  const bandOf = new Map(bands.map((band) => [band.node.place, band]));
  const endsOf = new Map<number, { from: Band; to: Band }>();
  for (const { from, to, forth, back } of graph.links) {
    const [a, b] = [bandOf.get(from), bandOf.get(to)];
    if (!a || !b) continue;
    endsOf.set(forth, { from: a, to: b });
    endsOf.set(back, { from: b, to: a });
  }
  const content = readStretch(reader, view, Math.max(1, Math.floor(width / 2)));
  return { reader, graph, view, width, top, height, bands, bandOf, endsOf, content, mostWaiting: mostWaitingOf(reader) };
}

/** From the start, as much time as has about so many messages. */
export function firstView({ profile, lane }: SceneReader, arrows: number): Viewport {
  const places = lane.places.length;
  const last = profile.timeMicros.length - 1;
  let sent = 0;
  for (let place = 0; place < places; place++) sent += profile.sent[last * places + place] ?? 0;
  const elapsed = profile.timeMicros[last] ?? 0;
  return { fromMicros: 0, toMicros: Math.max(1, sent > arrows ? Math.min(lane.endMicros, (elapsed * arrows) / sent) : lane.endMicros) };
}

function mostWaitingOf({ profile, lane }: SceneReader): readonly number[] {
  const places = lane.places.length;
  const most = new Array<number>(places).fill(1);
  for (let at = 0; at < profile.waiting.length; at++) most[at % places] = Math.max(most[at % places]!, profile.waiting[at]!);
  return most;
}

/** The rows of those who wait, as far as the band has room for rows; undefined when only an area can show them. */
export function waitingRows(drawing: LaneDrawing, band: Band): { readonly spans: readonly Span[]; readonly pitch: number } | undefined {
  const { detail } = drawing.content;
  if (!detail) return undefined;
  const spans = detail.spans.filter(({ place, part }) => part === 'waiting' && place === band.node.place);
  const rows = spans.reduce((most, { row }) => Math.max(most, row + 1), 0);
  const room = band.workTop - band.top;
  return rows * 2 <= room ? { spans, pitch: Math.min(5, room / Math.max(1, rows)) } : undefined;
}

/** Records that are looked through to find out what a way carries. */
const LOOK_THROUGH = 20_000;
const kindsSeen = new WeakMap<SceneReader, ReadonlyMap<number, MessageKind>>();

/** The kind of message that a way carries, as the first one shows: what many of them are coloured by. */
export function mainKindOf({ reader }: LaneDrawing, place: number): MessageKind {
  let kinds = kindsSeen.get(reader);
  if (!kinds) kindsSeen.set(reader, (kinds = firstKinds(reader)));
  return kinds.get(place) ?? MessageKind.request;
}

function firstKinds({ trace }: SceneReader): ReadonlyMap<number, MessageKind> {
  const kinds = new Map<number, MessageKind>();
  const end = Math.min(trace.end, trace.first + LOOK_THROUGH);
  for (let record = trace.first; record < end; record++) {
    if (trace.kindOf(record) !== RecordKind.messageSent) continue;
    const { place, detail } = trace.row(record);
    if (!kinds.has(place)) kinds.set(place, detail as MessageKind);
  }
  return kinds;
}

/** The nearest message within a few px, or the bar under the point. */
export function hitAt(drawing: LaneDrawing, x: number, y: number): Hit | undefined {
  const { content, endsOf, view, width, bandOf } = drawing;
  if (!content.detail) return undefined;
  let nearest: Arrow | undefined;
  let least = 5;
  for (const arrow of content.detail.arrows) {
    const ends = endsOf.get(arrow.place);
    if (!ends) continue;
    const [fromY, toY] = arrowEnds(ends.from, ends.to);
    const distance = distanceToLine(x, y, xOf(view, width, arrow.sentMicros), fromY, xOf(view, width, arrow.arrivesMicros), toY);
    if (distance < least) [nearest, least] = [arrow, distance];
  }
  if (nearest) return { kind: 'message', arrow: nearest };
  for (const band of bandOf.values()) {
    if (y < band.top || y > band.top + band.height) continue;
    const over = (span: Span): boolean => xOf(view, width, span.fromMicros) <= x + 1 && xOf(view, width, span.toMicros) >= x - 1;
    const found = y >= band.workTop ? workUnder(drawing, band, y).findLast(over) : waitingUnder(drawing, band, y).find(over);
    if (found) return { kind: 'span', span: found };
  }
  return undefined;
}

function workUnder({ content }: LaneDrawing, band: Band, y: number): readonly Span[] {
  const worker = Math.floor((y - band.workTop) / band.workPitch);
  return content.detail!.spans.filter(({ place, part, row }) => place === band.node.place && part !== 'waiting' && row === worker);
}

function waitingUnder(drawing: LaneDrawing, band: Band, y: number): readonly Span[] {
  const rows = waitingRows(drawing, band);
  return rows ? rows.spans.filter(({ row }) => row === Math.floor((band.workTop - y) / rows.pitch)) : [];
}

/** Px for each component: with less, bands and names run into each other, and the diagram rather scrolls. */
const BAND_LEAST = 14;

/** The height that lanes of equal height need, each with so many px beside its bands. */
export function leastHeight(lanes: readonly { readonly reader: SceneReader }[], beside: number): number {
  const bands = lanes.map(({ reader }) => reader.lane.places.filter(({ kind }) => kind !== 'link').length);
  return lanes.length * (beside + Math.max(1, ...bands) * BAND_LEAST);
}
