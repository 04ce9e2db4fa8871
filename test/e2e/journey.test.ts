/** A learner's way through the first lesson: predict, watch, look back, turn knobs, change a line, be checked. */
import AxeBuilder from '@axe-core/playwright';
import { expect, it, vi } from 'vitest';
import { findLesson } from '../../src/lesson/catalogue';
import { Learner, report } from './learner';
import { siteInChromium } from './site-in-chromium';

const lesson = findLesson('greeter');
const start = lesson?.start['greeter.ts'] ?? '';
const solution = lesson?.solution['greeter.ts'] ?? '';

vi.setConfig({ testTimeout: 90_000 });
const SLOW = { timeout: 20_000 };

const opened = siteInChromium();

it('asks before it plays, then messages move and numbers follow', async () => {
  const began = performance.now();
  const learner = await Learner.open(opened.browser, opened.site.url);
  const { page } = learner;
  await page.getByRole('heading', { name: 'Greeter' }).waitFor();
  await page.locator('#stage canvas').first().waitFor();
  report('opened, first picture', performance.now() - began);
  expect(await learner.play.isDisabled()).toBe(true);
  expect(await learner.time.isDisabled()).toBe(true);
  await page.locator('body').press('Space');
  expect(await learner.timeSeconds()).toBe(0);
  await expect.poll(() => page.getByTestId('toast').textContent(), SLOW).toContain('Play waits for your prediction');
  expect(await page.getByRole('button', { name: 'That is my prediction' }).isDisabled()).toBe(true);

  await learner.predict();
  await learner.ran();
  expect((await learner.numbers()).T).toEqual([]);
  const still = await learner.pictures();
  await page.getByTestId('first-play').click();
  await expect.poll(() => learner.timeSeconds(), SLOW).toBeGreaterThan(1.5);
  expect(await learner.pictures()).not.toBe(still);
  const stage = page.locator('#stage');
  expect(await stage.innerText()).toMatch(/[1-9]\d* of 10 busy/);
  await expect.poll(() => learner.timeSeconds(), SLOW).toBeGreaterThan(3);
  const numbers = await learner.numbers();
  for (const texts of [numbers.T, numbers.Q, numbers.R]) {
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(text).toMatch(/\d/);
  }
  expect(await page.getByTestId('window').textContent()).toMatch(/means over 0 to \d/);
  await learner.play.click();
  const at = await learner.timeSeconds();
  await page.waitForTimeout(200);
  expect(await learner.timeSeconds()).toBe(at);
  await learner.close();
});

it('steps and looks back to exactly what was there', async () => {
  const learner = await Learner.ready(opened.browser, opened.site.url);
  const { page } = learner;
  const seen = new Map<number, string>();
  for (const seconds of [6, 30, 59.4]) {
    await learner.seek(seconds);
    seen.set(seconds, `${(await learner.numbers()).strip} ${await page.locator('#stage').innerText()} ${await learner.pictures()}`);
  }
  expect(new Set(seen.values()).size).toBe(3);
  // What is said of the run is said of a window that is named, and of the one that was gone to.
  await expect.poll(() => page.getByTestId('findings-window').textContent(), SLOW).toBe('49.4 s to 59.4 s');
  const [on, back] = [page.getByRole('button', { name: 'One event on (.)' }), page.getByRole('button', { name: 'One event back (,)' })];
  const instants = [await learner.clock()];
  for (let step = 0; step < 5; step++) {
    await on.click();
    instants.push(await learner.clock());
  }
  expect(new Set(instants).size).toBeGreaterThan(3);
  for (const instant of instants.slice(1, -1).reverse()) {
    await back.click();
    expect(await learner.clock()).toBe(instant);
  }

  // By keys alone: two bookmarks, a loop between them, and back to the first.
  await page.locator('#stage').focus();
  await page.keyboard.press('b');
  const first = await learner.clock();
  await page.keyboard.press('i');
  await learner.seek(59.9);
  await page.locator('#stage').focus();
  await page.keyboard.press('b');
  await page.keyboard.press('o');
  expect([await page.getByTestId('bookmark').count(), await page.getByTestId('loop').count()]).toEqual([2, 1]);
  await page.keyboard.press('Shift+N');
  expect(await learner.clock()).toBe(first);
  await page.getByTestId('moments').click();
  await page.getByLabel('Go to', { exact: true }).fill('61');
  await page.keyboard.press('Enter');
  await page.getByText('Write a time of this run').waitFor();
  await page.getByLabel('Go to', { exact: true }).fill('250ms');
  await page.keyboard.press('Enter');
  expect(await learner.clock()).toContain('0.25 s');
  await page.keyboard.press('Escape');
  for (const seconds of [30, 59.4, 6]) {
    await learner.seek(seconds);
    const again = `${(await learner.numbers()).strip} ${await page.locator('#stage').innerText()} ${await learner.pictures()}`;
    expect(again === seen.get(seconds), `at ${seconds} s`).toBe(true);
  }
  await learner.close();
});

