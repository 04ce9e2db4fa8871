/**
 * The sandbox in a real browser: the chain runs the real simulator, attacks fail at each of its walls, runaways end in a sentence,
 * and walls that are taken out are noticed. Figures are printed, never asserted.
 */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../src/model/problem';
import { ATTACKS, attackFile, attackScenario, type Attack, type AttackKind } from './attacks';
import { collectFaults, launchChromium } from './browser';
import { RUNAWAYS } from './runaways';
import { buildSandboxSite, type Weakening } from './sandbox-site';
import { startWitness, type Witness } from './witness';
import { runInNode } from './node-run';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** What a run says, without its trace. */
interface Outcome {
  readonly kind: 'finished' | 'problems' | 'stopped' | 'cancelled';
  readonly log: readonly string[];
  readonly problems: readonly Problem[];
  readonly handlerProblems: readonly Problem[];
  readonly digests: readonly string[];
  readonly records: number;
  readonly ms: number;
}

/** A page with a sandbox, its witness, and secrets planted in the page's storage. */
class Site {
  private constructor(
    readonly page: Page,
    readonly witness: Witness,
    readonly faults: readonly string[],
  ) {}

  static async open(weakening: Weakening = {}): Promise<Site> {
    const witness = await startWitness(await buildSandboxSite(weakening));
    const context = await browser.newContext();
    const page = await context.newPage();
    const faults = collectFaults(page);
    await page.goto(witness.url);
    await page.evaluate(plantSecrets);
    return new Site(page, witness, faults);
  }

  async close(): Promise<void> {
    await this.page.context().close();
    await this.witness.stop();
  }

  startedMs(): Promise<number> {
    return this.page.evaluate(() => window.startedMs);
  }

  run(file: unknown, variants: readonly (string | null)[] = [null]): Promise<Outcome> {
    return this.page.evaluate(
      async ({ file, variants }) => {
        const began = performance.now();
        const reply = await window.sandbox.run({ file, variants, seed: 7 });
        const lanes = reply.kind === 'finished' ? reply.lanes : [];
        return {
          kind: reply.kind,
          log: lanes.flatMap((lane) => lane.log.map(({ text }) => text)),
          problems: [
            ...(reply.kind === 'problems' ? reply.problems : reply.kind === 'stopped' ? [reply.problem] : []),
            ...lanes.flatMap((lane) => (lane.stopped ? [lane.stopped] : [])),
          ],
          handlerProblems: lanes.flatMap((lane) => lane.handlerProblems),
          digests: lanes.map((lane) => lane.summary.digest),
          records: lanes.reduce((sum, lane) => sum + lane.totalRecords, 0),
          ms: performance.now() - began,
        };
      },
      { file, variants },
    );
  }

