import { expect, test, vi } from 'vitest';
import { DocumentState } from '../../src/state/document.svelte';
import { EditingState } from '../../src/state/editing.svelte';
import { SavingState } from '../../src/state/saving.svelte';
import { memoryStore } from '../../src/storage/memory-store';
import type { ClaimEvents } from '../../src/storage/edit-locks';

/** A tab of a browser, with its own state and what it asked of the locks. */
function openTab() {
  const store = memoryStore(() => 0);
  const document = new DocumentState();
  const saving = new SavingState(document, Promise.resolve(store));
  const claims: { id: string; events: ClaimEvents; takeOver: () => void; release: () => void }[] = [];
  const editing = new EditingState(document, saving, Promise.resolve(store), {
    claim: (id, events) => {
      const claim = { id, events, takeOver: vi.fn(), release: vi.fn() };
      claims.push(claim);
      return claim;
    },
    isClaimed: () => Promise.resolve(false),
  });
  const open = (id: string) => document.open({ id, kind: 'own', lesson: undefined }, { title: 'start' }, true);
  return { store, document, saving, editing, claims, open };
}

const own = (title: string) => ({ kind: 'own', lesson: undefined, file: { title } }) as const;

test('one claim for each document, the old one let go', () => {
  const { open, claims, document, editing } = openTab();
  open('a');
  document.edit({ title: 'edited' });
  open('b');
  expect(claims.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(claims[0]!.release).toHaveBeenCalledOnce();
  expect(editing.elsewhere).toBe(false);
});

test('while another tab edits, nothing here changes the document', () => {
  const { open, claims, document, editing } = openTab();
  open('a');
  document.edit({ title: 'mine' });
  claims[0]!.events.lost();
  expect(editing.elsewhere).toBe(true);
  document.edit({ title: 'not taken' });
  document.undo();
  expect([document.title, document.canUndo, document.dirty]).toEqual(['mine', false, true]);
});

test('who is asked to let go has saved everything first, and takes no more edits', async () => {
  const { open, claims, document, store } = openTab();
  open('a');
  document.edit({ title: 'last words' });
  const asked = claims[0]!.events.asked();
  document.edit({ title: 'too late' });
  await asked;
  expect((await store.load('a'))?.file).toEqual({ title: 'last words' });
});

test('who takes over reads what the other has saved before editing', async () => {
  const { open, claims, document, editing, store } = openTab();
  open('a');
  claims[0]!.events.lost();
  await store.save('a', own('theirs'));
  claims[0]!.events.gained();
  expect(editing.elsewhere).toBe(true);
  await vi.waitFor(() => expect(editing.elsewhere).toBe(false));
  expect([document.title, document.dirty, document.canUndo]).toEqual(['theirs', false, false]);
  document.edit({ title: 'mine again' });
  expect(document.title).toBe('mine again');
});

test('a claim on a document that is no longer open says nothing', () => {
  const { open, claims, editing } = openTab();
  open('a');
  open('b');
  claims[0]!.events.lost();
  expect(editing.elsewhere).toBe(false);
});
