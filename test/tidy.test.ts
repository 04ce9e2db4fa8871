/**
 * The code keeps its shape: who may import whom, no cycles, nothing dead, names and lengths. Each failure says what to do instead.
 * What a single file may do (clock, chance, unequal mathematics) is in `eslint.config.js`; `lint.test.ts` shows that it works.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import rooms from '../build/rooms.json';

const ROOMS: Readonly<Record<string, readonly string[]>> = rooms;
const MAX_LINES = 300;
const SUFFIXES = ['', '.ts', '.svelte', '.svelte.ts'];

interface Import {
  readonly from: string;
  readonly to: string;
  /** Gone after compiling, so it is no part of a cycle and brings nothing along. */
  readonly isType: boolean;
  /** A worker or a bundle of its own: it is used, but not carried by the importer. */
  readonly isSeparate: boolean;
}

function filesIn(folder: string, pattern = /\.(ts|svelte)$/): string[] {
  if (!existsSync(folder)) return [];
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return all.filter((path) => pattern.test(path) && statSync(path).isFile()).sort();
}

const sources = filesIn('src').filter((path) => !path.endsWith('.d.ts'));
const imports = [...sources, ...filesIn('build'), 'vite.config.ts'].flatMap(importsOf);

function importsOf(from: string): Import[] {
  const text = readFileSync(from, 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '');
  const statements = text.matchAll(/\b(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]+?\sfrom\s+)?'(\.{1,2}\/[^']+)'/g);
  const calls = text.matchAll(/(\bimport\(|new URL\(|sharedWorker\()\s*'(\.{1,2}\/[^']+)'/g);
  return [
    ...[...statements].map(([, type, specifier = '']) => ({
      from,
      specifier,
      isType: type !== undefined,
      isSeparate: /\?(bundle|worker|url)/.test(specifier),
    })),
    ...[...calls].map(([, call, specifier = '']) => ({ from, specifier, isType: false, isSeparate: call !== 'import(' })),
  ].flatMap(({ specifier, ...rest }) => {
    const path = normalize(join(dirname(from), specifier.replace(/\?.*$/, '')));
    const to = SUFFIXES.map((suffix) => path + suffix).find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
    return to ? [{ ...rest, to }] : [];
  });
}

function roomOf(path: string): string | undefined {
  return /^src\/(\w+)\//.exec(path)?.[1];
}

/** Where something starts: the pages, what they hash into their policy, the command line and its thread, the build. */
function entries(): string[] {
  const pages = ['index.html', 'mid.html'].flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/(src\/[\w./-]+\.ts)/g)].map((match) => match[1] ?? ''),
  );
  return [...pages, 'src/cli/main.ts', 'src/cli/thread.ts', 'vite.config.ts'];
}

function reachable(start: readonly string[], follows: (edge: Import) => boolean = () => true): Set<string> {
  const reached = new Set<string>();
  const waiting = [...start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const edge of imports) if (edge.from === path && follows(edge)) waiting.push(edge.to);
  }
  return reached;
}

describe('rooms', () => {
  test('every folder of src is a room with a place in the import table', () => {
    const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const unknown = folders.map(({ name }) => name).filter((name) => !(name in ROOMS));
    expect(unknown, 'Put the code into one of the rooms, or give the new room its line in build/rooms.json.').toEqual([]);
  });

  test('rooms import only downwards', () => {
    const wrong = imports.flatMap(({ from, to }) => {
      const [room, other] = [roomOf(from), roomOf(to)];
      return room && other && room !== other && !ROOMS[room]?.includes(other) ? [`${from} imports ${to}`] : [];
    });
    expect(wrong, 'Pass it in as a parameter, or move what both need down into a room that both may import (build/rooms.json).').toEqual(
      [],
    );
  });

  test('the page never carries the simulator', () => {
    const carried = reachable(['src/main.ts'], ({ isType, isSeparate }) => !isType && !isSeparate);
    const wrong = [...carried].filter((path) => ['sim', 'world', 'assess', 'machines', 'cli'].includes(roomOf(path) ?? ''));
    expect(wrong, 'Views read traces and snapshots. Ask the sandbox, and import only types from there.').toEqual([]);
  });
});

