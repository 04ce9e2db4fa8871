import { readFileSync } from 'node:fs';
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
  backToWork: () => void done.push('backToWork'),
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

test('what a part of the page offers can be done while it is in sight, and says where it is otherwise', async () => {
  const { offered } = await import('../../../src/ui/commands/offered.svelte');
  const find = (id: string) => commands.allCommands(newLab(), page()).find((command) => command.id === id);
  expect(find('newFile')?.unless).toBe('on Build, in the code pane');
  const gone = offered.offer(() => ({ newFile: 'enough files', deleteFile: () => void done.push('deleteFile') }));
  expect([find('newFile')?.unless, find('deleteFile')?.unless]).toEqual(['enough files', undefined]);
  find('deleteFile')?.run();
  expect(done.at(-1)).toBe('deleteFile');
  const found = commands.commandsFor(newLab(), commands.allCommands(newLab(), page()), 'the file').map(({ id }) => id);
  expect(found.indexOf('deleteFile'), 'what can be done stands before its like').toBeLessThan(found.indexOf('renameFile'));
  gone();
  expect(find('newFile')?.unless).toBe('on Build, in the code pane');
});

test('problems in the code are gone through in the order of the code, round and round', () => {
  const lab = newLab();
  const problem = (file: string, line: number): object => ({ key: 'problem.handler', params: {}, path: '', file, line, column: 1 });
  const problems = [problem('b.ts', 2), problem('a.ts', 9), problem('a.ts', 3), problem('a.ts', 3)];
  Object.defineProperty(lab.run, 'problems', { get: () => problems });
  Object.defineProperty(lab.document, 'files', { get: () => ({ 'a.ts': '', 'b.ts': '' }) });
  const seen: string[] = [];
  const go = (id: string): void => {
    commands
      .allCommands(lab, page())
      .find((command) => command.id === id)
      ?.run();
    seen.push(`${lab.selection.codePlace?.file}:${lab.selection.codePlace?.line}`);
  };
  for (const id of ['nextProblem', 'nextProblem', 'nextProblem', 'nextProblem', 'previousProblem', 'previousProblem']) go(id);
  expect(seen).toEqual(['a.ts:3', 'a.ts:9', 'b.ts:2', 'a.ts:3', 'b.ts:2', 'a.ts:9']);
});

/** The buttons of the bars around what is looked at, by their texts: the command that does the same, or why there is none. */
const BUTTONS: Readonly<Record<string, string | { readonly not: string }>> = {
  'audit.again': 'audit',
  'audit.cancel': 'audit',
  'audit.copy': 'copyAudit',
  'audit.print': 'printAudit',
  'audit.run': 'audit',
  'build.copy': 'copy',
  'build.fileAdd': 'newFile',
  'build.fileRemove': 'deleteFile',
  'build.new': 'new',
  'charts.whole': 'wholeRun',
  'compare.close': 'compareFile',
  'compare.copy': 'copyComparison',
  'compare.next': 'nextDifference',
  'compare.previous': 'previousDifference',
  'compare.restore': 'restoreFile',
  'compare.showMe': { not: 'the solution is for who reads the warning' },
  'editor.compare': 'compareFile',
  'editor.format': 'formatFile',
  'editor.toBuild': 'area build',
  'lesson.back': 'previousStep',
  'lesson.check.press': 'checkAnswer',
  'lesson.check.running': 'checkAnswer',
  'lesson.hint': { not: 'hints are asked for where the step is read' },
  'lesson.next': 'nextStep',
  'lesson.openCode': { not: 'every file has a command' },
  'lesson.pauseNow': 'playOrPause',
  'lesson.playNow': 'playOrPause',
  'seeds.again': 'manySeeds',
  'seeds.ask': 'manySeeds',
  'seeds.cancel': 'manySeeds',
  'shell.backToWork': 'backToWork',
  'shell.cancel': { not: 'cancelRun is a command while there is a long run' },
  'shell.chinese': 'language',
  'shell.commands': { not: 'opens the palette' },
  'shell.dismiss': { not: 'puts away what it stands on' },
  'shell.download': 'download',
  'shell.english': 'language',
  'shell.examples': 'examples',
  'shell.keepCopy': 'keepCopy',
  'shell.keys': 'showKeys',
  'shell.later': { not: 'puts away what it stands on' },
  'shell.lessons': 'work',
  'shell.openInChinese': 'language',
  'shell.openInEnglish': 'language',
  'shell.present': 'present',
  'shell.redo': 'redo',
  'shell.resetWork': 'restartLesson',
  'shell.run': 'run',
  'shell.runAgain': 'run',
  'shell.share': 'share',
  'shell.theme': 'theme dark',
  'shell.undo': 'undo',
  'shell.update': { not: 'is there only while an update waits' },
  'tabs.copy': 'keepCopy',
  'tabs.takeOver': 'takeOver',
  'timeline.pause': 'playOrPause',
  'timeline.play': 'playOrPause',
  'timeline.step': 'stepForward',
  'timeline.stepBack': 'stepBack',
  'timeline.toEnd': 'toEnd',
  'timeline.toStart': 'toStart',
};
const BARS =
  'audit/AuditPlace build/FileBar build/ScenarioActions charts/Charts compare/CompareViews editor/CodePane editor/CompareBar ' +
  'formula/SeedsPanel lesson/LessonPane shell/Banners shell/EditedElsewhere shell/Header shell/RunBar shell/StagePane timeline/Transport';

test('every button of a bar has a command, or a reason why it has none', () => {
  const ids = new Set(commands.allCommands(newLab(), page()).map(({ id }) => id));
  const texts = BARS.split(' ').flatMap((bar) => {
    const buttons = readFileSync(`src/ui/${bar}.svelte`, 'utf8').match(/<button\b[^]*?<\/button\s*>/g) ?? [];
    return buttons.flatMap((button) => [...button.matchAll(/(?:t\(|[?:] )(?:[^()']*\? )?'([\w.]+\.[\w.]+)'/g)].map(([, key]) => key!));
  });
  expect(texts.length).toBeGreaterThan(50);
  expect([...new Set(texts)].filter((text) => !(text in BUTTONS))).toEqual([]);
  expect(Object.values(BUTTONS).filter((command) => typeof command === 'string' && !ids.has(command))).toEqual([]);
});
