/** The message that a pointer means. How far it may be off is measured on the screen: lanes that are drawn small are no harder to hit. */
import { messageAt, type PlacedMessage } from './lane-messages';

/** Px on the screen from the middle of a message: half of the least width of a target (WCAG 2.2, 2.5.8 and 2.5.5). */
const REACH = { mouse: 12, touch: 22 } as const;

/** Where a picture begins in its frame, in px on the screen, and how many of those each px of the picture has. */
export interface PictureFrame {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

export function messageUnder(
  event: Pick<MouseEvent, 'clientX' | 'clientY' | 'currentTarget'> & { readonly pointerType?: string },
  messages: readonly PlacedMessage[],
  { left, top, scale }: PictureFrame,
): PlacedMessage | undefined {
  const bounds = (event.currentTarget as Element).getBoundingClientRect();
  const point = { x: (event.clientX - bounds.left - left) / scale, y: (event.clientY - bounds.top - top) / scale };
  return messageAt(messages, point, REACH[event.pointerType === 'touch' ? 'touch' : 'mouse'] / scale);
}
