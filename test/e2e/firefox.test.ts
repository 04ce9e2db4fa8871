/** The same in a stock Firefox, where there is one: digests, walls of the sandbox, and a learner who predicts, plays, edits and leaves. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { GOLDEN_SEEDS, SHIPPED } from '../golden/shipped-scenarios';
import { attackScenario } from './attack-scenario';
import { ATTACKS } from './attacks';
import { locateFirefox } from './find-firefox';
import { Firefox } from './firefox';
import { expectGoldenDigests } from './golden-digests';
import { serveBuild } from './learner';
import { QUIET, Site, UNRESTRICTED } from './site';

const executable = locateFirefox();
if (executable === undefined) console.log('Firefox is not tried: there is none here. Install one, or set FIREFOX to its path.');

/** Chromium is compared on all golden seeds; engines that differ do so at once. */
const SEEDS = GOLDEN_SEEDS.slice(0, 3);
const SLOW = { timeout: 60_000 };
vi.setConfig({ testTimeout: 240_000 }); // only a browser that hangs makes it red, no busy machine

describe.skipIf(executable === undefined)('Firefox', () => {
  let firefox: Firefox;

  beforeAll(async () => {
    firefox = await Firefox.launch(executable!);
    console.log(`Firefox ${firefox.version}`);
  });
  afterAll(() => firefox?.close());

  it('gives the digests that Node gives, for every shipped scenario', async () => {
    const site = await Site.openIn(firefox, firefox.faults);
    for (const scenario of SHIPPED) await expectGoldenDigests(firefox, scenario, SEEDS);
    expect(site.faults).toEqual([]);
    await site.close();
  });

  it('keeps attacks in, also those that the compiler would refuse', async () => {
    const site = await Site.openIn(firefox, firefox.faults, { modules: UNRESTRICTED });
    expect(await site.attack(ATTACKS)).toEqual([]);
    await site.close();
  });

  it('names the line of what was thrown, the virtual stack, and the line that hangs', async () => {
    const site = await Site.openIn(firefox, firefox.faults);
    const thrown = await site.run(attackScenario(THROWS));
    expect(thrown.handlerProblems[0]).toMatchObject({ file: 'greeter.ts', line: 3, stack: [{ functionName: 'onRequest', line: 6 }] });
    const hangs = await site.run(attackScenario(`export async function onRequest() { return /^(a+)+$/.test('a'.repeat(40) + 'b') }`));
    expect(hangs).toMatchObject({ kind: 'stopped', problems: [{ params: { file: 'greeter.ts', line: 1 } }] });
    expect((await site.run(attackScenario(QUIET))).kind).toBe('finished');
    await site.close();
  });

  it('shows the page: predicted, played, edited, and there again without a server', async () => {
    const site = await serveBuild();
    await firefox.goto(site.url);
    await expect.poll(() => has('#stage canvas'), SLOW).toBe(true);
    await firefox.click('label', 'Neither');
    await firefox.click('button', 'That is my prediction');
    await expect.poll(() => has('#stage[data-status="idle"]'), SLOW).toBe(true);
    await firefox.click('[data-testid="first-play"]');
    await expect.poll(seconds, SLOW).toBeGreaterThan(2);
    expect(await firefox.text('#stage')).toMatch(/[1-9]\d* of 10 busy/);

    await expect.poll(() => has('[data-testid="editor"][data-state="ready"] .view-line'), SLOW).toBe(true);
    await seekEnd();
    expect(await completed()).toBe(10);
    // As a learner does it: behind `seconds(1`, three letters.
    await firefox.click('.view-line', 'await ctx.work');
    await firefox.press('End');
    await firefox.press('ArrowLeft', 3);
    await firefox.press('Backspace');
    await firefox.type('0.5');
    await expect.poll(completed, SLOW).toBeGreaterThan(11);
    expect(await firefox.text('.view-lines')).toContain('seconds(0.5)');

    await expect.poll(() => has('[data-testid="offline-ready"]'), SLOW).toBe(true);
    await site.stop();
    await firefox.goto(site.url);
    await expect.poll(() => firefox.text('.view-lines'), SLOW).toContain('seconds(0.5)');
    await seekEnd();
    await expect.poll(completed, SLOW).toBeGreaterThan(11);
    expect(firefox.faults).toEqual([]);
  });

  const has = (selector: string) => firefox.evaluate((wanted) => document.querySelector(wanted) !== null, selector);
  const time = 'input[type="range"][aria-label="Time"]';
  const seconds = () => firefox.evaluate((slider) => Number(document.querySelector<HTMLInputElement>(slider)!.value) / 1e6, time);
  /** Completed requests a second of the first lane. */
  const completed = async () => parseFloat(await firefox.text('[data-testid="Q"]'));
  async function seekEnd(): Promise<void> {
    await firefox.click(time);
    await firefox.press('End');
  }
});

const THROWS = `async function inner(ctx) {
  await ctx.sleep('1ms');
  throw new RangeError('no');
}
export async function onRequest(request, ctx) {
  await inner(ctx);
}`;
