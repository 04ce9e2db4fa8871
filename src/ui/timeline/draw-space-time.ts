/** Draws one lane of the space–time diagram on a canvas. */
import { arrowEnds, MOST_ROWS, xOf, type Band } from '../../geometry/space-time';
import type { Arrow, Span } from '../../metrics/stretch';
import type { DelayPart } from '../../model/delay-part';
import { MessageKind } from '../../model/trace';
import { addShape, isLine, lookOf, partOf, UNLIT } from '../stage/message-shapes';
import type { Palette } from '../stage/palette.svelte';
import { mainKindOf, waitingRows, type LaneDrawing } from './space-time-lane';

/** Up to so many arrows get the shape of their kind at their head. */
const MOST_SHAPES = 400;
const LOST_AT = 0.55;

export function drawLane(
  context: CanvasRenderingContext2D,
  drawing: LaneDrawing,
  palette: Palette,
  request: number | undefined,
  lit: DelayPart | undefined,
): void {
  const { detail } = drawing.content;
  for (const band of drawing.bands) drawLifeLine(context, band, drawing.width, palette);
  for (const band of drawing.bands) {
    drawWaiting(context, drawing, band, litAlpha(lit, 'Td'), palette);
    if (band.node.kind !== 'service') continue;
    if (detail && band.node.workers <= MOST_ROWS) drawWork(context, drawing, band, detail.spans, litAlpha(lit, 'Ts'), palette);
    else drawArea(context, drawing, band, 'busy', litAlpha(lit, 'Ts'), palette);
  }
  if (!detail) return drawFlows(context, drawing, lit, palette);
  const shapes = detail.arrows.length <= MOST_SHAPES;
  if (request === undefined) return drawArrows(context, drawing, detail.arrows, shapes, 1, lit, palette);
  drawArrows(
    context,
    drawing,
    detail.arrows.filter((arrow) => arrow.request !== request),
    false,
    0.22,
    lit,
    palette,
  );
  drawArrows(
    context,
    drawing,
    detail.arrows.filter((arrow) => arrow.request === request),
    true,
    1,
    lit,
    palette,
  );
  drawChosenSpans(
    context,
    drawing,
    detail.spans.filter((span) => span.request === request),
    palette,
  );
}

/** Keeps the drawing to the stretch whose trace is in memory. */
export function clipToMemory(context: CanvasRenderingContext2D, { reader, view, width }: LaneDrawing): void {
  const { keptFrom, endMicros, durationMicros } = reader.lane;
  const from = keptFrom.record > 0 ? Math.max(0, xOf(view, width, keptFrom.micros)) : 0;
  const to = endMicros < durationMicros ? Math.min(width, xOf(view, width, endMicros)) : width;
  context.beginPath();
  context.rect(from, 0, Math.max(0, to - from), context.canvas.height);
  context.clip();
}

function litAlpha(lit: DelayPart | undefined, part: DelayPart): number {
  return lit === undefined || lit === part ? 1 : UNLIT;
}

function drawLifeLine(context: CanvasRenderingContext2D, band: Band, width: number, palette: Palette): void {
  if (band.node.kind === 'client') {
    context.fillStyle = palette['line-strong'];
    context.fillRect(0, band.top + band.height / 2 - 0.5, width, 1);
    return;
  }
  context.fillStyle = palette.sunken;
  context.fillRect(0, band.top, width, band.height);
}

function drawWaiting(context: CanvasRenderingContext2D, drawing: LaneDrawing, band: Band, alpha: number, palette: Palette): void {
  if (band.node.kind === 'client') return;
  const rows = waitingRows(drawing, band);
  if (!rows) return drawArea(context, drawing, band, 'waiting', alpha, palette);
  context.fillStyle = palette.Td;
  context.globalAlpha = alpha;
  for (const span of rows.spans) {
    const [x, width] = extent(drawing, span);
    context.fillRect(x, band.workTop - (span.row + 1) * rows.pitch, width, Math.max(1, rows.pitch - 1));
  }
  context.globalAlpha = 1;
}

function drawWork(
  context: CanvasRenderingContext2D,
  drawing: LaneDrawing,
  band: Band,
  spans: readonly Span[],
  alpha: number,
  palette: Palette,
): void {
  context.fillStyle = palette.Ts;
  for (const part of ['held', 'work'] as const) {
    context.globalAlpha = part === 'held' ? 0.25 * alpha : alpha;
    for (const span of spans) {
      if (span.part !== part || span.place !== band.node.place) continue;
      const [x, width] = extent(drawing, span);
      // A seam between two pieces of work of one worker, as long as there is room for it.
      const seam = part === 'work' && width > 4 ? 1 : 0;
      context.fillRect(
        x + seam,
        band.workTop + span.row * band.workPitch,
        width - seam,
        Math.max(1, band.workPitch - (band.workPitch > 3 ? 1 : 0.4)),
      );
    }
  }
  context.globalAlpha = 1;
}

/** A count over time as an area that stands on its base. Lines are scaled to the longest of the run: a growing one is seen to grow. */
function drawArea(
  context: CanvasRenderingContext2D,
  drawing: LaneDrawing,
  band: Band,
  what: 'waiting' | 'busy',
  alpha: number,
  palette: Palette,
): void {
  const { count, [what]: values } = drawing.content.columns;
  const [base, room] =
    what === 'busy' ? [band.top + band.height, band.top + band.height - band.workTop] : [band.workTop, band.workTop - band.top];
  const offset = band.node.place * count;
  const most = what === 'busy' ? band.node.workers : drawing.mostWaiting[band.node.place]!;
  const width = drawing.width / count;
  context.fillStyle = palette[what === 'busy' ? 'Ts' : 'Td'];
  context.globalAlpha = alpha;
  context.beginPath();
  context.moveTo(0, base);
  for (let column = 0; column < count; column++) {
    const y = base - (room * values[offset + column]!) / Math.max(1, most);
    context.lineTo(column * width, y);
    context.lineTo((column + 1) * width, y);
  }
  context.lineTo(drawing.width, base);
  context.fill();
  context.globalAlpha = 1;
}

