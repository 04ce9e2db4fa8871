/** Draws messages on a canvas: one path for each look, so that a thousand cost one fill. */
import type { Path } from '../../geometry/path';
import { addShape, isLine } from './message-shapes';
import type { PlacedMessage } from './lane-messages';
import type { Palette, Token } from './palette.svelte';

/** Of more messages of one look than this, lying on each other, nothing but seams would be seen. */
const SEAMED = 150;

/** Messages that fade share a path with those that are as far gone. */
export function drawMessages(context: CanvasRenderingContext2D, messages: readonly PlacedMessage[], palette: Palette): void {
  const batches = new Map<string, PlacedMessage[]>();
  for (const message of messages) {
    const key = `${message.look.shape} ${message.look.colour} ${message.alpha < 1 ? message.alpha.toFixed(1) : ''}`;
    const batch = batches.get(key);
    if (batch) batch.push(message);
    else batches.set(key, [message]);
  }
  for (const batch of batches.values()) {
    const { look, alpha } = batch[0]!;
    context.globalAlpha = alpha;
    context.beginPath();
    for (const { x, y, size } of batch)
      addShape(context, look.shape, x, y, look.shape === 'ring' ? size - 1 : look.shape === 'tick' ? size - 0.6 : size);
    paint(context, look.shape, palette[look.colour], batch.length > SEAMED ? undefined : palette.surface);
  }
  context.globalAlpha = 1;
}

/** @param surface what the messages lie on; undefined where they are too close for it to be seen between them */
function paint(
  context: CanvasRenderingContext2D,
  shape: PlacedMessage['look']['shape'],
  colour: string,
  surface: string | undefined,
): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  if (!isLine(shape)) {
    context.fillStyle = colour;
    context.fill();
    if (surface === undefined) return;
    // A thin seam, so that messages close together stay countable.
    context.lineWidth = 1;
    context.strokeStyle = surface;
    context.stroke();
    return;
  }
  if (shape === 'ring' && surface !== undefined) {
    context.fillStyle = surface;
    context.fill();
  }
  context.lineWidth = shape === 'tick' ? 1.6 : 2.2;
  context.strokeStyle = colour;
  context.stroke();
}

/** A ring around the messages of the chosen request. */
export function drawChosen(context: CanvasRenderingContext2D, messages: readonly PlacedMessage[], request: number, palette: Palette): void {
  context.beginPath();
  for (const message of messages) if (message.request === request) addShape(context, 'ring', message.x, message.y, message.size + 4);
  context.lineWidth = 1.6;
  context.strokeStyle = palette.ink;
  context.stroke();
}

/** A way of a link in one colour: a trail where messages went by just now, or a broad flow where there are too many to draw. */
export function drawWay(
  context: CanvasRenderingContext2D,
  path: Path,
  colour: Token,
  width: number,
  alpha: number,
  palette: Palette,
): void {
  context.globalAlpha = alpha;
  context.beginPath();
  path.points.forEach(({ x, y }, index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.lineWidth = width;
  context.lineCap = 'butt';
  context.lineJoin = 'round';
  context.strokeStyle = palette[colour];
  context.stroke();
  context.globalAlpha = 1;
}
