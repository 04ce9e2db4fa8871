/** Dialogs, panels that open over the page, the presenter's view and the sheet for print. */
import { atStep, type View } from './view';
import type { Visitor } from './visitor';

async function type(visitor: Visitor, text: string): Promise<void> {
  await visitor.page.keyboard.press('ControlOrMeta+K');
  await visitor.page.getByRole('dialog').getByRole('combobox').fill(text);
}

async function present(visitor: Visitor): Promise<void> {
  await visitor.seek(0.5);
  await type(visitor, visitor.says('shell.present'));
  await visitor.page.keyboard.press('Enter');
  await visitor.page.getByTestId('present').waitFor();
}

const find = async (visitor: Visitor, text: string): Promise<void> => {
  await visitor.button('shell.examples').click();
  await visitor.page.getByRole('searchbox').fill(text);
};

export const DIALOG_VIEWS: readonly View[] = [
  { name: 'dialog-examples', go: (visitor) => visitor.button('shell.examples').click() },
  { name: 'dialog-examples-found', go: (visitor) => find(visitor, visitor.says('examples.mm1')) },
  { name: 'dialog-examples-none', go: (visitor) => find(visitor, 'qqqq') },
  { name: 'dialog-lessons', go: (visitor) => visitor.button('shell.lessons').click() },
  {
    name: 'dialog-lessons-own',
    remembered: atStep(2),
    go: async (visitor) => {
      await visitor.goTo('shell.areaBuild');
      await visitor.pane('shell.paneParts');
      await visitor.button('build.copy').click();
      await visitor.pane('shell.paneParts');
      await visitor.button('build.copy').click();
      await visitor.button('shell.lessons').click();
      await visitor.page.locator('dialog [aria-expanded]').first().click();
      await visitor.page.locator('dialog .row > .quiet:last-of-type').last().click();
    },
  },
  {
    name: 'dialog-share',
    go: async (visitor) => {
      await visitor.button('shell.share').click();
      await visitor.page.waitForFunction(() => document.querySelector<HTMLInputElement>('[data-testid="share-link"]')?.value);
    },
  },
  {
    name: 'dialog-share-refused',
    before: (context) =>
      context.addInitScript(() => {
        Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('refused')) } });
        document.execCommand = () => false;
      }),
    go: async (visitor) => {
      await visitor.button('shell.share').click();
      await visitor.button('share.copy').click();
      await visitor.page.getByText(visitor.says('share.copyFailed')).first().waitFor();
    },
  },
  {
    name: 'dialog-share-copied',
    go: async (visitor) => {
      await visitor.button('shell.share').click();
      await visitor.button('share.copy').click();
      await visitor.page.getByRole('dialog').getByRole('status').filter({ hasText: '✓' }).waitFor();
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
    eachSize: true,
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
  {
    name: 'panel-moments-loop',
    eachSize: true,
    remembered: atStep(1),
    go: async (visitor) => {
      await visitor.seek(0.25);
      await visitor.page.getByTestId('moments').click();
      await visitor.page.getByRole('textbox', { name: visitor.says('moments.goTo') }).fill('soon');
      await visitor.page.keyboard.press('Enter');
      await visitor.page.getByRole('button', { name: visitor.says('moments.loopFrom') }).click();
    },
  },
  {
    name: 'panel-moments-wrong',
    eachSize: true,
    remembered: atStep(1),
    go: async (visitor) => {
      await visitor.seek(0.25);
      await visitor.page.getByTestId('moments').click();
      await visitor.page.getByRole('textbox', { name: visitor.says('moments.goTo') }).fill('soon');
      await visitor.page.keyboard.press('Enter');
      await visitor.page.locator('[popover] [role=alert]').waitFor();
    },
  },
  { name: 'palette', wideOnly: true, go: (visitor) => visitor.page.keyboard.press('ControlOrMeta+K') },
  { name: 'palette-found', wideOnly: true, go: (visitor) => type(visitor, '12 s') },
  { name: 'palette-none', wideOnly: true, go: (visitor) => type(visitor, 'qqqq') },
  { name: 'presenter', remembered: atStep(1), wideOnly: true, go: present },
  {
    name: 'presenter-unlocked',
    remembered: atStep(1),
    wideOnly: true,
    go: async (visitor) => {
      await present(visitor);
      await visitor.page.keyboard.press('u');
    },
  },
  {
    name: 'presenter-charts',
    remembered: atStep(1),
    wideOnly: true,
    go: async (visitor) => {
      await present(visitor);
      await visitor.page.keyboard.press('c');
    },
  },
  {
    name: 'presenter-locked',
    wideOnly: true,
    go: async (visitor) => {
      await visitor.page.keyboard.press('p');
      await visitor.page.getByTestId('present').waitFor();
    },
  },
  {
    name: 'presenter-lanes',
    wideOnly: true,
    go: async (visitor) => {
      await visitor.openExample('retry-budget');
      await present(visitor);
    },
  },
  {
    name: 'print-preview',
    wideOnly: true,
    go: async (visitor) => {
      await visitor.openExample('retry-budget');
      await visitor.page.keyboard.press('ControlOrMeta+P');
      await visitor.page.getByTestId('print-sheet').waitFor();
    },
  },
  {
    name: 'print-locked',
    wideOnly: true,
    go: async (visitor) => {
      await visitor.page.keyboard.press('ControlOrMeta+P');
      await visitor.page.getByTestId('print-sheet').waitFor();
    },
  },
  {
    name: 'print',
    remembered: atStep(1),
    wideOnly: true,
    go: async (visitor) => {
      await visitor.seek(0.5);
      await visitor.page.keyboard.press('ControlOrMeta+P');
      await visitor.page.getByTestId('print-sheet').waitFor({ state: 'attached' });
      await visitor.page.emulateMedia({ media: 'print' });
    },
  },
];
