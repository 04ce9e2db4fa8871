/** A link is the whole run: whoever opens it sees the same, and nothing of theirs is touched. */
import AxeBuilder from '@axe-core/playwright';
import { expect, it, vi } from 'vitest';
import { findLesson } from '../../src/lesson/catalogue';
import { decodeLink } from '../../src/share/link';
import { Learner } from './learner';
import { runInNode } from './node-run';
import { siteInChromium } from './site-in-chromium';

vi.setConfig({ testTimeout: 60_000 });
const SLOW = { timeout: 15_000 };
const start = findLesson('greeter')?.start['greeter.ts'] ?? '';
const mine = start.replace('seconds(1)', 'seconds(0.9)');
const theirs = start.replace('seconds(1)', `exponential('800ms')`);

const opened = siteInChromium();

interface Seen {
  readonly numbers: string;
  readonly stage: string;
  /** The lines of the event log around the playhead; how many there are depends on the room for them. */
  readonly log: readonly string[];
}

/** What is seen at three instants, and what the log says there: a run that differed anywhere before would differ here. */
async function seen(learner: Learner): Promise<Seen[]> {
  const { page } = learner;
  await page.getByRole('tab', { name: 'Log' }).click();
  const found: Seen[] = [];
  for (const seconds of [15, 33, 60]) {
    await learner.seek(seconds);
    const log = await page.getByLabel('Event log').getByRole('listitem').allInnerTexts();
    found.push({ numbers: (await learner.numbers()).strip, stage: await page.locator('#stage').innerText(), log });
  }
  return found;
}

it('shows the receiver the same run, after Run, and leaves their own work alone', async () => {
  const sender = await Learner.ready(opened.browser, opened.site.url);
  await sender.write(theirs);
  await sender.ran();
  await sender.turn('arrivals', 9);
  await expect.poll(() => sender.page.locator('#stage').innerText(), SLOW).toContain('9 requests / s');
  await sender.ran();
  const sent = await seen(sender);
  await sender.page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = sender.page.getByTestId('share-link');
  await expect.poll(() => link.inputValue(), SLOW).toMatch(/#v1/);
  await sender.page.getByRole('button', { name: 'Copy link' }).click();
  await sender.page.getByText('Link copied.').first().waitFor();
  const address = await sender.page.evaluate(() => navigator.clipboard.readText());
  expect(address).toBe(await link.inputValue());

  // The link holds the run: Node finds the same scenario in it, and gives the digest that the sender's scenario has.
  const decoded = decodeLink(new URL(address).hash);
  const scenario = decoded.ok ? decoded.value.scenario : {};
  expect((scenario as { files: Record<string, string> }).files['greeter.ts']).toBe(theirs);
  expect(runInNode(scenario, 'queue', 7)).toMatch(/^[0-9a-f]{16}$/);
  await sender.close();

  const receiver = await Learner.ready(opened.browser, opened.site.url);
  const { page } = receiver;
  await receiver.write(mine);
  await receiver.ran();
  await expect.poll(() => page.getByTestId('save-status').getAttribute('data-status'), SLOW).toBe('saved');
  await page.goto(address);
  await page.getByTestId('visit').waitFor();
  expect(await page.getByTestId('visit').innerText()).toContain('You are visiting “Greeter”');
  await page.getByTestId('run-visit').waitFor();
  await page.waitForTimeout(1_000);
  expect(await page.locator('#stage canvas').count(), 'nothing runs by itself').toBe(0);
  await page.getByTestId('run-visit').click();
  await receiver.ran();
  for (const [index, { numbers, stage, log }] of (await seen(receiver)).entries()) {
    expect([numbers, stage]).toEqual([sent[index]?.numbers, sent[index]?.stage]);
    const middle = Math.floor(log.length / 2);
    const few = log.slice(middle - 2, middle + 2);
    expect(few).toHaveLength(4);
    expect(sent[index]?.log.join('\n')).toContain(few.join('\n'));
  }
  await receiver.editorReady();
  expect(await receiver.written()).toContain(`exponential('800ms')`);

  await page.getByRole('button', { name: 'Keep a copy' }).click();
  await page.getByTestId('visit').waitFor({ state: 'detached' });
  await expect.poll(() => page.getByTestId('save-status').getAttribute('data-status'), SLOW).toBe('saved');
  await page.goto('about:blank');
  await page.goto(opened.site.url);
  await receiver.editorReady();
  expect(await receiver.written(), 'the copy is what was open last').toContain(`exponential('800ms')`);
  await page.getByRole('button', { name: 'Lessons' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Greeter/ })
    .first()
    .click();
  await expect.poll(() => receiver.written(), SLOW).toContain('seconds(0.9)');
  await receiver.close();
});

it('leads back from a visit to the own work, whatever was done there', async () => {
  const learner = await Learner.ready(opened.browser, opened.site.url);
  const { page } = learner;
  await learner.page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = page.getByTestId('share-link');
  await expect.poll(() => link.inputValue(), SLOW).toMatch(/#v1/);
  const address = await link.inputValue();
  await page.keyboard.press('Escape');
  await learner.write(mine);
  await learner.ran();
  await page.goto(address);
  await page.getByTestId('run-visit').click();
  await learner.ran();
  await learner.editorReady();
  await learner.write(theirs);
  await learner.ran();
  await page.getByRole('button', { name: 'Back to my work' }).click();
  await page.getByTestId('visit').waitFor({ state: 'detached' });
  await expect.poll(() => learner.written(), SLOW).toContain('seconds(0.9)');
  expect(new URL(page.url()).hash).toBe('');
  await learner.close();
});

it('says what is wrong with a link that is damaged, and opens the own work', async () => {
  const learner = await Learner.open(opened.browser, `${opened.site.url}#v1.thisIsNoLink`);
  await learner.page.getByRole('alert').waitFor();
  expect(await learner.page.getByRole('alert').innerText()).toContain('This link could not be opened');
  await learner.page.getByRole('heading', { name: 'Greeter' }).waitFor();
  await learner.close();
});

it('lets one of two tabs edit; the other follows, takes over, and nothing is lost', async () => {
  const one = await Learner.ready(opened.browser, opened.site.url);
  const two = await Learner.openIn(await one.page.context().newPage(), opened.site.url);
  const told = ({ page }: Learner) => page.getByTestId('edited-elsewhere');
  const stage = ({ page }: Learner) => page.locator('#stage').innerText();
  await told(two).waitFor();
  expect((await new AxeBuilder({ page: two.page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await one.turn('arrivals', 8);
  await expect.poll(() => stage(two), SLOW).toContain('8 requests / s');

  await two.page.getByRole('button', { name: 'Edit here instead' }).click();
  await told(two).waitFor({ state: 'detached' });
  await told(one).waitFor();
  await two.turn('arrivals', 9);
  await expect.poll(() => stage(one), SLOW).toContain('9 requests / s');

  await two.page.locator('[data-testid="save-status"][data-status="saved"]').waitFor();
  await two.page.close();
  await told(one).waitFor({ state: 'detached' });
  await one.turn('arrivals', 7);
  await one.page.locator('[data-testid="save-status"][data-status="saved"]').waitFor();
  await one.page.reload();
  await expect.poll(() => stage(one), SLOW).toContain('7 requests / s');
  await one.close();
});
