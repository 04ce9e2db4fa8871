import { beforeEach, expect, test } from 'vitest';
import { BookmarksState, LONGEST_NAME } from '../../src/state/bookmarks.svelte';
import { browserMemory, type Memory } from '../../src/state/memory';
import { ProgressState } from '../../src/state/progress.svelte';
import { SelectionState } from '../../src/state/selection.svelte';
import { SettingsState } from '../../src/state/settings.svelte';

const kept = new Map<string, string>();
let memory: Memory;

beforeEach(() => {
  kept.clear();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => void kept.set(key, text) };
  memory = browserMemory(() => storage as Storage);
});

test('settings are there again after a reload', () => {
  const settings = new SettingsState(memory, ['zh-CN']);
  expect([settings.language, settings.theme]).toEqual(['zh', 'system']);
  settings.setTheme('dark');
  settings.setLanguage('en');
  const again = new SettingsState(memory, ['zh-CN']);
  expect([again.language, again.theme]).toEqual(['en', 'dark']);
});

test('the sizes of panes are there again, within reason, until they are left to the page', () => {
  const settings = new SettingsState(memory, ['en']);
  settings.resize('lesson', 400.4);
  settings.resize('code', 3);
  const again = new SettingsState(memory, ['en']);
  expect([again.sizeOf('lesson'), again.sizeOf('code'), again.sizeOf('timeline')]).toEqual([400, 90, undefined]);
  again.resize('lesson', undefined);
  expect(new SettingsState(memory, ['en']).sizeOf('lesson')).toBeUndefined();
});

test('a pane that was collapsed is so after a reload, until all are shown again', () => {
  const settings = new SettingsState(memory, ['en']);
  settings.collapse('timeline', true);
  settings.collapse('parts', true);
  settings.collapse('parts', false);
  settings.resize('code', 500);
  const again = new SettingsState(memory, ['en']);
  expect((['timeline', 'parts', 'code'] as const).map((pane) => again.isCollapsed(pane))).toEqual([true, false, false]);
  again.resetPanes();
  const last = new SettingsState(memory, ['en']);
  expect([last.isCollapsed('timeline'), last.sizeOf('code')]).toEqual([false, undefined]);
});

test('nonsense that was kept gives the defaults', () => {
  kept.set('async-lab.settings', '{"theme":"loud","language":7,"collapsed":["code","roof"]}');
  kept.set('async-lab.progress', '{"greeter":{"step":-1,"done":"all","answers":{"0":"same","1":4}},"x":null}');
  expect(new SettingsState(memory, ['de']).language).toBe('en');
  expect(new SettingsState(memory, ['de']).isCollapsed('code')).toBe(true);
  expect(new ProgressState(memory).of('greeter')).toEqual({ step: 0, done: [], answers: { 0: 'same' }, outcomes: [] });
  kept.set('async-lab.settings', '{broken');
  expect(new SettingsState(memory, []).theme).toBe('system');
});

test('a browser that keeps nothing is no reason to fail', () => {
  const forbidden = browserMemory(() => {
    throw new Error('SecurityError');
  });
  const settings = new SettingsState(forbidden, ['en']);
  settings.setTheme('light');
  expect(settings.theme).toBe('light');
});

test('progress keeps steps and predictions, but not what old code passed', () => {
  const progress = new ProgressState(memory);
  progress.answer('greeter', 0, 'async-is-faster', true);
  progress.goTo('greeter', 1);
  progress.answer('greeter', 2, 'held', false);
  progress.checked('greeter', [{ check: 'soon' } as never]);
  expect(progress.of('greeter').outcomes).toHaveLength(1);
  expect(new ProgressState(memory).of('greeter')).toEqual({
    step: 1,
    done: [0],
    answers: { 0: 'async-is-faster', 2: 'held' },
    outcomes: [],
  });
  expect(new ProgressState(memory).of('other').step).toBe(0);
});

test('bookmarks of a document are there again after a reload, in order of time', () => {
  const bookmarks = new BookmarksState(memory);
  bookmarks.toggle('mine', 8_200_000);
  bookmarks.toggle('mine', 1_000_000);
  bookmarks.toggle('other', 5);
  bookmarks.rename('mine', 8_200_000, ' saturated ');
  const again = new BookmarksState(memory);
  expect(again.of('mine')).toEqual([
    { timeMicros: 1_000_000, name: '' },
    { timeMicros: 8_200_000, name: 'saturated' },
  ]);
  expect([again.after('mine', 1_000_000)?.name, again.before('mine', 1_000_000)]).toEqual(['saturated', undefined]);
  again.toggle('mine', 1_000_000);
  again.toggle('mine', 8_200_000);
  expect([again.of('mine'), new BookmarksState(memory).of('other')]).toEqual([[], [{ timeMicros: 5, name: '' }]]);
});

test('a document has no more than fifty bookmarks, a name no more than its letters, and the oldest documents are forgotten', () => {
  const bookmarks = new BookmarksState(memory);
  const set = Array.from({ length: 51 }, (_, time) => bookmarks.toggle('mine', time));
  expect([set.indexOf(false), bookmarks.of('mine')]).toEqual([50, expect.objectContaining({ length: 50 })]);
  bookmarks.rename('mine', 0, 'a'.repeat(1_000));
  expect(bookmarks.of('mine')[0]?.name).toHaveLength(LONGEST_NAME);
  for (let document = 0; document < 100; document++) bookmarks.toggle(`document ${document}`, 1);
  expect([bookmarks.of('mine'), bookmarks.of('document 0')]).toEqual([[], [{ timeMicros: 1, name: '' }]]);
});

test('nonsense that was kept as bookmarks is passed over', () => {
  kept.set('async-lab.bookmarks', '[["mine",[{"timeMicros":1.5,"name":""},{"timeMicros":7,"name":"x"},null]],[3,[]],"no",["bad",4]]');
  const bookmarks = new BookmarksState(memory);
  expect([bookmarks.of('mine'), bookmarks.of('bad')]).toEqual([[{ timeMicros: 7, name: 'x' }], []]);
});

test('the view below the stage is there again, if there is such a view', () => {
  new SettingsState(memory, ['en']).lookedAt('log');
  const selection = new SelectionState();
  selection.restoreTab(new SettingsState(memory, ['en']).tab);
  expect(selection.tab).toBe('log');
  selection.restoreTab('a view of another version');
  expect(selection.tab).toBe('log');
});