  /** Tries the attacks one after the other in one worker and names those that got out. */
  async attack(attacks: readonly Attack[]): Promise<string[]> {
    const { witness } = this;
    const targets = { ...witness.targets, stunPort: witness.stunPort };
    const clean = attackScenario(QUIET);
    const first = await this.run(clean);
    expect(first.kind, 'the sandbox runs at all').toBe('finished');
    const before = first.digests;
    const out: string[] = [];
    witness.takeHits();
    for (const attack of attacks) {
      const outcome = await this.run(attackScenario(attackFile(attack, targets), attack.kind === 'storage' ? '200s' : '2s'));
      const after = await this.run(clean);
      const signs = [
        ...outcome.log.filter((line) => line.startsWith('FOUND')),
        ...witness.takeHits(),
        ...(after.digests.join() === before.join() ? [] : [`the next run differs: ${after.kind} ${JSON.stringify(after.problems)}`]),
        ...(await this.page.evaluate(damage)),
      ];
      if (signs.length > 0) out.push(`${attack.kind}, ${attack.name}: ${signs[0]?.slice(0, 200)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    return [...out, ...witness.takeHits(), ...(await this.page.evaluate(damage))];
  }
}

const QUIET = `export async function onRequest(request, ctx) { await ctx.work('1ms'); return { ok: true } }`;

/** Runs in the page: secrets of the learner, and counters of what attacks might do to the page. */
async function plantSecrets(): Promise<void> {
  localStorage.setItem('secret', 'PLANTED');
  sessionStorage.setItem('secret', 'PLANTED');
  document.cookie = 'secret=PLANTED';
  await new Promise<void>((resolve) => {
    const open = indexedDB.open('documents');
    open.onupgradeneeded = () => open.result.createObjectStore('secrets').put('PLANTED', 1);
    open.onsuccess = () => {
      open.result.close();
      resolve();
    };
  });
  await (await caches.open('app')).put('/planted', new Response('PLANTED'));
  const file = await (await navigator.storage.getDirectory()).getFileHandle('secret', { create: true });
  const writer = await file.createWritable();
  await writer.write('PLANTED');
  await writer.close();
  const seen: string[] = [];
  Object.assign(window, { seen });
  addEventListener('message', ({ data }) => data === 'hit' && seen.push('message to the page'));
  new BroadcastChannel('app').onmessage = () => seen.push('broadcast to the page');
  window.alert = () => seen.push('alert');
}

/** Runs in the page: what attacks have changed there. */
async function damage(): Promise<string[]> {
  const signs = (window as unknown as { seen?: string[] }).seen?.splice(0) ?? ['the page was reloaded'];
  if (document.title !== 'Async Lab') signs.push('title changed');
  if ((await indexedDB.databases()).every(({ name }) => name !== 'documents')) signs.push('database deleted');
  if ((await (await caches.match('/planted'))?.text()) !== 'PLANTED') signs.push('cache poisoned');
  if ((await navigator.serviceWorker.getRegistrations()).length > 0) signs.push('service worker registered');
  return signs;
}

const byKind = (...kinds: AttackKind[]) => ATTACKS.filter(({ kind }) => kinds.includes(kind));

/** Takes the compiler's restrictions out, so that the attacks reach the walls behind them. */
const UNRESTRICTED = {
  'handlers/restrict.ts': (text: string) =>
    text
      .replace('restrictSyntax(syntax.program, complaints);', 'void restrictSyntax;')
      .replace('restrictName(use, complaints)', 'void restrictName'),
};
const NO_LOCK_DOWN = {
  'sandbox/worker.ts': (text: string) => text.replace('lockDown({ meter, alsoFreeze: HANDLER_API })', 'void lockDown'),
};
describe('the chain', () => {
  let site: Site;
  const startMs: number[] = [];

  beforeAll(async () => {
    site = await Site.open();
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
    const site = await Site.open();
    expect(await site.attack(ATTACKS)).toEqual([]);
    console.log(`attacks: ${counts.join(', ')}`);
    await site.close();
  });

  it('get nowhere when the compiler lets everything through', async () => {
    const site = await Site.open({ modules: UNRESTRICTED });
    expect(await site.attack(ATTACKS)).toEqual([]);
    await site.close();
  });

  it('reach no network, no storage and no page even without compiler and lock-down', async () => {
    const site = await Site.open({ modules: { ...UNRESTRICTED, ...NO_LOCK_DOWN } });
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
    const site = await Site.open(weakening);
    const out = await site.attack(byKind(kind));
    console.log(`without ${_}, ${kind} attacks that got out: ${out.length}`);
    expect(out).not.toEqual([]);
    await site.close();
  });

  it('the enclosing function of the worker: the lock-down itself refuses to start', async () => {
    const site = await Site.open({ enclosed: false });
    expect((await site.run(attackScenario(QUIET))).problems).toMatchObject([{ key: 'problem.sandboxUnavailable' }]);
    await site.close();
  });

  it('a worker that floods the page is replaced', async () => {
    const flood = {
      'sandbox/job.ts': (text: string) =>
        text.replace("this.#enter('running', task.variant);", `for (;;) this.surroundings.post({ kind: 'ready', sequence: 1 }, []);`),
    };
    const site = await Site.open({ modules: flood });
    const outcome = await site.run(attackScenario(QUIET));
    expect(outcome.problems).toMatchObject([{ key: 'problem.sandboxBroken' }]);
    await site.close();
  });

  it('a browser that starts no worker is told to the reader', async () => {
    const site = await Site.open({ modules: frameCsp((text) => text.replace("'worker-src blob:'", `"worker-src 'none'"`)) });
    const outcome = await site.run(attackScenario(QUIET));
    expect(outcome.problems).toMatchObject([{ key: 'problem.sandboxUnavailable' }]);
    await site.close();
  });
});

describe('runaways', () => {
  let site: Site;
  let reference: Outcome;
  beforeAll(async () => {
    site = await Site.open();
    reference = await site.run(attackScenario(QUIET));
  });
  afterAll(() => site.close());

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
    if (ends === 'watchdog') expect(outcome.problems).toMatchObject([{ path: 'files.greeter.ts', key: 'problem.sandboxSilentIn' }]);
    expect(next.kind).toBe('finished');
    expect((await site.run(attackScenario(QUIET))).digests).toEqual(reference.digests);
  });
});
