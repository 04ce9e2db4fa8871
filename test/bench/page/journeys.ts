/** `npm run bench:page -- journey`: the longest task of the page for each thing that a learner does with it, over runs of several sizes. */
import type { Browser } from 'playwright-core';
import { atStep } from '../../shots/view';
import { Room } from '../../shots/room';
import type { Visitor } from '../../shots/visitor';
import { JOURNEY, type Action } from './journey';
import { inFlight, millionEvents } from './scenarios';
import { longestTask, type LongestTask } from './tasks';

interface Course {
  readonly name: string;
  readonly fragment?: string;
  readonly remembered?: Readonly<Record<string, unknown>>;
  readonly has: readonly Action['needs'][];
  /** After the page has come: the run is made, or made again. */
  run(visitor: Visitor): Promise<unknown>;
}

const visit = (visitor: Visitor): Promise<void> => visitor.page.getByTestId('run-visit').click();

const COURSES: readonly Course[] = [
  { name: 'greeter', remembered: atStep(3), has: ['lanes', 'code'], run: ({ page }) => page.keyboard.press('ControlOrMeta+Enter') },
  { name: 'Erlang B', has: ['lanes'], run: (visitor) => visitor.openExample('erlang-b') },
  { name: '10,000 in flight', fragment: inFlight(10_000), has: [], run: visit },
  { name: 'a million events', fragment: millionEvents(), has: [], run: visit },
];

const GUEST = { language: 'en', size: '1366x768', hasTouch: false } as const;
/** What is loaded or made late has come. */
const SETTLED_MS = 700;
/** Whatever is not there by then was not found. */
const TIMEOUT_MS = 20_000;

export interface Wishes {
  readonly times: number;
  /** Also say which functions the long tasks spent their time in. */
  readonly why: boolean;
  /** Only these, by a part of their names; a run that others need is made all the same. */
  readonly course: string;
  readonly action: string;
}

/** The least of so many times: what other programs of this machine do makes a task only longer. */
export async function journeys(browser: Browser, url: string, wishes: Wishes): Promise<void> {
  const times = wishes.why ? 1 : wishes.times;
  console.log(`\nLongest task of the page, in ms of the processor (and by the clock), least of ${times}:`);
  for (const course of COURSES.filter(({ name }) => name.includes(wishes.course))) {
    console.log(course.name);
    const least = new Map<string, LongestTask>();
    for (let time = 1; time <= times; time++) {
      await journey(browser, url, course, wishes, (action, task) => {
        const before = least.get(action);
        const now = before && before.cpuMs <= task.cpuMs ? before : task;
        least.set(action, now);
        if (time === times) tell(action, now);
      });
    }
  }
}

function tell(action: string, { cpuMs, ms, functions }: LongestTask): void {
  console.log(`  ${action.padEnd(30)}${cpuMs.toFixed(1).padStart(8)} ${`(${ms.toFixed(1)})`.padStart(9)}`);
  if (cpuMs < WORTH_MS) return;
  for (const [name, selfMs] of functions) console.log(`      ${selfMs.toFixed(1).padStart(8)}  ${name}`);
}

/** Tasks shorter than this are not looked into. */
const WORTH_MS = 25;

async function journey(
  browser: Browser,
  url: string,
  course: Course,
  { why, action: wanted }: Wishes,
  found: (action: string, task: LongestTask) => void,
): Promise<void> {
  const room = await Room.furnish(browser, GUEST);
  const visitor = await room.receive(`${url}#${course.fragment ?? ''}`, { ...GUEST, remembered: course.remembered });
  const settled = async (): Promise<void> => {
    await visitor.page.waitForTimeout(SETTLED_MS);
    await visitor.page.waitForFunction(
      // Where there is no stage, nothing runs.
      () => !['starting', 'running'].includes(document.querySelector<HTMLElement>('#stage')?.dataset['status'] ?? ''),
    );
    await visitor.page.waitForTimeout(SETTLED_MS / 2);
  };
  const measured = async ({ name, act }: Action): Promise<void> => {
    try {
      const task = await longestTask(browser, visitor.page, async () => (await act(visitor), await settled()), why);
      found(name, task);
    } catch (error) {
      console.log(`${course.name}: ${name}: ${String(error).split('\n')[0]}`);
    }
  };
  visitor.page.setDefaultTimeout(TIMEOUT_MS);
  await visitor.page.waitForTimeout(SETTLED_MS);
  await measured({ name: 'run', act: course.run });
  for (const action of JOURNEY) {
    if (action.name.includes(wanted) && (!action.needs || course.has.includes(action.needs))) await measured(action);
  }
  await room.close();
}