test('there are no cycles', () => {
  const cyclic = sources.filter((path) => {
    const targets = imports.filter(({ from, isType, isSeparate }) => from === path && !isType && !isSeparate).map(({ to }) => to);
    return reachable(targets, ({ isType, isSeparate }) => !isType && !isSeparate).has(path);
  });
  expect(cyclic, 'These files import each other in a circle: move what they share into a file of its own.').toEqual([]);
});

test('nothing is dead', () => {
  const reached = reachable(entries());
  const dead = sources.filter((path) => !reached.has(path));
  expect(dead, 'No page, command or build step reaches these files: use them or delete them (tests do not count as use).').toEqual([]);
});

test('nothing is exported that no other file uses', () => {
  const texts = new Map(
    [...filesIn('src'), ...filesIn('test'), ...filesIn('build'), ...filesIn('scripts'), 'vite.config.ts'].map((path) => [
      path,
      readFileSync(path, 'utf8'),
    ]),
  );
  const unused = sources.flatMap((path) => {
    const exported = [...(texts.get(path) ?? '').matchAll(/^export (?:async )?(?:const|let|function\*?|class) ([\w$]+)/gm)].map(
      (match) => match[1] ?? '',
    );
    const others = [...texts].filter(([other]) => other !== path);
    return exported
      .filter((name) => !others.some(([, text]) => new RegExp(`\\b${name.replaceAll('$', '\\$')}\\b`).test(text)))
      .map((name) => `${path}: ${name}`);
  });
  expect(unused, 'Remove the word `export`, or the thing itself.').toEqual([]);
});

test('every dependency is used', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
  const texts = [
    ...filesIn('src'),
    ...filesIn('test', /\.(ts|js)$/),
    ...filesIn('build'),
    ...filesIn('scripts', /\.(ts|js)$/),
    ...['vite.config.ts', 'eslint.config.js', 'tsconfig.json', 'package.json'],
  ]
    .map((path) => readFileSync(path, 'utf8').replace(/"(devDependencies|dependencies)": \{[^}]*\}/g, ''))
    .join('\n');
  const names = Object.keys({ ...dependencies, ...devDependencies });
  // Types belong to the package that they describe; a package named after its command is used by a script.
  const unused = names.filter((name) => {
    const described = name.replace(/^@types\//, '');
    return described !== 'node' && !new RegExp(`['"/ ]${described}['"/ ]|"${described} `).test(texts);
  });
  expect(unused, 'Uninstall what nothing imports and no script calls.').toEqual([]);
});

describe('files', () => {
  const written = [
    ...filesIn('src'),
    ...filesIn('test'),
    ...filesIn('build'),
    ...filesIn('scripts', /\.(ts|js)$/),
    ...filesIn('bin', /\.js$/),
  ];

  test('are named in kebab-case, components in PascalCase', () => {
    const wrong = written.filter((path) => {
      const name = path.split('/').at(-1) ?? '';
      return name.endsWith('.svelte')
        ? !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name)
        : !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.(ts|js)$/.test(name);
    });
    expect(wrong, 'Rename: `two-words.ts`, `TwoWords.svelte`.').toEqual([]);
  });

  test('are not called utils, helpers or common, and there are no barrels', () => {
    const wrong = written.filter(
      (path) =>
        /\/(utils?|helpers?|common|misc|shared)\b/.test(path) || (/^src\/.*\/index\.ts$/.test(path) && path !== 'src/machines/index.ts'),
    );
    expect(wrong, 'Name the file after the one thing it does, and import from it directly.').toEqual([]);
  });

  test(`have at most ${MAX_LINES} lines`, () => {
    const long = written.flatMap((path) => {
      const lines = readFileSync(path, 'utf8').split('\n').length - 1;
      return lines > MAX_LINES ? [`${path}: ${lines}`] : [];
    });
    expect(long, 'A file does one thing: find the two things in it and give each its own.').toEqual([]);
  });

  test('leave nothing to be done later', () => {
    const wrong = written.filter(
      (path) => path !== 'test/tidy.test.ts' && /\b(TODO|FIXME|XXX|HACK)\b|\.(only|skip)\(/.test(readFileSync(path, 'utf8')),
    );
    expect(wrong, 'Do it now, or write it down outside the code.').toEqual([]);
  });
});
