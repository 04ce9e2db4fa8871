/** A page with a sandbox, watched by a witness: what runs there say, and what attacks do there. */
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Problem } from '../../src/model/problem';
import { attackFile, attackScenario } from './attack-scenario';
import type { Attack } from './attacks';
import { collectFaults } from './browser';
import { buildSandboxSite, type Weakening } from './sandbox-site';
import { startWitness, type Witness } from './witness';

/** What a run says, without its trace. */
export interface Outcome {
  readonly kind: 'finished' | 'problems' | 'stopped' | 'cancelled';
  readonly log: readonly string[];
  readonly problems: readonly Problem[];
  readonly handlerProblems: readonly Problem[];
  readonly digests: readonly string[];
  readonly records: number;
  readonly ms: number;
}

/** What a tab of any browser is for here: it opens a page and runs functions there. */
export interface Tab {
  goto(url: string): Promise<unknown>;
  evaluate<Result, Value>(run: (value: Value) => Promise<Result>, value: Value): Promise<Result>;
}

/** A page with a sandbox, its witness, and secrets planted in the page's storage. */
export class Site<Kind extends Tab = Page> {
  private constructor(
    readonly page: Kind,
    readonly witness: Witness,
    readonly faults: readonly string[],
    readonly close: () => Promise<void>,
  ) {}

  static async open(browser: Browser, weakening: Weakening = {}): Promise<Site> {
    const context = await browser.newContext();
    const page = await context.newPage();
    return Site.openIn(page, collectFaults(page), weakening, () => context.close());
  }

  static async openIn<Kind extends Tab>(
    page: Kind,
    faults: readonly string[],
    weakening: Weakening = {},
    leave: () => Promise<void> = () => Promise.resolve(),
  ): Promise<Site<Kind>> {
    const witness = await startWitness(await buildSandboxSite(weakening));
    await page.goto(witness.url);
    await page.evaluate(plantSecrets, null);
    return new Site(page, witness, faults, () => leave().then(() => witness.stop()));
  }

  startedMs(): Promise<number> {
    return this.page.evaluate(() => window.startedMs, null);
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
        ...(await this.page.evaluate(damage, null)),
      ];
      if (signs.length > 0) out.push(`${attack.kind}, ${attack.name}: ${signs[0]?.slice(0, 200)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    return [...out, ...witness.takeHits(), ...(await this.page.evaluate(damage, null))];
  }
}

/** Takes the compiler's restrictions out, so that the attacks reach the walls behind them. */
export const UNRESTRICTED = {
  'handlers/restrict.ts': (text: string) =>
    text
      .replace('restrictSyntax(syntax.program, complaints);', 'void restrictSyntax;')
      .replace('restrictName(use, complaints)', 'void restrictName'),
};
export const QUIET = `export async function onRequest(request, ctx) { await ctx.work('1ms'); return { ok: true } }`;

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
