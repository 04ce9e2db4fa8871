import { expect, test } from 'vitest';
import { ranked } from '../../../src/ui/commands/rank';

const named = (title: string, also = '') => ({ title, also });
const titles = (items: readonly { readonly title: string; readonly also: string }[], query: string) =>
  ranked(items, query).map(({ title }) => title);

test('nothing asked leaves everything in its order', () => {
  const items = [named('Undo'), named('Charts')];
  expect(ranked(items, '  ')).toEqual(items);
});

test('the beginnings of words find a title, letters from here and there do not', () => {
  const items = [named('Step back to the previous event'), named('Save and copy a link'), named('Circuit breaker')];
  expect(titles(items, 'sbp')).toEqual(['Step back to the previous event']);
  expect(titles(items, 'cibr')).toEqual(['Circuit breaker']);
  expect(titles(items, 'zzz')).toEqual([]);
});

test('a word as it is written goes before scattered letters, a short title before a long one', () => {
  const items = [named('Keyboard shortcuts and what else there is'), named('Charts'), named('Show charts of everything that was ever run')];
  expect(titles(items, 'charts')).toEqual(['Charts', 'Show charts of everything that was ever run']);
});

test('every word of the query must be found', () => {
  const items = [named('Theme: dark'), named('Theme: light')];
  expect(titles(items, 'dark theme')).toEqual(['Theme: dark']);
});

test('what is equally good stays in its order', () => {
  const items = [named('Speed 0.05×'), named('Speed 1×'), named('Speed 100×')];
  expect(titles(items, 'speed')).toEqual(['Speed 0.05×', 'Speed 1×', 'Speed 100×']);
});

test('Chinese titles are found by Chinese and by English words', () => {
  const items = [named('断路器', 'Circuit breaker'), named('限流', 'Rate limit'), named('没人察觉的部署', 'A deploy that nobody notices')];
  expect(titles(items, '断器')).toEqual(['断路器']);
  expect(titles(items, 'breaker')).toEqual(['断路器']);
  expect(titles(items, '部署')).toEqual(['没人察觉的部署']);
});
