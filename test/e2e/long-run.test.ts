/** A run longer than the memory for its trace: its beginning is executed again when somebody looks there, and is what it was. */
import { expect, it } from 'vitest';
import { encodeLink } from '../../src/share/link';
import { Learner, report } from './learner';
import { siteInChromium } from './site-in-chromium';

/** About ten records for each request, of which some two million fit. */
const LONG = '4000s';
/** The slider goes in thousandths of a run: both can stop at every fourth second. */
const SHORT = '100s';

const fileOf = (duration: string) => ({
  version: 1,
  title: 'Long',
  seed: 7,
  duration,
  components: {
    client: { kind: 'client', arrivals: { poisson: '90/s' }, calls: 'server' },
    server: { kind: 'service', workers: 1, work: { exponential: '10ms' } },
  },
  links: [{ from: 'client', to: 'server', delay: '40ms', loss: 0.01 }],
});

const opened = siteInChromium();

async function open(duration: string): Promise<Learner> {
  const state = { scenario: fileOf(duration), timeMicros: 0, variant: null, language: 'en', lessonId: undefined } as const;
  const link = encodeLink({ ...state, seed: undefined, selection: undefined });
  const learner = await Learner.open(opened.browser, `${opened.site.url}#${link}`);
  await learner.page.getByTestId('run-visit').click();
  await learner.ran();
  return learner;
}

/** What the stage says and shows, once the part of the run is there. */
async function pictureAt(learner: Learner, seconds: number): Promise<string> {
  const began = performance.now();
  await learner.seek(seconds);
  await learner.page.locator('#stage .shown:not(.absent)').waitFor({ timeout: 30_000 });
  await learner.settled();
  report(`picture at ${seconds} s`, performance.now() - began);
  const [figure] = await learner.page.locator('#stage figure').all();
  const [, ...sentences] = ((await figure!.locator('p').last().textContent()) ?? '').split('. ');
  return `${await figure!.locator('svg').innerHTML()}\n${sentences.join('. ')}\n${(await learner.numbers()).strip}`;
}

it('shows the beginning of a long run as a short run of the same seed has it', async () => {
  const long = await open(LONG);
  await long.seek(3_990);
  expect(await long.page.locator('#stage .absent').count()).toBe(0);
  const diagram = long.page.getByRole('group', { name: 'Space–time diagram' });
  const gaps = diagram.getByText('Not in memory');
  await diagram.press('0');
  await gaps.waitFor();
  const short = await open(SHORT);
  for (const seconds of [20, 48, 4]) expect(await pictureAt(long, seconds)).toBe(await pictureAt(short, seconds));
  await short.close();

  // Back in the kept part, at once; and to the beginning again, step by step.
  await long.seek(3_990);
  expect(await long.page.locator('#stage .absent').count()).toBe(0);
  await long.seek(0);
  await long.page.locator('#stage .shown:not(.absent)').waitFor();
  const times: number[] = [];
  for (let step = 0; step < 5; step++) {
    await long.page.locator('body').press('.');
    times.push(Number.parseFloat(await long.clock()));
  }
  expect(times.every((time, at) => time < 1 && time >= (times[at - 1] ?? 0))).toBe(true);
  await long.close();
});
