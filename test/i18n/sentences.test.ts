import { expect, test } from 'vitest';
import { gapAfter, joinSentences } from '../../src/i18n/sentences';

test('a space stands between sentences that end with a half-width mark', () => {
  expect(joinSentences('It is full.', 'Two wait.')).toBe('It is full. Two wait.');
});

test('nothing stands after a full-width mark, which brings its own white space', () => {
  expect(joinSentences('队列已满。', '两个在等待。')).toBe('队列已满。两个在等待。');
  expect(joinSentences('调用方被占用：', '5 ms（同步）', '3 ms')).toBe('调用方被占用：5 ms（同步）3 ms');
});

test('each end decides for itself: of two languages in one text neither is spoiled', () => {
  expect(joinSentences('It is full.', '两个在等待。', 'Three wait.')).toBe('It is full. 两个在等待。Three wait.');
});

test('an empty sentence leaves no trace', () => {
  expect(joinSentences('', 'It is full.', '', 'Two wait.', '')).toBe('It is full. Two wait.');
  expect(joinSentences()).toBe('');
  expect(gapAfter('')).toBe('');
});
