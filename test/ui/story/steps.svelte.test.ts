import { beforeAll, expect, it, vi } from 'vitest';
import { atOnce } from '../../../src/metrics/steps';
import { findLesson } from '../../../src/lesson/catalogue';
import { laterWords, t } from '../../../src/i18n/t.svelte';
import { Lab } from '../../../src/state/lab.svelte';
import { openEditLocks } from '../../../src/storage/edit-locks';
import { memoryStore } from '../../../src/storage/memory-store';
import { rowsOf, storyIn } from '../../../src/ui/story/stories';
import { storyCommands } from '../../../src/ui/story/story-commands';
import { headline } from '../../../src/ui/story/story-text';
import { runFile } from '../../world/run-file';

beforeAll(() => laterWords());

async function labWithRun(): Promise<Lab> {
  const never = (): Promise<never> => new Promise(() => undefined);
  const lab = new Lab({
    simulator: { start: never, run: never, range: never, seeds: never, audit: never, values: never, cancel: () => undefined },
    store: Promise.resolve(memoryStore(() => 0)),
    memory: { read: () => undefined, write: () => true },
    frames: { request: () => 1, cancel: () => undefined },
    locks: openEditLocks('test'),
    wishes: ['en'],
    newId: () => 'copy',
  });
  const lane = runFile(findLesson('greeter')!.scenario);
  lab.readers.make([lane], undefined);
  lab.playhead.reach(lane.endMicros);
  await vi.waitFor(() => expect(lab.readers.drawn.readers).toHaveLength(1));
  return lab;
}

it('goes by its causes through the story of the slowest request, and says where that led', async () => {
  const lab = await labWithRun();
  const said: string[] = [];
  const commands = storyCommands(lab, (text) => void said.push(text));
  commands.previousCause();
  await vi.waitFor(() => expect(said).toEqual(['Choose a request first.']));

  const reader = lab.readers.drawn.readers[0]!;
  const { lane } = reader;
  const [slowest] = atOnce(rowsOf(lane).orderedInSteps('time', 'all'));
  lab.selection.selectRequest(0, slowest);
  const story = storyIn(reader, lane, slowest!)!;
  expect(headline(story, lane, t)).toMatch(/^Request \d+ took [\d.]+ s: [\d.]+ s of it waiting in the line of greeter with \d+ others\.$/);
  for (let press = 2; press <= 4; press++) {
    commands.previousCause();
    await vi.waitFor(() => expect(said).toHaveLength(press));
  }
  // The end, the way back, the work.
  expect(said.at(-1)).toMatch(/^[\d.]+ s: greeter works on it$/);
  const work = story.hops.find(({ kind }) => kind === 'work')!;
  expect([lab.playhead.timeMicros, lab.selection.hop]).toEqual([work.fromMicros, work.index]);
  expect(lane.places[lab.selection.place!]).toMatchObject({ id: 'greeter' });
  commands.nextEffect();
  await vi.waitFor(() => expect(said.at(-1)).toMatch(/greeter → client: the reply travels$/));
});

it('says nothing of a run that a lesson keeps to itself', async () => {
  const lab = await labWithRun();
  const said: string[] = [];
  lab.selection.selectRequest(0, 1);
  lab.playhead.lock();
  storyCommands(lab, (text) => void said.push(text)).nextEffect();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([said, lab.playhead.timeMicros, lab.selection.hop]).toEqual([[], 0, undefined]);
});
