/**
 * The sandbox in a real browser: the chain runs the real simulator, attacks fail at each of its walls, runaways end in a sentence,
 * and walls that are taken out are noticed. Figures are printed, never asserted.
 */
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attackScenario } from './attack-scenario';
import { ATTACKS, type AttackKind } from './attacks';
import { launchChromium } from './browser';
import { HANGS_LATE, RUNAWAYS } from './runaways';
import type { Weakening } from './sandbox-site';
import { QUIET, Site, UNRESTRICTED, type Outcome } from './site';
import { runInNode } from './node-run';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const byKind = (...kinds: AttackKind[]) => ATTACKS.filter(({ kind }) => kinds.includes(kind));

const NO_LOCK_DOWN = {
  'sandbox/worker.ts': (text: string) => text.replace('lockDown({ meter, alsoFreeze: HANDLER_API })', 'void lockDown'),
};
describe('the chain', () => {
  let site: Site;
  const startMs: number[] = [];

  beforeAll(async () => {
    site = await Site.open(browser);
    startMs.push(await site.startedMs());
  });
  afterAll(() => site.close());

  it('runs both variants of the first lesson, with the digests that Node has', async () => {
    const lesson = JSON.parse(await readFile('lessons/01-greeter/lesson.json', 'utf8')) as { scenario: Record<string, unknown> };
    const names = ['caller.ts', 'sender.ts', 'greeter.ts'];
    const texts = await Promise.all(names.map((name) => readFile(`lessons/01-greeter/start/${name}`, 'utf8')));
    const file = { ...lesson.scenario, files: Object.fromEntries(names.map((name, index) => [name, texts[index]])) };
    const outcome = await site.run(file, [null, 'queue']);
    expect(outcome).toMatchObject({ kind: 'finished', problems: [], handlerProblems: [] });
    expect(outcome.digests).toEqual([runInNode(file, null, 7), runInNode(file, 'queue', 7)]);
    console.log(`lesson 1, both variants: ${outcome.ms.toFixed(0)} ms, ${outcome.records} records`);
  });

  it('names what is out of range: what reads scenarios has all it needs behind the lock-down', async () => {
    const outcome = await site.run({ ...(attackScenario(QUIET) as object), seed: -1, links: [{ from: 'client', to: 'greeter', loss: 2 }] });
    expect([outcome.kind, ...outcome.problems.map(({ path }) => path)]).toEqual(['problems', 'seed', 'links[0].loss']);
  });

  it('streams a summary for each seed and variant', async () => {
    const heard = await seedsOf(site);
    expect(heard).toEqual({ kind: 'finished', seeds: Array.from({ length: 100 }, (_, seed) => seed) });
  });

  it('executes a run again up to an instant', async () => {
    const range = await site.page.evaluate(
      async (file) => {
        const reply = await window.sandbox.range({ file, variant: null, seed: 7, untilMicros: 50_000_000 });
        return reply.kind === 'finished'
          ? reply.lanes.map((lane) => lane.chunks.at(-1)?.time[(lane.chunks.at(-1)?.count ?? 1) - 1])
          : reply.kind;
      },
      attackScenario(QUIET, '200s'),
    );
    expect(range[0]).toBeGreaterThanOrEqual(50_000_000);
  });

  it('cancels at once, and a newer run takes the place of an older one', async () => {
    const long = attackScenario(QUIET, '100000s');
    const answer = await site.page.evaluate(
      async ({ long, short }) => {
        const kinds: string[] = [];
        const first = window.sandbox.run({ file: long, variants: [null], seed: 7 });
        await new Promise((resolve) => setTimeout(resolve, 200));
        const began = performance.now();
        window.sandbox.cancel();
        kinds.push((await first).kind);
        const cancelMs = performance.now() - began;
        const second = window.sandbox.run({ file: long, variants: [null], seed: 7 });
        await new Promise((resolve) => setTimeout(resolve, 200));
        const again = performance.now();
        const third = window.sandbox.run({ file: short, variants: [null], seed: 7 });
        kinds.push((await second).kind, (await third).kind);
        return { kinds, cancelMs, nextMs: performance.now() - again };
      },
      { long, short: attackScenario(QUIET, '1s') },
    );
    console.log(`cancel answered after ${answer.cancelMs.toFixed(1)} ms; a run that replaces another: ${answer.nextMs.toFixed(1)} ms`);
    expect(answer.kinds).toEqual(['cancelled', 'cancelled', 'finished']);
  });

  it('starts from nothing', async () => {
    for (let round = 0; round < 4; round++) {
      await site.page.reload();
      startMs.push(await site.startedMs());
    }
    console.log(`start of the chain, ms: ${startMs.map((ms) => ms.toFixed(0)).join(', ')}`);
    expect((await site.run(attackScenario(QUIET))).kind).toBe('finished');
  });

  it('needed nothing that its policies forbid', () => expect(site.faults).toEqual([]));
});

