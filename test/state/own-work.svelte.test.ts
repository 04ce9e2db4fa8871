import { beforeEach, expect, test } from 'vitest';
import { Lab } from '../../src/state/lab.svelte';
import { OwnWork } from '../../src/state/own-work';
import { openEditLocks } from '../../src/storage/edit-locks';
import { memoryStore } from '../../src/storage/memory-store';
import type { DocumentStore } from '../../src/storage/document-store';

let store: DocumentStore;
let lab: Lab;
let work: OwnWork;
/** What another tab edits. */
let elsewhere: string | undefined;
/** Each save is a minute after the last. */
let nowMillis: number;

beforeEach(async () => {
  nowMillis = 0;
  elsewhere = undefined;
  store = memoryStore(() => (nowMillis += 60_000));
  const never = (): Promise<never> => new Promise(() => undefined);
  let ids = 0;
  lab = new Lab({
    simulator: { start: never, run: never, range: never, seeds: never, audit: never, values: never, cancel: () => undefined },
    store: Promise.resolve(store),
    locks: { ...openEditLocks('test'), isClaimed: (id) => Promise.resolve(id === elsewhere) },
    memory: { read: () => undefined, write: () => true },
    frames: { request: () => 1, cancel: () => undefined },
    wishes: ['en'],
    newId: () => `copy-${++ids}`,
  });
  work = new OwnWork(lab);
  await lab.openNew({ title: 'first' });
  await lab.openNew({ title: 'second' });
});

const titles = async (): Promise<string[]> => (await work.list()).map(({ title }) => title);
const first = async () => (await work.list()).find(({ id }) => id === 'copy-1')!;

test('what is deleted is gone from the list, and comes back as it was', async () => {
  expect(await titles()).toEqual(['second', 'first']);
  const bringBack = await work.remove('copy-1');
  expect(await titles()).toEqual(['second']);
  if (typeof bringBack === 'string') throw new Error(bringBack);
  await bringBack();
  expect((await store.load('copy-1'))?.file).toEqual({ title: 'first' });
});

test('what the device does not let go stays', async () => {
  store.remove = () => Promise.reject(new Error('no'));
  expect(await work.remove('copy-1')).toBe('refused');
  expect(await titles()).toEqual(['second', 'first']);
});

test('what is open in this tab or edited in another one is not deleted under it', async () => {
  elsewhere = 'copy-1';
  expect([await work.remove('copy-1'), await work.remove('copy-2')]).toEqual(['inUse', 'inUse']);
  expect(await titles()).toEqual(['second', 'first']);
});

test('only what is on the screen is open', () => {
  expect([work.isOpen('copy-1'), work.isOpen('copy-2')]).toEqual([false, true]);
});

test('a document can be opened as it was, and undo takes that back', async () => {
  await work.open(await first());
  lab.document.edit({ title: 'renamed' });
  await lab.saving.flush(true);
  const [before] = await work.earlier('copy-1');
  expect(before?.title).toBe('first');
  await lab.openNew({ title: 'third' });
  await work.openEarlier(await first(), before!.seq);
  expect([lab.document.identity.id, lab.document.title]).toEqual(['copy-1', 'first']);
  lab.document.undo();
  expect(lab.document.title).toBe('renamed');
});
