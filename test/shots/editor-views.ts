/** The editor's own states: what it offers, says and compares, on phones too, where it is a plain field. */
import { atStep, start, type View } from './view';
import type { Visitor } from './visitor';

async function compareWith(visitor: Visitor, key: string): Promise<void> {
  await visitor.write('greeter.ts', start.replace('seconds(1)', 'seconds(0.5)'));
  await visitor.saved();
  await visitor.button('editor.compare').click();
  await visitor.page
    .getByTestId('compare')
    .getByRole('combobox')
    .selectOption({ label: visitor.says(key) });
}

/** The caret is on the name of the handler's parameter `name` in its second line. */
async function toName({ page }: Visitor): Promise<void> {
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+Home');
  for (const key of ['ArrowDown', 'End', 'Home', ...Array<string>(22).fill('ArrowRight')]) await page.keyboard.press(key);
}

/** What is known of the name at the caret, coloured as the editor is now. */
async function showValues({ page }: Visitor): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('F4');
  await page.locator('.monaco-hover:visible').getByText('name: string').first().waitFor();
}

const editor = (name: string, go: (visitor: Visitor) => Promise<unknown>): View => ({
  name: `editor-${name}`,
  wideOnly: true,
  eachSize: true,
  remembered: atStep(3),
  go: async (visitor) => {
    await visitor.seek(0.5);
    await visitor.showCode();
    await visitor.page.locator('.monaco-editor .view-line').first().waitFor();
    await go(visitor);
  },
});

export const EDITOR_VIEWS: readonly View[] = [
  { ...editor('values', toName), again: showValues },
  editor('offers', async ({ page }) => {
    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('\nexport const f = (c: Ctx) => c.');
    await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
  }),
  editor('find', async ({ page }) => {
    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('ControlOrMeta+F');
    await page.locator('.find-widget.visible').waitFor();
  }),
  {
    name: 'editor-withheld',
    eachSize: true,
    remembered: atStep(3),
    go: (visitor) => compareWith(visitor, 'compare.solution'),
  },
  {
    name: 'editor-same',
    eachSize: true,
    remembered: atStep(3),
    go: async (visitor) => {
      await visitor.showCode();
      await visitor.button('editor.compare').click();
    },
  },
  {
    name: 'code-none',
    go: async (visitor) => {
      await visitor.openExample('mm1');
      await visitor.seek(0.5);
      await visitor.pane('shell.paneCode');
    },
  },
  {
    name: 'code-files',
    go: async (visitor) => {
      await visitor.openExample('saga');
      await visitor.seek(0.5);
      await visitor.pane('shell.paneCode');
    },
  },
];
