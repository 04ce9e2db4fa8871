import { expect, test } from 'vitest';
import { findLesson } from '../../src/lesson/catalogue';
import { comparisonsOf } from '../../src/ui/editor/comparisons';

const lesson = findLesson('greeter')!;
const edited = { ...lesson.scenario, files: { ...lesson.start, 'greeter.ts': 'mine' } };
const grounds = { document: edited, lesson, shipped: undefined, opened: edited, lanes: lesson.lanes };
const found = (part: Partial<Parameters<typeof comparisonsOf>[0]>) =>
  comparisonsOf({ ...grounds, file: 'greeter.ts', ...part }).map(({ source, file, variant }) => [source, file, variant]);

test('a file of a lesson has its start, its solution and what it was when it was opened', () => {
  expect(found({})).toEqual([
    ['starter', 'greeter.ts', null],
    ['solution', 'greeter.ts', null],
    ['opened', 'greeter.ts', null],
  ]);
  expect(comparisonsOf({ ...grounds, file: 'greeter.ts' })[0]?.text).toBe(lesson.start['greeter.ts']);
});

test('one text is offered once', () => {
  expect(found({ opened: { files: lesson.start } })).toEqual([
    ['starter', 'greeter.ts', null],
    ['solution', 'greeter.ts', null],
  ]);
});

test('the file that another variant has for the same component is offered, in both directions', () => {
  expect(found({ file: 'caller.ts' })).toContainEqual(['variant', 'sender.ts', 'queue']);
  expect(found({ file: 'sender.ts' })).toContainEqual(['variant', 'caller.ts', null]);
});

test('a variant that has other text in a file of the same name is offered', () => {
  const components = { a: { kind: 'service', handler: 'a.ts' } };
  const document = { components, files: { 'a.ts': '1' }, variants: { other: { files: { 'a.ts': '2' } } } };
  const title = { en: '', zh: '' };
  const lanes = [
    { variant: null, title },
    { variant: 'other', title },
  ];
  expect(comparisonsOf({ file: 'a.ts', document, lesson: undefined, shipped: undefined, opened: document, lanes })).toEqual([
    expect.objectContaining({ source: 'opened', text: '1' }),
    expect.objectContaining({ source: 'variant', variant: 'other', text: '2' }),
  ]);
});

test('a file of any shape gives no exception', () => {
  for (const file of [{}, { files: 1 }, { components: { a: 3 }, files: { 'a.ts': 7 } }])
    expect(comparisonsOf({ ...grounds, file: 'a.ts', lesson: undefined, document: file, opened: file })).toEqual([]);
});
