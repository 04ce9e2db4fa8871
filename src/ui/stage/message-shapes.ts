/** One shape and one colour for each kind of message, on canvas; `MessageMark.svelte` draws the same in SVG. */
import { isReturning } from '../../model/returning';
import { MessageKind } from '../../model/trace';
import type { Token } from './palette.svelte';

export type Shape = 'disc' | 'ring' | 'square' | 'tick' | 'triangle' | 'cross';

export interface Look {
  readonly shape: Shape;
  readonly colour: Token;
}

export const LOST_LOOK: Look = { shape: 'cross', colour: 'lost' };
export const RETRY_LOOK: Look = { shape: 'triangle', colour: 'retry' };

const LOOKS: Readonly<Record<MessageKind, Look>> = {
  [MessageKind.request]: { shape: 'disc', colour: 'request' },
  [MessageKind.reply]: { shape: 'ring', colour: 'reply' },
  [MessageKind.message]: { shape: 'square', colour: 'message' },
  [MessageKind.confirm]: { shape: 'tick', colour: 'muted' },
  [MessageKind.ack]: { shape: 'tick', colour: 'muted' },
  [MessageKind.nack]: RETRY_LOOK,
  [MessageKind.probe]: { shape: 'tick', colour: 'muted' },
  [MessageKind.probeReply]: { shape: 'tick', colour: 'muted' },
  [MessageKind.cancel]: { shape: 'cross', colour: 'muted' },
  [MessageKind.fetch]: { shape: 'ring', colour: 'muted' },
  [MessageKind.records]: { shape: 'square', colour: 'message' },
  [MessageKind.commit]: { shape: 'tick', colour: 'message' },
  [MessageKind.heartbeat]: { shape: 'tick', colour: 'muted' },
  [MessageKind.joinGroup]: { shape: 'ring', colour: 'muted' },
  [MessageKind.syncGroup]: { shape: 'ring', colour: 'muted' },
  [MessageKind.leaveGroup]: { shape: 'cross', colour: 'muted' },
  [MessageKind.groupAnswer]: { shape: 'tick', colour: 'muted' },
  [MessageKind.part]: { shape: 'square', colour: 'request' },
  [MessageKind.replyPart]: { shape: 'square', colour: 'reply' },
};

export function lookOf(kind: MessageKind): Look {
  return LOOKS[kind];
}

/** The part of the delay that a message on its way belongs to: going away from who asked, or coming back. */
export function partOf(kind: MessageKind): 'Tr' | 'Tp' {
  return isReturning(kind) ? 'Tp' : 'Tr';
}

/** How much of what belongs to a part is left when another part is lit. */
export const UNLIT = 0.18;

/** Rings, ticks and crosses are lines; the others are filled. */
export function isLine(shape: Shape): boolean {
  return shape === 'ring' || shape === 'tick' || shape === 'cross';
}

/** Adds a shape around a point to a path that is being built; `size` is half its width in px. */
export function addShape(path: CanvasPath, shape: Shape, x: number, y: number, size: number): void {
  switch (shape) {
    case 'disc':
    case 'ring':
      path.moveTo(x + size, y);
      path.arc(x, y, size, 0, 2 * Math.PI);
      return;
    case 'square':
      path.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8);
      return;
    case 'tick':
      path.moveTo(x - size * 0.8, y);
      path.lineTo(x - size * 0.2, y + size * 0.6);
      path.lineTo(x + size * 0.8, y - size * 0.6);
      return;
    case 'triangle':
      path.moveTo(x, y - size);
      path.lineTo(x + size, y + size * 0.8);
      path.lineTo(x - size, y + size * 0.8);
      path.closePath();
      return;
    case 'cross':
      path.moveTo(x - size, y - size);
      path.lineTo(x + size, y + size);
      path.moveTo(x + size, y - size);
      path.lineTo(x - size, y + size);
  }
}
