/** `npm run bench:page -- memory`: what the page keeps after it has done the same many times. What is kept of each time grows; a leak is seen here. */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { Room } from '../../shots/room';
import { atStep } from '../../shots/view';
import type { Visitor } from '../../shots/visitor';

interface Cycle {
  readonly name: string;
  readonly times: number;
  begin?(visitor: Visitor): Promise<unknown>;
  /** The same state before and after, or one of a few. */
  turn(visitor: Visitor, time: number): Promise<unknown>;
}

const TABS = ['charts', 'theory', 'machine', 'log', 'requests', 'compare', 'spaceTime'];

/** The canvas does not say how the run stands. */
const RUN_MS = 400;

const CYCLES: readonly Cycle[] = [
  { name: 'edits that run again', times: 200, turn: turnKnob },
  {
    name: 'each view below the stage',
    times: 50,
    turn: async (visitor) => {
      for (const id of TABS) await visitor.showTab(id);
    },
  },
  { name: 'panes folded and opened', times: 50, turn: foldPanes },
  {
    name: 'Build, Audit and Learn',
    times: 50,
    turn: async (visitor) => {
      await visitor.goTo('shell.areaBuild');
      await visitor.page.locator('.svelte-flow__node').first().waitFor();
      await visitor.goTo('shell.areaAudit');
      await visitor.goTo('shell.areaLearn');
      await visitor.page.locator('.stage canvas').first().waitFor();
    },
  },
  { name: 'lanes hidden and shown', times: 50, begin: openLanes, turn: chooseLane },
  {
    name: 'variants added and removed',
    times: 50,
    begin: (visitor) => visitor.goTo('shell.areaBuild'),
    turn: async (visitor) => {
      for (const key of ['build.addVariant', 'build.removeVariant']) {
        await visitor.button(key).click();
        await visitor.page.waitForTimeout(RUN_MS);
      }
    },
  },
];

export async function memory(browser: Browser, url: string, wanted: string): Promise<void> {
  for (const { name, times, begin, turn } of CYCLES.filter(({ name }) => name.includes(wanted))) {
    const guest = { language: 'en', size: '1366x768', hasTouch: false, remembered: atStep(3) } as const;
    const visitor = await (await Room.furnish(browser, guest)).receive(url, guest);
    const session = await visitor.page.context().newCDPSession(visitor.page);
    await session.send('Performance.enable');
    await visitor.ran();
    await begin?.(visitor);
    console.log(`\nKept by the page, garbage collected: ${name}`);
    for (let time = 1; time <= times; time++) {
      await turn(visitor, time);
      if (time === times / 5 || time === (3 * times) / 5 || time === times)
        console.log(`  after ${time}: ${await kept(visitor.page, session)}`);
    }
    await visitor.page.context().close();
  }
}

/** The heap holds the machine's code too, which grows while functions become hot: objects and nodes tell whether the page keeps something. */
async function kept(page: Page, session: CDPSession): Promise<string> {
  await page.waitForTimeout(1_500); // what is saved and drawn late
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const objects = await countOf(session, 'Object.prototype');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0;
  return `${(usedSize / 2 ** 20).toFixed(1)} MB, ${objects} objects, ${metric('Nodes')} nodes, ${metric('JSEventListeners')} listeners`;
}

async function countOf(session: CDPSession, prototype: string): Promise<number> {
  const objectGroup = 'memory';
  const { result } = await session.send('Runtime.evaluate', { expression: prototype, objectGroup });
  const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: result.objectId!, objectGroup });
  const length = { functionDeclaration: 'function () { return this.length; }', returnByValue: true };
  const { result: count } = await session.send('Runtime.callFunctionOn', { ...length, objectId: objects.objectId! });
  await session.send('Runtime.releaseObjectGroup', { objectGroup });
  return Number(count.value);
}

async function turnKnob(visitor: Visitor, time: number): Promise<void> {
  const rate = 8 + (time % 8);
  await visitor.page.getByTestId('knob-arrivals').fill(String(rate));
  await visitor.page.waitForFunction((rate) => document.querySelector('#stage')?.textContent?.includes(`${rate} requests / s`), rate);
  await visitor.ran();
}

/** By Enter on what divides them from the picture. */
async function foldPanes({ page }: Visitor): Promise<void> {
  for (const divider of await page.getByRole('separator').all()) {
    await divider.press('Enter');
    await divider.press('Enter');
  }
}

async function openLanes(visitor: Visitor): Promise<void> {
  await visitor.openExample('retry-storm');
  await visitor.page.getByTestId('lane-chooser').click();
}

/** The second lane goes, and comes again. */
async function chooseLane(visitor: Visitor): Promise<void> {
  const lane = visitor.page.locator('[popover] input[type=checkbox]').nth(1);
  for (const isShown of [false, true]) {
    await lane.setChecked(isShown);
    await visitor.ran();
  }
}
