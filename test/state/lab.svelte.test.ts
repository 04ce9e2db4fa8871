import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LaneResult } from '../../src/model/run-result';
import type { RunReply, SeedsReply } from '../../src/sandbox/run-reply';
import { Lab } from '../../src/state/lab.svelte';
import { browserMemory, type Memory } from '../../src/state/memory';
import { StorageError, type DocumentStore } from '../../src/storage/document-store';
import { openEditLocks } from '../../src/storage/edit-locks';
import { memoryStore } from '../../src/storage/memory-store';
import { problem } from '../../src/model/problem';

const LESSON = 'greeter';
let store: DocumentStore;
let memory: Memory;
let runs: { title: unknown; variants: readonly (string | null)[] }[];
let ids: number;

function newLab(): Lab {
  return new Lab({
    simulator: {
      start: () => Promise.resolve(),
      run: (request): Promise<RunReply> => {
        runs.push({ title: request.file['title'], variants: request.variants });
        return Promise.resolve({
          kind: 'finished',
          lanes: [
            {
              variant: null,
              endMicros: 60e6,
              places: [],
              chunks: [],
              keptFrom: { micros: 0, record: 0, missing: new Int32Array(), connections: [] },
              requests: [],
              handlerProblems: [],
            } as unknown as LaneResult,
          ],
        });
      },
      range: () => Promise.resolve({ kind: 'cancelled' }),
      seeds: (): Promise<SeedsReply> => Promise.resolve({ kind: 'cancelled' }),
      audit: () => Promise.resolve({ kind: 'cancelled' }),
      values: () => Promise.resolve({ kind: 'cancelled' }),
      cancel: () => undefined,
    },
    store: Promise.resolve(store),
    locks: openEditLocks('test'),
    memory,
    frames: { request: () => 1, cancel: () => undefined },
    wishes: ['en'],
    newId: () => `copy-${++ids}`,
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  const kept = new Map<string, string>();
  memory = browserMemory(
    () =>
      ({ getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => void kept.set(key, text) }) as Storage,
  );
  store = memoryStore(() => 0);
  runs = [];
  ids = 0;
});
afterEach(() => vi.useRealTimers());

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

test('a first visitor gets the lesson, run at once in all its lanes, and play waits for the prediction', async () => {
  const lab = newLab();
  await lab.openOwn(LESSON);
  await settle();
  expect(lab.lesson?.id).toBe(LESSON);
  expect(runs).toEqual([{ title: 'Greeter', variants: lab.lesson?.lanes.map(({ variant }) => variant) }]);
  expect(lab.playhead.endMicros).toBe(60e6);
  lab.playhead.play();
  expect([lab.playhead.locked, lab.playhead.playing]).toEqual([true, false]);
  lab.answer('async-is-faster');
  lab.playhead.play();
  expect(lab.playhead.playing).toBe(true);
});

test('a wrong answer to a question does not fulfil its step, a wrong prediction does', async () => {
  const lab = newLab();
  await lab.openOwn(LESSON);
  lab.answer('async-is-faster');
  lab.goToStep(2);
  lab.answer('held');
  expect(lab.progress.of(LESSON).done).toEqual([0]);
  lab.answer('completed');
  expect(lab.progress.of(LESSON).done).toEqual([0, 2]);
});

test('every edit is on the device after a moment, and there again in the next window', async () => {
  const lab = newLab();
  await lab.openOwn(LESSON);
  lab.document.turnKnob('arrivals', 8);
  expect(lab.saving.status).toBe('saving');
  await settle(1_000);
  expect(lab.document.dirty).toBe(false);
  const again = newLab();
  await again.openOwn(LESSON);
  expect(again.document.file).toEqual(lab.document.file);
});

test('a link opens as a visit that does not run, and leaves own work alone', async () => {
  const lab = newLab();
  await lab.openOwn(LESSON);
  lab.document.editFile('greeter.ts', '// mine');
  await lab.saving.flush();
  lab.document.turnKnob('workers', 3);
  const link = await lab.link();
  lab.document.undo();
  await lab.saving.flush();
  await settle();
  const before = runs.length;

  expect(await lab.openLink(`#${link}`)).toBe(true);
  await settle();
  expect(lab.document.identity.kind).toBe('visit');
  expect(lab.run.status).toBe('held');
  lab.document.turnKnob('arrivals', 5);
  await settle(1_000);
  expect(runs).toHaveLength(before);
  lab.runNow();
  await settle();
  expect(runs).toHaveLength(before + 1);

  await lab.openOwn(LESSON);
  expect(lab.document.files['greeter.ts']).toBe('// mine');
});

test('a link brings the lane, what is selected, and the language to who has chosen none', async () => {
  const sender = newLab();
  await sender.openOwn(LESSON);
  await settle();
  sender.settings.setLanguage('zh');
  sender.selection.showTab('machine');
  sender.selection.selectPlace(1, 2);
  sender.selection.selectRequest(1, 12);
  const link = await sender.link();

  memory = { read: () => undefined, write: () => false };
  const receiver = newLab();
  await receiver.openLink(link);
  const { tab, lane, place, request } = receiver.selection;
  expect({ tab, lane, place, request }).toEqual({ tab: 'machine', lane: 1, place: 2, request: 12 });
  expect(receiver.settings.language).toBe('zh');

  receiver.settings.setLanguage('en');
  await receiver.openLink(link);
  expect(receiver.settings.language).toBe('en');
});

test('words of a link that mean nothing select nothing', () => {
  const { selection } = newLab();
  for (const words of ['tab=secrets&place=-1&request=1e9', '%%%', 'place=99999999999']) selection.restore(0, words);
  const { tab, place, request } = selection;
  expect({ tab, place, request }).toEqual({ tab: 'spaceTime', place: undefined, request: undefined });
});

test('keeping a copy makes the visit own work, and it is what opens next time', async () => {
  const lab = newLab();
  await lab.openOwn(LESSON);
  lab.document.turnKnob('workers', 3);
  const link = await lab.link();
  await lab.openLink(link);
  expect(await lab.keepCopy()).toBe(true);
  expect(lab.document.identity).toEqual({ id: 'copy-1', kind: 'own', lesson: LESSON });
  const again = newLab();
  await again.openOwn(LESSON);
  expect(again.document.identity.id).toBe('copy-1');
});

test('a bad link is said, and what was open stays open', async () => {
  const lab = newLab();
  await lab.openOwn(LESSON);
  expect(await lab.openLink('#v1.nonsense')).toBe(false);
  expect(lab.linkProblem?.key).toBe('problem.linkDamaged');
  expect(lab.document.identity.kind).toBe('own');
});

test('a device that refuses is said, and the next save that works takes it back', async () => {
  const lab = newLab();
  await lab.openOwn(LESSON);
  const save = vi.spyOn(store, 'save').mockRejectedValueOnce(new StorageError(problem('', 'problem.storageFull')));
  lab.document.turnKnob('arrivals', 8);
  expect(await lab.saving.flush()).toBe(false);
  expect([lab.saving.status, lab.saving.problem?.key]).toEqual(['failed', 'problem.storageFull']);
  expect(lab.document.dirty).toBe(true);
  lab.document.turnKnob('arrivals', 9);
  expect(await lab.saving.flush()).toBe(true);
  expect(save).toHaveBeenCalledTimes(2);
  expect(lab.saving.status).toBe(store.persistent ? 'saved' : 'forgetful');
});

test('a save that ends after something else was opened says nothing about that', async () => {
  const lab = newLab();
  await lab.openOwn(LESSON);
  lab.document.turnKnob('workers', 3);
  const link = await lab.link();
  let fail: (error: Error) => void = () => undefined;
  vi.spyOn(store, 'save').mockReturnValueOnce(new Promise((_, reject) => (fail = reject)));
  const saved = lab.saving.flush();
  await lab.openLink(link);
  fail(new StorageError(problem('', 'problem.storageFull')));
  await saved;
  expect([lab.document.identity.kind, lab.saving.status, lab.document.dirty]).toEqual(['visit', 'saved', false]);
});

test('starting the lesson again can be undone', async () => {
  const lab = newLab();
  await lab.openOwn(LESSON);
  lab.document.editFile('greeter.ts', '// mine');
  lab.restartLesson();
  expect(lab.document.files['greeter.ts']).not.toBe('// mine');
  lab.document.undo();
  expect(lab.document.files['greeter.ts']).toBe('// mine');
});

test('an example runs at once, on a phone in sight, and is there again after a reload', async () => {
  const lab = newLab();
  await lab.openOwn(LESSON);
  await lab.openExample('mm1', { version: 1, title: 'M/M/1' });
  expect([lab.lesson, lab.document.title, lab.selection.pane]).toEqual([undefined, 'M/M/1', 'stage']);
  expect(runs.at(-1)).toEqual({ title: 'M/M/1', variants: [null] });

  const reloaded = newLab();
  await reloaded.openOwn(LESSON);
  expect([reloaded.lesson, reloaded.document.title]).toEqual([undefined, 'M/M/1']);
});
