import { expect, it } from 'vitest';
import type { StoredDocument } from '../../src/storage/document-store';
import { memoryStore } from '../../src/storage/memory-store';

const own = (title: string): StoredDocument => ({ kind: 'own', lesson: undefined, file: { title } });

function store() {
  let now = 0;
  return memoryStore(() => (now += 1_000));
}

it('gives back what was saved last, and says that it will not last', async () => {
  const memory = store();
  await memory.save('a', own('first'));
  await memory.save('a', own('second'));
  expect(await memory.load('a')).toMatchObject({ kind: 'own', file: { title: 'second' }, seq: 2, unreadable: 0 });
  expect(await memory.load('b')).toBeUndefined();
  expect(memory.persistent).toBe(false);
});

it('keeps what was saved, whatever happens to the object afterwards', async () => {
  const memory = store();
  const file = { title: 'kept' };
  await memory.save('a', { kind: 'own', lesson: undefined, file });
  file.title = 'changed';
  expect((await memory.load('a'))?.file).toEqual({ title: 'kept' });
});

it('lists own work and visits apart, newest first', async () => {
  const memory = store();
  await memory.save('old', own('old'));
  await memory.save('visit', { ...own('visit'), kind: 'visit' });
  await memory.save('new', own('new'));
  expect((await memory.list()).map(({ title }) => title)).toEqual(['new', 'old']);
  expect((await memory.list('visit')).map(({ title }) => title)).toEqual(['visit']);
  await memory.remove('new');
  expect((await memory.list()).map(({ id }) => id)).toEqual(['old']);
});

it('opens an older version', async () => {
  const memory = store();
  await memory.save('a', own('first'), { version: true });
  await memory.save('a', own('second'), { version: true });
  expect((await memory.versions('a')).map(({ title }) => title)).toEqual(['second', 'first']);
  expect(await memory.loadVersion('a', 1)).toMatchObject({ file: { title: 'first' } });
});