it('shows new numbers by itself when a line is changed', async () => {
  const learner = await Learner.ready(opened.browser, opened.site.url);
  const { page } = learner;
  await learner.seek(60);
  const before = await learner.numbers();
  expect(before.Q.map(parseFloat)).toEqual([10, 10]);
  // As a learner does it: behind `seconds(1`, three letters.
  await page.locator('.view-line', { hasText: 'seconds' }).first().click();
  await page.keyboard.press('End');
  for (const _ of ');') await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Backspace');
  await learner.longest();
  await page.keyboard.insertText('0.75');
  const after = await learner.otherNumbers(before);
  report('key press to new numbers', after.ms);
  report('longest gap of the page meanwhile', await learner.longest());
  expect(await learner.written()).toContain('seconds(0.75)');
  await expect.poll(async () => parseFloat((await learner.numbers()).Q[0] ?? ''), SLOW).toBeGreaterThan(11);
  for (const rate of (await learner.numbers()).Q) expect(parseFloat(rate)).toBeGreaterThan(11);

  // The change can be seen beside the start of the lesson, taken back, and had again.
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.locator('.monaco-diff-editor .line-delete').first().waitFor();
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole('button', { name: 'Take it back to this' }).click();
  await page.getByText('No difference.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Next difference' }).click();
  await page.getByLabel('Compared with').selectOption({ label: 'the solution' });
  await page.getByText('kept back until your code passes').waitFor();
  await page.getByRole('button', { name: 'End the comparison' }).click();
  expect(await learner.written()).toContain('seconds(0.75)');
  await learner.close();
});

it('shows new numbers when a knob is turned', async () => {
  const learner = await Learner.ready(opened.browser, opened.site.url);
  const { page } = learner;
  await learner.seek(60);
  let numbers = await learner.numbers();
  const turn = async (...[knob, value]: Parameters<Learner['turn']>) => {
    await learner.turn(knob, value);
    return (numbers = await learner.otherNumbers(numbers));
  };
  expect((await turn('arrivals', 8)).T[0]).toMatch(/^1\.\d+ s$/);
  expect(await page.locator('#stage').innerText()).toContain('8 requests / s');
  expect((await turn('workers', 4)).Q.map(parseFloat)).toEqual([4, 4]);
  expect(await page.locator('#stage').innerText()).toContain('4 of 4 busy');
  await turn('workers', 12);
  const parts = (await turn('delay', 200)).strip;
  expect(parts).toMatch(/0\.20 \+ 0\.\d\d \+ 1\.00 \+ 0\.20 = 1\.\d\d s/);
  const lossy = (await turn('loss', 10)).R.map(parseFloat);
  for (const share of lossy) expect(share).toBeLessThan(95);

  const slider = page.getByTestId('knob-arrivals');
  const box = await slider.boundingBox();
  if (!box) throw new Error('the knob cannot be seen');
  const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
  await page.mouse.move(...at(0.3));
  await learner.longest();
  await page.mouse.down();
  for (let share = 0.3; share < 0.95; share += 0.02) {
    await page.mouse.move(...at(share));
    await learner.settled();
  }
  await page.mouse.up();
  await learner.otherNumbers(numbers);
  report('longest gap of the page while a knob is dragged', await learner.longest());
  expect(Number(await slider.inputValue())).toBeGreaterThan(20);
  // One drag is one step back.
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await slider.inputValue()).toBe('8');
  await learner.close();
});

it('is checked on seeds it has not seen: the start fails and says why, the solution passes', async () => {
  const learner = await Learner.ready(opened.browser, opened.site.url);
  const { page } = learner;
  await learner.step(5);
  await page.getByRole('button', { name: 'Check my answer' }).click();
  const checks = page.getByTestId('checks');
  await checks.waitFor();
  expect(await checks.innerText()).toMatch(/[0-3] of 4 checks pass/);
  expect(await checks.innerText()).toMatch(/hellos were accepted and (9\.\d+|10(\.\d+)?) completed/);
  expect(await checks.innerText()).toMatch(/In “Call and wait”, seed \d+/);
  await learner.write(solution);
  await learner.ran();
  await page.getByRole('button', { name: 'Check my answer' }).click();
  await expect.poll(() => checks.innerText(), SLOW).toContain('All 4 checks pass');
  // The run was not watched, and its question not answered: the lesson is not finished, and says what is left.
  expect(await page.getByTestId('lesson-end').innerText()).toMatch(/Still open.*Step 2 of 5/s);
  await page.getByRole('button', { name: 'Start this lesson again' }).click();
  await expect.poll(() => learner.written(), SLOW).toContain('seconds(1)');
  expect(start).toContain('seconds(1)');
  await learner.close();
});
