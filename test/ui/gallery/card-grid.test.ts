import { expect, test } from 'vitest';
import { neighbour } from '../../../src/ui/gallery/card-grid';

/** Two rows of three, then, after a heading, a row of one. */
const card = (column: number, row: number, lower = 0) => ({
  left: column * 100,
  right: column * 100 + 90,
  top: row * 100 + lower,
  bottom: row * 100 + lower + 80,
});
const cards = [card(0, 0), card(1, 0), card(2, 0), card(0, 1), card(1, 1), card(2, 1), card(0, 2, 40)];

test.each([
  [0, 'ArrowRight', 1],
  [2, 'ArrowRight', 3],
  [0, 'ArrowLeft', undefined],
  [6, 'ArrowRight', undefined],
  [1, 'ArrowDown', 4],
  [5, 'ArrowDown', 6],
  [6, 'ArrowUp', 3],
  [6, 'ArrowDown', undefined],
  [4, 'Home', 0],
  [1, 'End', 6],
  [1, 'x', undefined],
  [-1, 'ArrowDown', undefined],
] as const)('from %i %s leads to %s', (from, key, to) => expect(neighbour(cards, from, key)).toBe(to));
