import { expect, it } from 'vitest';
import { drawMessages } from '../../src/ui/stage/draw-messages';
import type { PlacedMessage } from '../../src/ui/stage/lane-messages';
import { lookOf } from '../../src/ui/stage/message-shapes';
import type { Palette } from '../../src/ui/stage/palette.svelte';
import { MessageKind } from '../../src/model/trace';

/** The colours in which so many requests are filled and stroked. */
function coloursOf(count: number): string[] {
  const painted: string[] = [];
  const palette = new Proxy({}, { get: (_, token) => String(token) }) as Palette;
  const context = new Proxy<Record<string, unknown>>(
    {},
    {
      get: (kept, name) => {
        if (name === 'fill') return () => painted.push(`fill ${String(kept['fillStyle'])}`);
        if (name === 'stroke') return () => painted.push(`stroke ${String(kept['strokeStyle'])}`);
        return kept[name as string] ?? (() => undefined);
      },
    },
  );
  const message = { x: 1, y: 1, size: 4, alpha: 1, look: lookOf(MessageKind.request), request: 1 } as PlacedMessage;
  drawMessages(context as unknown as CanvasRenderingContext2D, Array<PlacedMessage>(count).fill(message), palette);
  return painted;
}

it('parts a few messages by seams, and keeps the colour of many that lie on each other', () => {
  const { colour } = lookOf(MessageKind.request);
  expect(coloursOf(20)).toEqual([`fill ${colour}`, 'stroke surface']);
  expect(coloursOf(700)).toEqual([`fill ${colour}`]);
});
