import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const ROOT = new URL('../../src/i18n/', import.meta.url);
const PLURAL = /_(zero|one|two|few|many|other)$/;

function read(path: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(path, ROOT), 'utf8')) as Record<string, string>;
}

/** Chinese has one plural form, English two: a key and its placeholders are compared without the form. */
function wanted(dictionary: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(dictionary).map(([key, text]) => [key.replace(PLURAL, ''), placeholders(text)]));
}

function placeholders(text: string): string {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name))].sort().join(' ');
}

const files = readdirSync(new URL('en/', ROOT));

test('both languages have the same files', () => {
  expect(readdirSync(new URL('zh/', ROOT))).toEqual(files);
});

test.each(readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json')))(
  '%s says nothing twice',
  (file) => {
    const text = readFileSync(new URL(file.replaceAll('\\', '/'), ROOT), 'utf8');
    const keys = [...text.matchAll(/^ {2}"([^"]+)":/gm)].map(([, key]) => key);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  },
);

describe.each(files)('%s', (file) => {
  test('has the same keys with the same placeholders in both languages', () => {
    expect(Object.fromEntries(wanted(read(`zh/${file}`)))).toEqual(Object.fromEntries(wanted(read(`en/${file}`))));
  });

  test('has flat keys of text, none of which another file has too', () => {
    const others = new Set(files.filter((other) => other !== file).flatMap((other) => Object.keys(read(`en/${other}`))));
    for (const [key, text] of Object.entries(read(`en/${file}`))) {
      expect(typeof text, key).toBe('string');
      expect(others.has(key), `${key} in two files`).toBe(false);
    }
  });

  test('has both English plural forms wherever it has one', () => {
    const keys = new Set(Object.keys(read(`en/${file}`)));
    for (const key of keys) if (key.endsWith('_one')) expect(keys).toContain(key.replace(/_one$/, '_other'));
  });
});

test('every problem has a sentence in both languages, with the same values in it', () => {
  const problems = JSON.parse(readFileSync(new URL('problems.json', ROOT), 'utf8')) as Record<string, Record<string, string>>;
  for (const [key, sentences] of Object.entries(problems)) {
    expect(key).toMatch(/^problem\.\w+/);
    expect(Object.keys(sentences).sort(), key).toEqual(['en', 'zh']);
    expect(placeholders(sentences['zh'] ?? ''), key).toBe(placeholders(sentences['en'] ?? ''));
  }
});

test('every problem that a room can name has its sentence', () => {
  const problems = JSON.parse(readFileSync(new URL('problems.json', ROOT), 'utf8')) as Record<string, unknown>;
  const src = new URL('../', ROOT);
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|svelte)$/.test(name));
  const named = sources.flatMap((name) =>
    [...readFileSync(new URL(name, src), 'utf8').matchAll(/'(problem\.\w+)'/g)].map(([, key]) => ({ name, key: key ?? '' })),
  );
  expect(named.filter(({ key }) => !(key in problems))).toEqual([]);
});

test('every shipped scenario and every lane of one has a Chinese name, but for what is called the same everywhere', () => {
  const SAME = /^(M\/[MDG]\/\d+(\/K)?|HTTP\/[\d.]+|gRPC|TLS|acks \w+)$/;
  const names = JSON.parse(readFileSync(new URL('shipped-names.json', ROOT), 'utf8')) as Record<string, string>;
  const read = (file: URL) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, string | object>;
  const inFolder = (folder: URL) => readdirSync(folder).map((name) => new URL(name, folder));
  const examples = inFolder(new URL('../../public/scenarios/', ROOT)).map(read);
  const lessons = inFolder(new URL('../../lessons/', ROOT)).flatMap((lesson) =>
    existsSync(new URL(`${lesson.href}/lesson.json`)) ? read(new URL(`${lesson.href}/lesson.json`))['scenario']! : [],
  ) as Record<string, string | object>[];
  const wanted = [...examples, ...lessons].flatMap(({ title, baseName, variants }) => {
    return [title, baseName, ...Object.keys(variants ?? {})].filter((name) => typeof name === 'string');
  });
  expect(wanted.filter((name) => !SAME.test(name) && !/\p{Script=Han}/u.test(names[name] ?? ''))).toEqual([]);
  expect(Object.keys(names).filter((name) => !wanted.includes(name))).toEqual([]);
});
