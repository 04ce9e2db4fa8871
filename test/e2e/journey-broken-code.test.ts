/** Whatever a learner writes, the page lives, says what is wrong and where, keeps the last good picture, and loses nothing. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { findLesson } from '../../src/lesson/catalogue';
import { Learner, report } from './learner';
import { siteInChromium } from './site-in-chromium';

vi.setConfig({ testTimeout: 45_000 });
const SLOW = { timeout: 15_000 };
const start = findLesson('greeter')?.start['greeter.ts'] ?? '';

const opened = siteInChromium();
let learner: Learner;

beforeAll(async () => {
  learner = await Learner.ready(opened.browser, opened.site.url);
});
afterAll(() => learner.close());

const LINE = 3;
/** The greeter with other work in its third line. */
const works = (code: string) => start.replace('await ctx.work(seconds(1));', code);

/** `stops`: nothing new can be shown. The others run on, with failed requests. */
const MISTAKES = [
  { name: 'syntax', code: 'await ctx.work(seconds(1);', says: /not TypeScript that can be read/, stops: true },
  { name: 'a name that does not exist', code: 'await ctx.work(second(1));', says: /“second” is not declared/, stops: true },
  { name: 'a clock', code: 'ctx.log(Date.now());', says: /“Date” does not exist in virtual time\. Use ctx\.now/, stops: true },
  { name: 'a method that does not exist', code: 'await ctx.wrk(seconds(1));', says: /wrk/, stops: false },
  { name: 'an endless loop', code: 'for (;;) {}', says: /loop that never ends/, stops: true },
  { name: 'a throw', code: `throw new Error('no hello today');`, says: /The handler threw: .*no hello today/, stops: false },
  { name: 'no delay', code: `await ctx.work('soon');`, says: /soon.* is not a duration\. Write a number and a unit/, stops: false },
  {
    name: 'a runaway allocation',
    code: `const kept = []; for (;;) kept.push(Array(1_000_000).fill(kept.length));`,
    says: /made more than \d+ elements/,
    stops: false,
  },
] as const;

it.each(MISTAKES)('$name: a sentence with its place, the page alive, and mended it runs', async ({ name, code, says, stops }) => {
  const { page } = learner;
  await learner.seek(30);
  const good = await learner.numbers();
  const began = performance.now();
  await learner.longest();
  await learner.write(works(code));
  await expect.poll(() => learner.problems.innerText().catch(() => ''), SLOW).toMatch(says);
  report(`${name}: told after`, performance.now() - began);
  report(`${name}: longest gap of the page meanwhile`, await learner.longest());
  expect((await learner.problems.innerText()).replace(/\s+/g, ' ')).toMatch(new RegExp(`greeter\\.ts, line ${LINE}`));
  if (stops) {
    await page.getByTestId('last-good').waitFor();
    expect(await learner.numbers()).toEqual(good);
  }
  // Alive: the lesson can be read, the time moves.
  await learner.seek(12);
  expect(await learner.clock()).toMatch(/^12/);
  await learner.write(start);
  await expect.poll(() => learner.problems.count(), SLOW).toBe(0);
  await learner.ran();
  await learner.seek(30);
  expect(await learner.numbers()).toEqual(good);
});

it('a regular expression bomb: its file is named, the page lives, and mended it runs', async () => {
  const { page } = learner;
  await learner.seek(30);
  const good = await learner.numbers();
  const began = performance.now();
  await learner.longest();
  await learner.write(works(`/^(a+)+$/.test('a'.repeat(40) + 'b');`));
  await expect
    .poll(() => learner.problems.innerText().catch(() => ''), SLOW)
    .toMatch(/did not answer[^]*greeter\.ts[^]*does not come to an end/);
  report('a regular expression bomb: told after', performance.now() - began);
  report('a regular expression bomb: longest gap of the page meanwhile', await learner.longest());
  await page.getByTestId('last-good').waitFor();
  expect(await learner.numbers()).toEqual(good);
  await learner.write(start);
  await expect.poll(() => learner.problems.count(), SLOW).toBe(0);
  await learner.ran();
  expect(await learner.numbers()).toEqual(good);
});

it('a value that cannot be sent: told with its place', async () => {
  await learner.write(start.replace('return { message: `Hello, ${name}!` };', 'return { message: () => name };'));
  await expect.poll(() => learner.problems.innerText().catch(() => ''), SLOW).toMatch(/function cannot be sent/);
  expect((await learner.problems.innerText()).replace(/\s+/g, ' ')).toMatch(/greeter\.ts, line \d+/);
  await learner.write(start);
  await expect.poll(() => learner.problems.count(), SLOW).toBe(0);
});

it('the wrong type: underlined while it is written, with the words of TypeScript', async () => {
  const { page } = learner;
  await learner.write(works('await ctx.work(seconds("one"));'));
  await page.locator('.squiggly-error').first().waitFor();
  await learner.write(start);
  await expect.poll(() => page.locator('.squiggly-error').count(), SLOW).toBe(0);
});

it('a problem leads to its line', async () => {
  const { page } = learner;
  await learner.write(works('await ctx.work(second(1));'));
  await learner.problems.getByRole('button', { name: `greeter.ts, line ${LINE}` }).click();
  await page.keyboard.press('End');
  await page.keyboard.insertText(' // here');
  await expect.poll(() => learner.written(), SLOW).toContain('second(1)); // here');
});

it('broken text is still there after a reload, and can be mended', async () => {
  const { page } = learner;
  await learner.write(works('await ctx.work(seconds(1); // half a thought'));
  await expect.poll(() => learner.problems.count(), SLOW).toBe(1);
  await expect.poll(() => page.getByTestId('save-status').getAttribute('data-status'), SLOW).toBe('saved');
  await page.reload();
  await learner.editorReady();
  expect(await learner.written()).toContain('// half a thought');
  await expect.poll(() => learner.problems.innerText().catch(() => ''), SLOW).toMatch(/line 3/);
  await learner.write(start);
  await learner.ran();
  await expect.poll(() => learner.problems.count(), SLOW).toBe(0);
});
