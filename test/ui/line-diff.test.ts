import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines, hunksOf } from '../../src/ui/editor/line-diff';

const shown = (before: string, after: string): string =>
  diffLines(before, after)
    .map(({ kind, text }) => `${{ same: ' ', gone: '-', new: '+' }[kind]}${text}`)
    .join('\n');

test('a changed line is one that is gone and a new one', () => {
  expect(shown('a\nb\nc', 'a\nx\nc')).toBe(' a\n-b\n+x\n c');
});

test('lines are numbered as each text has them', () => {
  expect(diffLines('a\nb', 'x\na\nb').map(({ before, after }) => [before, after])).toEqual([
    [undefined, 1],
    [1, 2],
    [2, 3],
  ]);
});

test('what is common is found as long as possible', () => {
  expect(shown('a\nb\nc\nd', 'b\nd\na')).toBe('-a\n b\n-c\n d\n+a');
});

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));

test('both texts can be read out of it, and no line that stays is said to change', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const side = (without: string): string =>
        lines
          .filter(({ kind }) => kind !== without)
          .map((line) => line.text)
          .join('\n');
      expect([side('new'), side('gone')]).toEqual([before, after]);
      if (before === after) expect(lines.every(({ kind }) => kind === 'same')).toBe(true);
    }),
  );
});

test('texts too long to compare are shown as replaced', () => {
  const many = (word: string): string => Array.from({ length: 2_500 }, (_, index) => `${word}${index}`).join('\n');
  const lines = diffLines(`${many('a')}\nend`, `${many('b')}\nend`);
  expect(lines.filter(({ kind }) => kind === 'same')).toHaveLength(1);
  expect(lines).toHaveLength(5_001);
});

test('hunks have lines around them, and those that touch are one', () => {
  const numbers = Array.from({ length: 20 }, (_, index) => String(index));
  const changed = numbers.map((line, index) => (index === 4 || index === 7 || index === 15 ? `${line}!` : line));
  const hunks = hunksOf(diffLines(numbers.join('\n'), changed.join('\n')));
  expect(hunks.map((hunk) => [hunk[0]?.text, hunk.at(-1)?.text])).toEqual([
    ['2', '9'],
    ['13', '17'],
  ]);
  expect(hunksOf(diffLines('a\nb', 'a\nb'))).toEqual([]);
});
