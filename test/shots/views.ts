/** Every view, dialog and error state that a picture is taken of, and how one gets there. */
import { findLesson } from '../../src/lesson/catalogue';
import type { Visitor } from './visitor';

export interface View {
  readonly name: string;
  /** What this browser keeps from an earlier visit. */
  readonly remembered?: Readonly<Record<string, unknown>>;
  /** What is behind the `#` of the address. */
  readonly fragment?: string;
  /** Not on a phone, where there is no such thing. */
  readonly wideOnly?: true;
  go(visitor: Visitor): Promise<void>;
}

const LESSON = 'greeter';
const start = findLesson(LESSON)?.start['greeter.ts'] ?? '';

/** The lesson at a step, its questions answered so far. */
const atStep = (step: number): Readonly<Record<string, unknown>> => ({
  'async-lab.progress': {
    [LESSON]: { step, done: Array.from({ length: step }, (_, index) => index), answers: step > 0 ? { 0: 'same' } : {} },
  },
});

const stay = (): Promise<void> => Promise.resolve();

const lesson: readonly View[] = [
  { name: 'lesson-predict', go: stay },
  ...[1, 2, 3, 4].map((step) => ({
    name: `lesson-step-${step + 1}`,
    remembered: atStep(step),
    go: (visitor: Visitor) => visitor.pane('shell.paneLesson'),
  })),
  {
    name: 'lesson-midway',
    remembered: atStep(1),
    go: (visitor) => visitor.seek(0.5),
  },
  {
    name: 'lesson-checked',
    remembered: atStep(4),
    go: async (visitor) => {
      await visitor.pane('shell.paneLesson');
      await visitor.button('lesson.check.press').click();
      await visitor.page.getByTestId('checks').waitFor();
    },
  },
  { name: 'lesson-code', remembered: atStep(3), go: (visitor) => visitor.pane('shell.paneCode') },
];

/** The tabs below the stage, each over an example that fills it. */
const tabs: readonly View[] = (
  [
    ['spaceTime', 'five-carriages'],
    ['charts', 'circuit-breaker'],
    ['theory', 'mm10'],
    ['machine', 'circuit-breaker'],
    ['log', 'five-carriages'],
    ['requests', 'five-carriages'],
    ['compare', 'retry-budget'],
    ['observed', 'observed-orders'],
  ] as const
).map(([tab, example]) => ({
  name: `tab-${tab}`,
  go: async (visitor) => {
    await visitor.openExample(example);
    await visitor.seek(0.5);
    await visitor.showTab(tab);
  },
}));

const stages: readonly View[] = ['leader-failover', 'rolling-deploy', 'tampered-orders', 'five-carriages'].map((example) => ({
  name: `stage-${example}`,
  go: async (visitor) => {
    await visitor.openExample(example);
    await visitor.seek(0.5);
  },
}));

const dialogs: readonly View[] = [
  { name: 'dialog-examples', go: (visitor) => visitor.button('shell.examples').click() },
  { name: 'dialog-lessons', go: (visitor) => visitor.button('shell.lessons').click() },
  {
    name: 'dialog-share',
    go: async (visitor) => {
      await visitor.button('shell.share').click();
      await visitor.page.waitForFunction(() => document.querySelector<HTMLInputElement>('[data-testid="share-link"]')?.value);
    },
  },
  { name: 'dialog-keys', wideOnly: true, go: (visitor) => visitor.page.keyboard.press('?') },
  {
    name: 'dialog-fidelity',
    go: async (visitor) => {
      await visitor.button('shell.examples').click();
      await visitor.button('fidelity.title').click();
    },
  },
  {
    name: 'panel-moments',
    remembered: atStep(1),
    go: async (visitor) => {
      await visitor.seek(0.25);
      await visitor.page.getByTestId('moments').click();
      await visitor.page
        .getByRole('button', { name: /\bB$/ })
        .or(visitor.button('moments.add', { at: '15.00 s' }))
        .first()
        .click();
    },
  },
];

const areas: readonly View[] = [
  {
    name: 'story',
    go: async (visitor) => {
      await visitor.openExample('retry-budget');
      await visitor.seek(0.5);
      await visitor.showTab('requests');
      await visitor.page
        .getByTestId('request-list')
        .getByRole('row')
        .or(visitor.page.getByTestId('request-list').getByRole('option'))
        .nth(3)
        .click();
      await visitor.page.getByTestId('story').waitFor();
    },
  },
  { name: 'palette', wideOnly: true, go: (visitor) => visitor.page.keyboard.press('ControlOrMeta+K') },
  {
    name: 'audit-empty',
    go: async (visitor) => {
      await visitor.openExample('mm1k');
      await visitor.goTo('shell.areaAudit');
    },
  },
  {
    name: 'audit-report',
    go: async (visitor) => {
      await visitor.openExample('bad-network');
      await visitor.goTo('shell.areaAudit');
      await visitor.button('audit.run').click();
      await visitor.button('audit.again').waitFor({ timeout: 90_000 });
    },
  },
  {
    name: 'presenter',
    remembered: atStep(1),
    wideOnly: true,
    go: async (visitor) => {
      await visitor.seek(0.5);
      await visitor.page.keyboard.press('ControlOrMeta+K');
      await visitor.page.getByRole('dialog').getByRole('combobox').fill(visitor.says('shell.present'));
      await visitor.page.keyboard.press('Enter');
      await visitor.page.getByTestId('present').waitFor();
    },
  },
];

const build: readonly View[] = [
  {
    name: 'build-new',
    go: async (visitor) => {
      await visitor.goTo('shell.areaBuild');
      await visitor.pane('shell.paneParts');
      await visitor.button('build.new').click();
    },
  },
  {
    name: 'build-example',
    go: async (visitor) => {
      await visitor.openExample('five-carriages');
      await visitor.goTo('shell.areaBuild');
      await visitor.pane('shell.paneForm');
    },
  },
  {
    name: 'build-faults',
    go: async (visitor) => {
      await visitor.openExample('leader-failover');
      await visitor.goTo('shell.areaBuild');
      await visitor.showTab('faults');
    },
  },
];

const errors: readonly View[] = [
  {
    name: 'error-code',
    remembered: atStep(3),
    go: async (visitor) => {
      await visitor.write('greeter.ts', start.replace('seconds(1)', 'seconds('));
      await visitor.page.getByTestId('problems').waitFor();
    },
  },
  {
    name: 'error-throw',
    remembered: atStep(3),
    go: async (visitor) => {
      await visitor.write('greeter.ts', start.replace('await ctx.work(seconds(1));', `throw new Error('no hello today');`));
      await visitor.page.getByTestId('problems').waitFor();
    },
  },
  { name: 'error-link', fragment: 'v1.broken', go: stay },
];

export const VIEWS: readonly View[] = [...lesson, ...tabs, ...stages, ...dialogs, ...areas, ...build, ...errors];