function seedsOf(site: Site): Promise<unknown> {
  return site.page.evaluate(
    async (file) => {
      const seeds: number[] = [];
      const wanted = Array.from({ length: 100 }, (_, seed) => seed);
      const reply = await window.sandbox.seeds({ file, variants: [null], seeds: wanted }, (_variant, seed) => seeds.push(seed));
      return { kind: reply.kind, seeds };
    },
    attackScenario(QUIET, '1s'),
  );
}

describe('attacks', () => {
  const counts = (['network', 'storage', 'page', 'clock', 'integrity', 'scope'] as const).map((kind) => `${kind} ${byKind(kind).length}`);

  it('get nowhere in the product', async () => {
    const site = await Site.open(browser);
    expect(await site.attack(ATTACKS)).toEqual([]);
    console.log(`attacks: ${counts.join(', ')}`);
    await site.close();
  });

  it('get nowhere when the compiler lets everything through', async () => {
    const site = await Site.open(browser, { modules: UNRESTRICTED });
    expect(await site.attack(ATTACKS)).toEqual([]);
    await site.close();
  });

  it('reach no network, no storage and no page even without compiler and lock-down', async () => {
    const site = await Site.open(browser, { modules: { ...UNRESTRICTED, ...NO_LOCK_DOWN } });
    const harmless = [
      'close the worker',
      'own message listener',
      'own message handler',
      'notification',
      'report an error',
      'dispatch an event',
      'service worker clients',
    ];
    expect(await site.attack(byKind('network', 'storage', 'page').filter(({ name }) => !harmless.includes(name)))).toEqual([]);
    await site.close();
  });
});

