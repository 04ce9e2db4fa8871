import { flushSync } from 'svelte';
import { beforeEach, expect, test } from 'vitest';
import { DocumentState } from '../../src/state/document.svelte';
import { readKnob } from '../../src/state/knobs';

const FILE = {
  title: 'Greeter',
  seed: 7,
  components: { client: { kind: 'client', arrivals: { poisson: '12/s' } } },
  files: { 'a.ts': 'one', 'b.ts': 'two' },
  variants: { queue: {} },
};
let document: DocumentState;

beforeEach(() => {
  document = new DocumentState();
  document.open({ id: 'greeter', kind: 'own', lesson: 'greeter' }, FILE, true);
});

test('undo and redo go over code and knobs alike, in the order of the edits', () => {
  document.editFile('a.ts', 'one more');
  document.turnKnob('arrivals', 8);
  document.undo();
  expect(readKnob(document.file, 'arrivals')).toBe(12);
  expect(document.files['a.ts']).toBe('one more');
  document.undo();
  expect(document.file).toBe(FILE);
  expect(document.canUndo).toBe(false);
  document.redo();
  document.redo();
  expect(readKnob(document.file, 'arrivals')).toBe(8);
  expect(document.canRedo).toBe(false);
});

test('typing in one file is one step, until something else or a pause ends it', () => {
  document.editFile('a.ts', 'o');
  document.editFile('a.ts', 'on');
  document.undo();
  expect(document.files['a.ts']).toBe('one');
  document.editFile('a.ts', 'x');
  document.endGroup();
  document.editFile('a.ts', 'xy');
  document.undo();
  expect(document.files['a.ts']).toBe('x');
});

test('an edit after undo forgets what was undone', () => {
  document.turnKnob('arrivals', 8);
  document.undo();
  document.editFile('b.ts', 'other');
  expect(document.canRedo).toBe(false);
});

test('a saved tick is only for the file that was saved', () => {
  expect(document.dirty).toBe(false);
  document.editFile('a.ts', 'x');
  const first = document.file;
  document.editFile('a.ts', 'xy');
  document.markSaved(first);
  expect(document.dirty).toBe(true);
  document.markSaved(document.file);
  expect(document.dirty).toBe(false);
});

test('an edit that changes nothing is no step', () => {
  document.editFile('a.ts', 'one');
  expect(document.canUndo).toBe(false);
  expect(document.dirty).toBe(false);
});

test('no verb makes the effect that calls it depend on the document', () => {
  for (const verb of [
    () => document.editFile('a.ts', 'again'),
    () => document.turnKnob('arrivals', 3),
    () => document.undo(),
    () => document.redo(),
    () => document.markSaved({}),
  ]) {
    let runs = 0;
    const stop = $effect.root(() => {
      $effect(() => {
        runs += 1;
        verb();
      });
    });
    flushSync();
    document.edit({ ...document.file, title: `Again ${runs}` });
    flushSync();
    expect(runs, verb.toString()).toBe(1);
    stop();
  }
});

test('whoever reads the file in an effect sees each edit', () => {
  const seen: (string | undefined)[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(document.files['a.ts']);
    });
  });
  flushSync();
  document.editFile('a.ts', 'new');
  flushSync();
  expect(seen).toEqual(['one', 'new']);
  stop();
});
