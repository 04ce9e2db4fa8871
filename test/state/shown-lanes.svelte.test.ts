import { beforeEach, expect, test, vi } from 'vitest';
import { DocumentState } from '../../src/state/document.svelte';
import { SelectionState } from '../../src/state/selection.svelte';
import { MOST_LANES, ShownLanesState } from '../../src/state/shown-lanes.svelte';

const named = (...names: string[]) => ({ baseName: 'as it is', variants: Object.fromEntries(names.map((name) => [name, {}])) });
const MANY = named('a', 'b', 'c', 'd', 'e', 'f');

let document: DocumentState;
let selection: SelectionState;
let chosen: ShownLanesState;
const onChoice = vi.fn();
const shown = (of = chosen) => of.lanes.map(({ variant }) => variant);
const open = (file: object, id = 'x') => document.open({ id, kind: 'own', lesson: undefined }, { ...file }, true);

beforeEach(() => {
  onChoice.mockClear();
  document = new DocumentState();
  selection = new SelectionState();
  chosen = new ShownLanesState(document, selection, onChoice);
  open(MANY);
});

test('the first lanes are shown until the reader chooses, and all that there are can be chosen', () => {
  expect(shown()).toEqual([null, 'a', 'b', 'c', 'd']);
  expect(chosen.all.map(({ variant }) => variant)).toEqual([null, 'a', 'b', 'c', 'd', 'e', 'f']);
  expect(chosen.all[0]?.title.en).toBe('as it is');
});

test('a lane takes the place of another, in the order of the file, and what was selected is let go', () => {
  selection.selectPlace(3, 2);
  chosen.show('a', false);
  chosen.show('f', true);
  expect(shown()).toEqual([null, 'b', 'c', 'd', 'f']);
  expect(onChoice).toHaveBeenCalledTimes(2);
  expect([selection.lane, selection.place]).toEqual([0, undefined]);
});

test('one too many does not come, and the last does not go', () => {
  chosen.show('f', true);
  expect(shown()).toHaveLength(MOST_LANES);
  expect(onChoice).not.toHaveBeenCalled();
  for (const variant of [null, 'a', 'b', 'c', 'd']) chosen.show(variant, false);
  expect(shown()).toEqual(['d']);
});

test('the choice survives an edit that takes a variant away, and its undo; another document begins anew', () => {
  chosen.show(null, false);
  chosen.show('f', true);
  document.edit(named('a', 'b', 'c', 'd', 'e'));
  expect(shown()).toEqual(['a', 'b', 'c', 'd']);
  document.undo();
  expect(shown()).toEqual(['a', 'b', 'c', 'd', 'f']);
  document.edit(named('a', 'b'));
  expect(shown()).toEqual([null, 'a', 'b']);
  open(MANY, 'y');
  expect(shown()).toEqual([null, 'a', 'b', 'c', 'd']);
});

test('a link carries the choice, and nothing where the first lanes are shown', () => {
  expect(chosen.words).toBe('');
  chosen.show('a', false);
  expect(chosen.words).toBe('lanes=0.2.3.4');
  chosen.show('f', true);
  expect(chosen.words).toBe('lanes=0.2.3.4.6');
  const other = new ShownLanesState(document, selection, onChoice);
  other.restore(`tab=log&${chosen.words}`);
  expect(shown(other)).toEqual(shown());
  other.restore('lanes=0.99.x.-1');
  expect(shown(other)).toEqual([null]);
  other.restore('lanes=0.1.2.3.4.5.6');
  expect(shown(other)).toEqual([null, 'a', 'b', 'c', 'd']);
  other.restore('tab=log');
  expect(other.words).toBe('');
});