describe('a wall that is taken out is noticed', () => {
  const loose = { ...UNRESTRICTED, ...NO_LOCK_DOWN };
  const frameCsp = (change: (csp: string) => string) => ({ 'sandbox/mid.ts': change });
  const open = (html: string) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, '');

  it.each<[string, AttackKind, Weakening]>([
    ['the lock-down', 'clock', { modules: loose }],
    ['the lock-down', 'scope', { modules: loose }],
    [
      'the freezing',
      'integrity',
      { modules: { ...UNRESTRICTED, 'sandbox/lockdown.ts': (text) => text.replace('freezeAll(reachable);', 'void freezeAll;') } },
    ],
    [
      'the portable Math',
      'clock',
      { modules: { ...UNRESTRICTED, 'sandbox/lockdown.ts': (text) => text.replace('makeMathPortable();', 'void makeMathPortable;') } },
    ],
    [
      'the tamed stack',
      'clock',
      { modules: { ...UNRESTRICTED, 'sandbox/lockdown.ts': (text) => text.replace('hideStacks();', 'void hideStacks;') } },
    ],
    [
      'the dead Function',
      'scope',
      { modules: { ...UNRESTRICTED, 'sandbox/lockdown.ts': (text) => text.replace('refuseCodeFromText();', 'void refuseCodeFromText;') } },
    ],
    [
      'the privacy of operations',
      'scope',
      {
        modules: {
          'world/operation.ts': (text) =>
            text.replace('promise = new VirtualPromise()', 'promise = Object.assign(new VirtualPromise(), { operation: this })'),
        },
      },
    ],
    ['the strict mode of the worker', 'scope', { strict: false }],
    [
      'connect-src of both frames',
      'network',
      {
        modules: { ...loose, ...frameCsp((text) => text.replace(`"default-src 'none'",`, '').replace(`"connect-src 'none'",`, '')) },
        pages: open,
      },
    ],
    [
      'script-src of both frames',
      'network',
      {
        modules: { ...loose, ...frameCsp((text) => text.replace("script-src 'unsafe-eval'", "script-src http: 'unsafe-eval'")) },
        pages: open,
      },
    ],
    [
      'the opaque origin',
      'storage',
      {
        modules: {
          ...loose,
          ...frameCsp((text) =>
            text
              .replace("'allow-scripts'", "'allow-scripts allow-same-origin'")
              .replace(`"default-src 'none'",`, '')
              .replace(`"connect-src 'none'",`, ''),
          ),
        },
        pages: open,
      },
    ],
  ])('%s: %s', async (_, kind, weakening) => {
    const site = await Site.open(browser, weakening);
    const out = await site.attack(byKind(kind));
    console.log(`without ${_}, ${kind} attacks that got out: ${out.length}`);
    expect(out).not.toEqual([]);
    await site.close();
  });

  it('the enclosing function of the worker: the lock-down itself refuses to start', async () => {
    const site = await Site.open(browser, { enclosed: false });
    expect((await site.run(attackScenario(QUIET))).problems).toMatchObject([{ key: 'problem.sandboxUnavailable' }]);
    await site.close();
  });

  it('a worker that floods the page is replaced', async () => {
    const flood = {
      'sandbox/job.ts': (text: string) =>
        text.replace("this.#enter('running', task.variant);", `for (;;) this.surroundings.post({ kind: 'ready', sequence: 1 }, []);`),
    };
    const site = await Site.open(browser, { modules: flood });
    const outcome = await site.run(attackScenario(QUIET));
    expect(outcome.problems).toMatchObject([{ key: 'problem.sandboxBroken' }]);
    await site.close();
  });

  it('a browser that starts no worker is told to the reader', async () => {
    const site = await Site.open(browser, { modules: frameCsp((text) => text.replace("'worker-src blob:'", `"worker-src 'none'"`)) });
    const outcome = await site.run(attackScenario(QUIET));
    expect(outcome.problems).toMatchObject([{ key: 'problem.sandboxUnavailable' }]);
    await site.close();
  });
});

describe('runaways', () => {
  let site: Site;
  let reference: Outcome;
  beforeAll(async () => {
    site = await Site.open(browser);
    reference = await site.run(attackScenario(QUIET));
  });
  afterAll(() => site.close());

  it('names the line of built-in work that does not end, however late it comes', async () => {
    const { kind, problems } = await site.run(attackScenario(HANGS_LATE));
    expect([kind, problems[0]?.key, problems[0]?.params]).toMatchObject([
      'stopped',
      'problem.sandboxSilentAt',
      { file: 'greeter.ts', line: 4 },
    ]);
    expect(problems[0]?.params['time']).toBeCloseTo(1.51, 1);
  });

  it.each(RUNAWAYS)('$name', async ({ name, code, ends }) => {
    const handler = `export async function onRequest(request, ctx) { ${code} }`;
    await site.page.evaluate(() => window.longestGapMs());
    const outcome = await site.run(attackScenario(handler));
    const said = [...outcome.problems, ...outcome.handlerProblems];
    const restart = performance.now();
    const next = await site.run(attackScenario(QUIET, '10ms'));
    const restartMs = performance.now() - restart;
    const gap = await site.page.evaluate(() => window.longestGapMs());
    console.log(
      `${name}: ${outcome.kind} after ${outcome.ms.toFixed(0)} ms (${said[0]?.key ?? 'no problem'} ${JSON.stringify(said[0]?.params ?? {}).slice(0, 110)}), next run after ${restartMs.toFixed(0)} ms, longest frame gap ${gap.toFixed(0)} ms`,
    );
    if (ends !== 'quiet') expect(said).not.toEqual([]);
    if (ends !== 'watchdog' && ends !== 'either') expect(outcome.kind).toBe('finished');
    if (ends === 'watchdog')
      expect(outcome.problems).toMatchObject([{ path: 'files.greeter.ts', key: 'problem.sandboxSilentAt', file: 'greeter.ts', line: 1 }]);
    expect(next.kind).toBe('finished');
    expect((await site.run(attackScenario(QUIET))).digests).toEqual(reference.digests);
  });
});
