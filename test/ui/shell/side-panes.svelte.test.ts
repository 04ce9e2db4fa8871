import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Lab } from '../../../src/state/lab.svelte';
import { openEditLocks } from '../../../src/storage/edit-locks';
import { memoryStore } from '../../../src/storage/memory-store';

/** Media queries that are true of the screen. */
let screen: readonly string[] = [];
/** The page asks the browser what it is as soon as it is loaded. */
let panes: typeof import('../../../src/ui/shell/side-panes');
let lab: Lab;

beforeAll(async () => {
  const queried = (query: string) => ({
    get matches() {
      return screen.includes(query);
    },
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  });
  Object.assign(globalThis, { matchMedia: queried, document: { getElementById: () => null } });
  panes = await import('../../../src/ui/shell/side-panes');
});

beforeEach(() => {
  screen = [];
  const never = (): Promise<never> => new Promise(() => undefined);
  lab = new Lab({
    simulator: { start: never, run: never, range: never, seeds: never, audit: never, values: never, cancel: () => undefined },
    store: Promise.resolve(memoryStore(() => 0)),
    locks: openEditLocks('test'),
    memory: { read: () => undefined, write: () => true },
    frames: { request: () => 1, cancel: () => undefined },
    wishes: ['en'],
    newId: () => 'copy',
  });
});
afterEach(() => (screen = []));

test('each side has its pane, by where the reader is', () => {
  const all = (): unknown[] => (['left', 'below', 'right'] as const).map((side) => panes.paneAt(lab, side));
  expect(all(), 'without a lesson').toEqual([undefined, 'timeline', 'code']);
  lab.settings.goTo('build');
  expect(all()).toEqual(['parts', 'timeline', 'form']);
  lab.settings.goTo('audit');
  expect(all()).toEqual([undefined, undefined, undefined]);
  lab.settings.goTo('build');
  lab.selection.present(true);
  expect(all(), 'in front of an audience').toEqual([undefined, undefined, undefined]);
});

test('a pane is collapsed, says so, and comes back', () => {
  panes.togglePane(lab, 'timeline');
  expect([panes.isInSight(lab, 'timeline'), panes.toggleText(lab, 'timeline').title]).toEqual([false, 'Show the timeline']);
  expect(panes.toggledText(lab, 'timeline')).toBe('Hidden: the timeline');
  panes.togglePane(lab, 'timeline');
  expect(panes.isInSight(lab, 'timeline')).toBe(true);
});

test('whoever asks for a tab of a collapsed timeline sees it', () => {
  panes.togglePane(lab, 'timeline');
  panes.lookAt(lab, 'charts');
  expect([lab.selection.tab, lab.selection.pane, panes.isInSight(lab, 'timeline')]).toEqual(['charts', 'timeline', true]);
});

test('where there is room for one, the code takes the place of the lesson and the other way round', async () => {
  screen = ['(max-width: 1180px)'];
  await lab.openLesson('greeter');
  const inSight = (): boolean[] => [panes.isInSight(lab, 'lesson'), panes.isInSight(lab, 'code')];
  expect(inSight()).toEqual([true, false]);
  panes.openPane(lab, 'code');
  expect(inSight()).toEqual([false, true]);
  panes.openPane(lab, 'lesson');
  expect(inSight()).toEqual([true, false]);
});

test('on a phone, which shows one pane at a time, none is collapsed', () => {
  panes.togglePane(lab, 'code');
  screen = ['(max-width: 1180px)', '(max-width: 760px)'];
  expect(panes.isInSight(lab, 'code')).toBe(true);
});
