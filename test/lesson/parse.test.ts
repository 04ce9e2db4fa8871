import { describe, expect, it } from 'vitest';
import { parseLesson, type LessonFolder } from '../../src/lesson/parse';
import { splitLessonText } from '../../src/lesson/text';
import { readScenario } from '../../src/model/read-scenario';

const both = (text: string) => ({ en: text, zh: text });

function lessonFile() {
  return {
    scenario: {
      version: 1,
      duration: '60s',
      components: {
        client: { kind: 'client', arrivals: { poisson: '12/s' }, handler: 'caller.ts' },
        greeter: { kind: 'service', workers: 10, handler: 'greeter.ts' },
      },
      links: [{ from: 'client', to: 'greeter', delay: '20ms', loss: 0 }],
      variants: { queue: { duration: '30s' } },
    },
    lanes: [
      { variant: null as string | null, title: both('call') },
      { variant: 'queue', title: both('queue') },
    ],
    editable: ['greeter.ts'],
    hiddenSeeds: [1, 2],
    steps: [
      {
        kind: 'predict',
        question: {
          text: both('Which?'),
          options: [
            { id: 'a', text: both('A'), feedback: both('yes'), correct: true },
            { id: 'b', text: both('B'), feedback: both('no'), misconception: 'M3' },
          ],
        },
      },
      { kind: 'run' },
      { kind: 'modify', file: 'greeter.ts' },
    ] as Record<string, unknown>[],
    checks: [{ id: 'enough', title: both('enough'), measure: 'completedPerSecond', atLeast: 11, misconception: 'M3', failed: both('no') }],
  };
}

function folder(change: (file: ReturnType<typeof lessonFile>) => unknown = (file) => file, rest: Partial<LessonFolder> = {}): LessonFolder {
  const file = lessonFile();
  const text = splitLessonText('# Greeter\n\nHello.\n\n## Predict\n\n## Run\n\n## Modify\n');
  return {
    name: '01-greeter',
    lesson: change(file) ?? file,
    text: { en: text, zh: text },
    start: { 'greeter.ts': 'start', 'caller.ts': 'call' },
    solution: { 'greeter.ts': 'solved' },
    ...rest,
  };
}

function problemsOf(broken: LessonFolder): string[] {
  const read = parseLesson(broken, readScenario);
  return read.ok ? [] : read.problems.map(({ path, key }) => `${path} ${key}`);
}

describe('a lesson folder', () => {
  it('becomes a lesson with its id, order and files', () => {
    const read = parseLesson(folder(), readScenario);
    expect(read).toMatchObject({
      ok: true,
      value: {
        id: 'greeter',
        number: 1,
        scenario: { version: 1, files: { 'greeter.ts': 'start', 'caller.ts': 'call' } },
        solution: { 'greeter.ts': 'solved', 'caller.ts': 'call' },
        steps: [{ kind: 'predict' }, { kind: 'run', controls: [] }, { kind: 'modify', hints: [] }],
        text: { en: { title: 'Greeter', intro: 'Hello.' } },
      },
    });
  });

  it.each<[string, LessonFolder, string]>([
    ['a folder without a number', folder(undefined, { name: 'greeter' }), ' problem.lessonFolder'],
    ['no object at all', folder(() => 'nonsense'), 'lesson.json problem.lessonField'],
    [
      'a bound forgotten',
      folder((file) => ({ ...file, checks: [{ ...file.checks[0], atLeast: undefined }] })),
      'lesson.json.checks.0 problem.lessonField',
    ],
    [
      'an unknown measure',
      folder((file) => ({ ...file, checks: [{ ...file.checks[0], measure: 'speed' }] })),
      'lesson.json.checks.0.measure problem.lessonField',
    ],
    [
      'a missing translation',
      folder((file) => ({ ...file, lanes: [{ variant: null, title: { en: 'call' } }] })),
      'lesson.json.lanes.0.title.zh problem.lessonField',
    ],
    ['a misspelt key', folder((file) => ({ ...file, hiddenSeed: 1 })), 'lesson.json.hiddenSeed problem.lessonField'],
    [
      'an editable file that is not there',
      folder((file) => ({ ...file, editable: ['greter.ts'] })),
      'lesson.json.editable.0 problem.lessonFile',
    ],
    ['a solution to a file that is not there', folder(undefined, { solution: { 'other.ts': '' } }), 'solution/other.ts problem.lessonFile'],
    [
      'a lane without its variant',
      folder((file) => ({ ...file, lanes: [{ variant: 'topic', title: both('topic') }] })),
      'lesson.json.scenario.variants problem.noVariant',
    ],
    [
      'play before prediction',
      folder((file) => ({ ...file, steps: [file.steps[1], file.steps[0], file.steps[2]] })),
      'lesson.json.steps.0 problem.lessonPredictFirst',
    ],
    ['a section too few', folder((file) => ({ ...file, steps: [...file.steps, { kind: 'check' }] })), 'zh.md problem.lessonSections'],
  ])('reports %s with its place', (_what, broken, expected) => {
    expect(problemsOf(broken)).toContain(expected);
  });

  it('asks for exactly one right answer', () => {
    const twoRight = folder((file) => {
      const [predict] = file.steps as [{ question: { options: { correct?: boolean }[] } }];
      for (const option of predict.question.options) option.correct = true;
    });
    expect(problemsOf(twoRight)).toEqual(['lesson.json.steps.0.question.options problem.lessonField']);
  });
});

describe('lesson text', () => {
  it('is split at its headings, but not at comments in code', () => {
    const text = splitLessonText('# T\r\n\r\nintro\n\n## One\nbody\n```sh\n## not a heading\n```\n\n## Two\n');
    expect(text).toEqual({
      title: 'T',
      intro: 'intro',
      sections: [
        { title: 'One', body: 'body\n```sh\n## not a heading\n```' },
        { title: 'Two', body: '' },
      ],
    });
  });
});
