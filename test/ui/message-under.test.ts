import { expect, test } from 'vitest';
import { messageUnder } from '../../src/ui/stage/message-under';
import type { PlacedMessage } from '../../src/ui/stage/lane-messages';

const message = { x: 100, y: 40, request: 7 } as PlacedMessage;
/** The frame begins at 10, 20 on the screen, and the picture is drawn at half its size, 30 px to the right in it. */
const currentTarget = { getBoundingClientRect: () => ({ left: 10, top: 20 }) } as unknown as Element;
const picture = { left: 30, top: 0, scale: 0.5 };
const MIDDLE = { x: 10 + 30 + 50, y: 20 + 20 };

const hits = (offPx: number, pointerType?: string): boolean =>
  messageUnder({ clientX: MIDDLE.x + offPx, clientY: MIDDLE.y, currentTarget, ...(pointerType && { pointerType }) }, [message], picture) ===
  message;

test('a lane that is drawn small is as easy to hit: 24 px of the screen for a mouse, 44 for a finger', () => {
  expect([hits(0), hits(11, 'mouse'), hits(13, 'mouse'), hits(11)]).toEqual([true, true, false, true]);
  expect([hits(21, 'touch'), hits(23, 'touch')]).toEqual([true, false]);
});
