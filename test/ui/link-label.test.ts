import { describe, expect, it } from 'vitest';
import { clearOf, type PlacedLabel } from '../../src/ui/stage/link-label';

function label(x: number, y: number): PlacedLabel {
  return { key: `${x} ${y}`, x, y, anchor: 'middle', delay: '20 ms', loss: '' };
}

describe('a word beside a component', () => {
  it('stands where it should when no label of a link is there', () => {
    expect(clearOf([], 300, 100)).toBe(100);
    expect(clearOf([label(100, 100), label(280, 60)], 300, 100)).toBe(100);
  });

  it('goes below the label that is in its way, and below the lower of two', () => {
    expect(clearOf([label(270, 98)], 300, 100)).toBe(111);
    expect(clearOf([label(270, 98), label(250, 104)], 300, 100)).toBe(117);
  });
});
