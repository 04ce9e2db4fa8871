import { beforeAll, expect, test } from 'vitest';
import { language, laterWords } from '../../../src/i18n/t.svelte';
import { Lab } from '../../../src/state/lab.svelte';
import { openEditLocks } from '../../../src/storage/edit-locks';
import { memoryStore } from '../../../src/storage/memory-store';

/** The page asks the browser what it is as soon as it is loaded. */
let commands: typeof import('../../../src/ui/commands/all-commands');
let keyboard: typeof import('../../../src/ui/shell/keyboard');
const done: string[] = [];

beforeAll(async () => {
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
    navigator: { userAgent: 'Node' },
  });
  [commands, keyboard] = await Promise.all([import('../../../src/ui/commands/all-commands'), import('../../../src/ui/shell/keyboard')]);
  await laterWords();
});

function newLab(): Lab {
  const never = (): Promise<never> => new Promise(() => undefined);
  return new Lab({
    simulator: { start: never, run: never, range: never, seeds: never, audit: never, values: never, cancel: () => undefined },
    store: Promise.resolve(memoryStore(() => 0)),
    locks: openEditLocks('test'),
    memory: { read: () => undefined, write: () => true },
    frames: { request: () => 1, cancel: () => undefined },
    wishes: ['en'],
    newId: () => 'copy',
  });
}

const page = () => ({
  keyed: Object.fromEntries(keyboard.KEYED_COMMANDS.map((id) => [id, () => void done.push(id)])) as Record<
    (typeof keyboard.KEYED_COMMANDS)[number],
    () => void
  >,
  open: (dialog: string) => void done.push(dialog),
  say: () => undefined,
  switchLanguage: () => Promise.resolve(),
  leaveLink: () => undefined,
});

test.each(['en', 'zh'] as const)('in %s every command has a title of its own and an id of its own', async (spoken) => {
  await language.set(spoken);
  const all = commands.allCommands(newLab(), page());
  expect(all.length).toBeGreaterThan(80);
  expect(all.filter(({ title }) => title === '' || /^\w+\.\w+/.test(title))).toEqual([]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  await language.set('en');
});

test('every key of the page is a command with that key, but the one that opens the palette', () => {
  const keys = commands.allCommands(newLab(), page()).flatMap(({ key }) => key ?? []);
  expect([...keys, 'palette'].sort()).toEqual([...keyboard.KEYED_COMMANDS].sort());
});

test('what cannot be done now says why', () => {
  const all = commands.allCommands(newLab(), page());
  expect(all.find(({ id }) => id === 'undo')?.unless).toBe('nothing to undo');
  expect(all.find(({ id }) => id === 'playOrPause')?.unless).toBe('nothing has run yet');
  expect(all.find(({ id }) => id === 'run')?.unless).toBeUndefined();
});

test('what was used last comes first, until something is asked for', () => {
  const lab = newLab();
  const all = commands.allCommands(lab, page());
  lab.settings.usedCommand('theme dark');
  lab.settings.usedCommand('example mm1');
  expect(
    commands
      .commandsFor(lab, all, '')
      .slice(0, 2)
      .map(({ id }) => id),
  ).toEqual(['example mm1', 'theme dark']);
  expect(commands.commandsFor(lab, all, 'keyboard')[0]?.id).toBe('showKeys');
});

test('a typed time is a command, and goes no further than the run', () => {
  const lab = newLab();
  lab.playhead.reach(60e6);
  const [first] = commands.commandsFor(lab, [], '12.5 s');
  expect(first?.title).toBe('Go to 12.5 s');
  first?.run();
  expect(lab.playhead.timeMicros).toBe(12_500_000);
  expect(commands.commandsFor(lab, [], '90')[0]?.title).toBe('Go to 60 s');
});

test('examples are found in Chinese by their English names too', async () => {
  await language.set('zh');
  const lab = newLab();
  const found = commands.commandsFor(lab, commands.allCommands(lab, page()), 'circuit breaker');
  expect(found[0]).toMatchObject({ id: 'example circuit-breaker', title: '断路器' });
  await language.set('en');
});
