/**
 * `npm run bench:page [-- [--why] [--times 3] [--course PART] [--action PART] [playing|scrubbing|memory|journey…]]`: what the page costs
 * while it shows much, what it keeps, and the longest task of each thing that a learner does. Times are those of this machine now, so nothing fails by
 * them. `--why` says which functions the long tasks spent their time in.
 */
import { parseArgs } from 'node:util';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { withBuiltPage } from '../../shots/built-page';
import { Room } from '../../shots/room';
import type { Visitor } from '../../shots/visitor';
import { journeys } from './journeys';
import { memory } from './memory';
import { inFlight, millionEvents } from './scenarios';

const SIZE = '1366x768';
const PLAYED_MS = 5_000;
const SEEKS = 100;

const PARTS = ['playing', 'scrubbing', 'memory', 'journey'];

export function main(parameters: readonly string[]): Promise<boolean> {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const options = { why: { type: 'boolean', default: false }, times: text('3'), course: text(''), action: text('') } as const;
  const { values, positionals } = parseArgs({ args: [...parameters], options, allowPositionals: true });
  const parts = positionals.length > 0 ? positionals : PARTS;
  const measure = async (browser: Browser, url: string): Promise<boolean> => {
    if (parts.includes('playing')) {
      console.log('Playing at 1×, for each frame:            script   style, layout   frames/s   longest task');
      for (const messages of [2, 1_000, 10_000]) await playing(browser, url, messages);
    }
    if (parts.includes('scrubbing')) await scrubbing(browser, url);
    if (parts.includes('memory')) await memory(browser, url, values.action);
    if (parts.includes('journey')) await journeys(browser, url, { ...values, times: Number(values.times) });
    return true;
  };
  return withBuiltPage(measure, { minify: !values.why });
}

async function playing(browser: Browser, url: string, messages: number): Promise<void> {
  const visitor = await openLink(browser, url, inFlight(messages));
  const { page } = visitor;
  const session = await meter(page);
  await visitor.seek(0.3);
  const before = await costs(session);
  await page.keyboard.press('Space');
  const { frames, longestTaskMs } = await page.evaluate(watch, PLAYED_MS);
  const after = await costs(session);
  const each = (name: keyof Costs): string => ((1_000 * (after[name] - before[name])) / frames).toFixed(2);
  const rate = ((1_000 * frames) / PLAYED_MS).toFixed(0);
  const label = `${messages.toLocaleString('en')} messages on their way`.padEnd(38);
  console.log(
    `${label} ${each('script').padStart(6)} ms ${each('layout').padStart(11)} ms ${rate.padStart(10)} ${longestText(longestTaskMs)}`,
  );
  await visitor.page.context().close();
}

interface Costs {
  readonly script: number;
  readonly layout: number;
}

/** Counts the time for which the page's thread has the processor: what other programs take is not in it. */
async function meter(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return session;
}

/** Seconds since the page began. */
async function costs(session: CDPSession): Promise<Costs> {
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { script: seconds('ScriptDuration'), layout: seconds('LayoutDuration') + seconds('RecalcStyleDuration') };
}

/** Runs in the page: counts frames for a while; the browser reports tasks of more than 50 ms. */
async function watch(forMs: number): Promise<{ frames: number; longestTaskMs: number }> {
  let frames = 0;
  let longestTaskMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
  });
  observer.observe({ type: 'longtask' });
  const end = performance.now() + forMs;
  while (performance.now() < end) {
    await new Promise(requestAnimationFrame);
    frames += 1;
  }
  observer.disconnect();
  return { frames, longestTaskMs };
}

async function scrubbing(browser: Browser, url: string): Promise<void> {
  const visitor = await openLink(browser, url, millionEvents());
  const session = await meter(visitor.page);
  const before = await costs(session);
  const times = await visitor.page.evaluate(scrub, SEEKS);
  const after = await costs(session);
  const each = (name: keyof Costs): string => `${((1_000 * (after[name] - before[name])) / SEEKS).toFixed(1)} ms`;
  times.sort((one, other) => one - other);
  const at = (share: number): string => `${times[Math.floor(share * (times.length - 1))]!.toFixed(1)} ms`;
  console.log(`\nScrubbing a run of a million records, each jump: script ${each('script')}, style and layout ${each('layout')}`);
  console.log(`  by the clock, until the frame is drawn: median ${at(0.5)}, 95 % ${at(0.95)}, most ${at(1)}`);
  await visitor.page.context().close();
}

/** Runs in the page: jumps about, and returns how long each took until the page was told all of it; drawing is the browser's. */
async function scrub(seeks: number): Promise<number[]> {
  const slider = document.querySelector<HTMLInputElement>('.transport input[type=range]')!;
  const times: number[] = [];
  for (let seek = 0; seek < seeks; seek++) {
    slider.value = String(Math.round(Number(slider.max) * ((seek * 0.618) % 1)));
    const began = performance.now();
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await Promise.resolve();
    const told = performance.now() - began;
    // The effects that draw run before the next frame is shown.
    const drawn = await new Promise<number>((resolve) =>
      requestAnimationFrame((frameMs) => setTimeout(() => resolve(performance.now() - frameMs))),
    );
    times.push(told + drawn);
  }
  return times;
}

async function come(browser: Browser, url: string): Promise<Visitor> {
  const guest = { language: 'en', size: SIZE, hasTouch: false } as const;
  return (await Room.furnish(browser, guest)).receive(url, guest);
}

async function openLink(browser: Browser, url: string, link: string): Promise<Visitor> {
  const visitor = await come(browser, `${url}#${link}`);
  await visitor.page.getByTestId('run-visit').click();
  await visitor.ran();
  await visitor.page.locator('.stage canvas').first().waitFor();
  await visitor.page
    .locator('select')
    .filter({ hasText: visitor.says('timeline.eventByEvent') })
    .selectOption('1');
  return visitor;
}

function longestText(ms: number): string {
  return ms === 0 ? '   under 50 ms' : `${ms.toFixed(0).padStart(10)} ms`;
}