function drawArrows(
  context: CanvasRenderingContext2D,
  drawing: LaneDrawing,
  arrows: readonly Arrow[],
  shapes: boolean,
  alpha: number,
  lit: DelayPart | undefined,
  palette: Palette,
): void {
  const { endsOf, view, width } = drawing;
  const kinds = new Map<MessageKind, Arrow[]>();
  for (const arrow of arrows) {
    const same = kinds.get(arrow.kind);
    if (same) same.push(arrow);
    else kinds.set(arrow.kind, [arrow]);
  }
  const crosses = new Path2D();
  context.lineCap = 'round';
  for (const [kind, same] of kinds) {
    const { shape, colour } = lookOf(kind);
    const quiet = shape === 'tick';
    const heads = new Path2D();
    const crossing = new Path2D();
    context.globalAlpha = (quiet ? alpha * 0.5 : alpha) * litAlpha(lit, partOf(kind));
    context.strokeStyle = palette[colour];
    context.lineWidth = quiet ? 0.8 : 1.3;
    context.beginPath();
    for (const arrow of same) {
      const ends = endsOf.get(arrow.place);
      if (!ends) continue;
      const [fromY, toY] = arrowEnds(ends.from, ends.to);
      const [fromX, arriveX] = [xOf(view, width, arrow.sentMicros), xOf(view, width, arrow.arrivesMicros)];
      const share = arrow.lost ? LOST_AT : 1;
      const [toX, endY] = [fromX + (arriveX - fromX) * share, fromY + (toY - fromY) * share];
      const line = crossesBand(drawing, arrow.place) ? crossing : context;
      line.moveTo(fromX, fromY);
      line.lineTo(toX, endY);
      if (arrow.lost) addShape(crosses, 'cross', toX, endY, 3.5);
      else if (shapes && !quiet) addShape(heads, shape, toX, endY, shape === 'ring' ? 2.2 : 2.8);
    }
    context.stroke();
    context.globalAlpha *= 0.5;
    context.stroke(crossing);
    context.globalAlpha *= 2;
    if (isLine(shape)) {
      context.fillStyle = palette.surface;
      context.fill(heads);
      context.stroke(heads);
    } else {
      context.fillStyle = palette[colour];
      context.fill(heads);
    }
  }
  context.globalAlpha = alpha;
  context.strokeStyle = palette.lost;
  context.lineWidth = 2;
  context.stroke(crosses);
  context.globalAlpha = 1;
}

/** Other components' bands lie between the ends: the arrow passes behind, so to say. */
function crossesBand({ bands, endsOf }: LaneDrawing, place: number): boolean {
  const ends = endsOf.get(place);
  return ends !== undefined && Math.abs(bands.indexOf(ends.from) - bands.indexOf(ends.to)) > 1;
}

/** Too many to draw: how many each way carries, the darker the more; the way there above the way back. */
function drawFlows(context: CanvasRenderingContext2D, drawing: LaneDrawing, lit: DelayPart | undefined, palette: Palette): void {
  const { count, sent, lost } = drawing.content.columns;
  const width = drawing.width / count;
  let most = 1;
  for (const value of sent) most = Math.max(most, value);
  for (const [place, { from, to }] of drawing.endsOf) {
    // Shown in the gap beside the sender, on the side of the receiver.
    const down = from.top < to.top;
    const beside = drawing.bands[drawing.bands.indexOf(from) + (down ? 1 : -1)]!;
    const [upper, lower] = down ? [from, beside] : [beside, from];
    const [top, bottom] = [upper.top + upper.height + 1, lower.top - 1];
    const half = (bottom - top) / 2;
    const y = down ? top : top + half;
    const kind = mainKindOf(drawing, place);
    const alpha = litAlpha(lit, partOf(kind));
    for (let column = 0; column < count; column++) {
      const value = sent[place * count + column]!;
      if (value === 0) continue;
      context.globalAlpha = alpha * (0.15 + (0.85 * value) / most);
      context.fillStyle = palette[lookOf(kind).colour];
      context.fillRect(column * width, y, width, Math.max(1, half - 1));
      if (lost[place * count + column]! === 0) continue;
      context.globalAlpha = 1;
      context.fillStyle = palette.lost;
      context.fillRect(column * width, y, width, 2);
    }
  }
  context.globalAlpha = 1;
}

function drawChosenSpans(context: CanvasRenderingContext2D, drawing: LaneDrawing, spans: readonly Span[], palette: Palette): void {
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.4;
  for (const span of spans) {
    const band = drawing.bandOf.get(span.place);
    if (!band || span.part === 'work') continue;
    const [x, width] = extent(drawing, span);
    if (span.part === 'held' && band.node.workers <= MOST_ROWS) {
      context.strokeRect(x, band.workTop + span.row * band.workPitch, width, Math.max(1, band.workPitch - 1));
    }
    const rows = span.part === 'waiting' ? waitingRows(drawing, band) : undefined;
    if (rows) context.strokeRect(x, band.workTop - (span.row + 1) * rows.pitch, width, Math.max(1, rows.pitch - 1));
  }
}

function extent({ view, width }: LaneDrawing, { fromMicros, toMicros }: Span): readonly [x: number, width: number] {
  const from = Math.max(-2, xOf(view, width, fromMicros));
  const to = Math.min(width + 2, xOf(view, width, toMicros));
  return [from, Math.max(0.8, to - from)];
}
