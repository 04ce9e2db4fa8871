import { describe, expect, it } from 'vitest';
import type { Viewport } from '../../../src/geometry/time-scale';
import { PlotHand } from '../../../src/ui/timeline/plot-hand';

const WIDTH = 100;
const END = 10_000;

function plot(fromMicros: number, toMicros: number) {
  const shown: { view: Viewport } = { view: { fromMicros, toMicros } };
  const hand = new PlotHand(
    () => ({ view: shown.view, width: WIDTH, endMicros: END }),
    (view) => (shown.view = view),
  );
  return { hand, shown };
}

describe('what pointers do with a plot', () => {
  it('one that stays is a press, one that moves takes the plot along', () => {
    const { hand, shown } = plot(1_000, 2_000);
    hand.down(1, 50);
    hand.move(1, 52);
    expect(hand.up(1)).toBe(true);
    expect(shown.view).toEqual({ fromMicros: 1_000, toMicros: 2_000 });

    hand.down(1, 50);
    hand.move(1, 20);
    expect(shown.view).toEqual({ fromMicros: 1_300, toMicros: 2_300 });
    expect(hand.up(1)).toBe(false);
    expect(hand.holds).toBe(false);
  });

  it('two keep the instants that they hold under them', () => {
    const { hand, shown } = plot(1_000, 2_000);
    hand.down(1, 40);
    hand.down(2, 60);
    hand.move(1, 20);
    hand.move(2, 70);
    // 1,400 µs is held at 20 px, 1,600 µs at 70 px.
    expect(shown.view).toEqual({ fromMicros: 1_320, toMicros: 1_720 });
    hand.move(2, 5);
    expect(shown.view).toEqual({ fromMicros: 1_000, toMicros: 2_000 });
    hand.move(2, 70);
    expect(hand.up(2)).toBe(false);

    // The finger that stays drags on from where it is.
    hand.move(1, 45);
    expect(shown.view).toEqual({ fromMicros: 1_220, toMicros: 1_620 });
    expect(hand.up(1)).toBe(false);
  });

  it('never shows what is not there', () => {
    const { hand, shown } = plot(0, END);
    hand.down(1, 10);
    hand.down(2, 90);
    hand.move(1, 40);
    hand.move(2, 60);
    expect(shown.view).toEqual({ fromMicros: 0, toMicros: END });
    hand.move(1, 0);
    hand.move(2, 100);
    expect(shown.view).toEqual({ fromMicros: 1_000, toMicros: 9_000 });
  });

  it('lets go when the browser takes the pointer to scroll', () => {
    const { hand, shown } = plot(1_000, 2_000);
    hand.down(1, 50);
    hand.letGo(1);
    hand.move(1, 10);
    expect(hand.up(1)).toBe(false);
    expect(shown.view).toEqual({ fromMicros: 1_000, toMicros: 2_000 });
  });
});
