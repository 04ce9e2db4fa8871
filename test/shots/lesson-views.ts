/** The lesson in each of its steps, and what comes of answers. */
import { atStep, start, stay, type View } from './view';

export const LESSON_VIEWS: readonly View[] = [
  { name: 'lesson-predict', go: stay },
  {
    name: 'lesson-locked',
    go: (visitor) => visitor.showTab('charts'),
  },
  ...[1, 2, 3, 4].map((step): View => ({
    name: `lesson-step-${step + 1}`,
    remembered: atStep(step),
    go: (visitor) => visitor.pane('shell.paneLesson'),
  })),
  { name: 'lesson-midway', remembered: atStep(1), go: (visitor) => visitor.seek(0.5) },
  {
    name: 'lesson-seen',
    remembered: atStep(1),
    go: async (visitor) => {
      await visitor.seek(1);
      await visitor.pane('shell.paneLesson');
    },
  },
  {
    name: 'lesson-answered',
    remembered: atStep(2),
    go: async (visitor) => {
      await visitor.pane('shell.paneLesson');
      await visitor.page.getByRole('radio').and(visitor.page.locator('.lesson fieldset input')).last().check();
      await visitor.button('lesson.answer').click();
    },
  },
  {
    name: 'lesson-hints',
    remembered: atStep(3),
    go: async (visitor) => {
      await visitor.pane('shell.paneLesson');
      const hint = visitor.page.getByRole('button', { name: new RegExp(`^${visitor.says('lesson.hint')} `) });
      for (let pressed = 0; pressed < 9 && (await hint.isVisible()); pressed++) await hint.click();
    },
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
  {
    name: 'lesson-passed',
    eachSize: true,
    remembered: atStep(4),
    go: async (visitor) => {
      await visitor.write('greeter.ts', start.replace('seconds(1)', 'seconds(0.5)'));
      await visitor.saved();
      await visitor.showLesson();
      await visitor.button('lesson.check.press').click();
      await visitor.page.getByTestId('checks').waitFor();
    },
  },
  { name: 'lesson-code', eachSize: true, remembered: atStep(3), go: (visitor) => visitor.showCode() },
  {
    name: 'lesson-compared',
    eachSize: true,
    remembered: atStep(3),
    go: async (visitor) => {
      await visitor.write('greeter.ts', start.replace('seconds(1)', 'seconds(0.5)'));
      await visitor.saved();
      await visitor.button('editor.compare').click();
    },
  },
];
