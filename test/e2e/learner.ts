/** What a learner does on the page, by what can be seen and heard of it: roles, names, a few test ids. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { collectFaults } from './browser';
import { serve, type Site } from './static-server';

export const SUB_PATH = '/courses/lab/';

/** The built page, from a sub-path and never cached by HTTP. It is a copy, so that whoever builds meanwhile changes nothing here. */
export async function serveBuild(): Promise<Site> {
  const copy = await mkdtemp(join(tmpdir(), 'async-lab-page-'));
  await cp(resolve('dist'), copy, { recursive: true });
  const site = await serve(copy, SUB_PATH);
  return { url: site.url, stop: () => site.stop().then(() => rm(copy, { recursive: true, force: true })) };
}

/** The numbers of the formula strip, one text for each lane, call first. */
export interface Numbers {
  readonly T: readonly string[];
  readonly Q: readonly string[];
  readonly R: readonly string[];
  readonly strip: string;
}

export class Learner {
  private constructor(
    readonly page: Page,
    /** What the console said that it must not. */
    readonly faults: readonly string[],
  ) {}

  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Learner> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-US',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    return Learner.openIn(await context.newPage(), url);
  }

  static async openIn(page: Page, url: string): Promise<Learner> {
    const learner = new Learner(page, collectFaults(page));
    await page.addInitScript(measureGaps);
    await page.goto(url);
    return learner;
  }

  /** A learner who has made the prediction and has the full editor. */
  static async ready(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Learner> {
    const learner = await Learner.open(browser, url, options);
    await learner.predict();
    await learner.ran();
    await learner.editorReady();
    return learner;
  }

  async close(): Promise<void> {
    await this.page.context().close();
    expect(this.faults, 'console errors and CSP violations').toEqual([]);
  }

  get play(): Locator {
    return this.page.getByRole('group', { name: 'Playback' }).getByRole('button', { name: /^(Play|Pause)/ });
  }
  get time(): Locator {
    return this.page.getByRole('slider', { name: 'Time', exact: true });
  }
  get problems(): Locator {
    return this.page.getByTestId('problems');
  }

  async predict(): Promise<void> {
    await this.page.getByRole('radio', { name: /^Neither/ }).check();
    await this.page.getByRole('button', { name: 'That is my prediction' }).click();
  }

  /** Waits until the newest edit has run. */
  async ran(): Promise<void> {
    await this.page.locator('#stage[data-status="idle"]').waitFor();
  }

  async editorReady(): Promise<void> {
    await this.page.locator('[data-testid="editor"][data-state="ready"] .view-line').first().waitFor();
  }

  async seek(seconds: number): Promise<void> {
    await this.time.fill(String(seconds * 1e6));
    await this.settled();
  }

  async timeSeconds(): Promise<number> {
    return Number(await this.time.inputValue()) / 1e6;
  }

  /** The instant as it is read out, finer than the slider's steps. */
  async clock(): Promise<string> {
    await this.settled();
    return (await this.time.getAttribute('aria-valuetext')) ?? '';
  }

  /** Two frames later everything that follows from the last event has been drawn. */
  settled(): Promise<void> {
    return this.page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));
  }

  async numbers(): Promise<Numbers> {
    const texts = (id: string): Promise<string[]> => this.page.getByTestId(id).allTextContents();
    const strip = (await this.page.getByTestId('formula-strip').innerText()).replace(/\s+/g, ' ');
    return { T: await texts('T'), Q: await texts('Q'), R: await texts('R'), strip };
  }

  /** The pixels of every picture that moves, as one text. */
  pictures(): Promise<string> {
    return this.page.evaluate(() => [...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()).join());
  }

  /** Replaces the text in the editor by a paste: what is typed, Monaco would indent and close for the writer. */
  async write(source: string): Promise<void> {
    await this.page.locator('.monaco-editor .view-lines').first().click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), source);
    await this.page.keyboard.press('ControlOrMeta+V');
  }

  /** The text of the file as it is kept, which a link carries. */
  async written(): Promise<string> {
    await this.page.locator('.monaco-editor .view-lines').first().click();
    await this.page.keyboard.press('ControlOrMeta+Home');
    const text = await this.page.locator('.monaco-editor .view-lines').first().innerText();
    return text.replaceAll('\u00a0', ' ');
  }

  async turn(knob: 'arrivals' | 'workers' | 'delay' | 'loss', value: number): Promise<void> {
    await this.page.getByTestId(`knob-${knob}`).fill(String(value));
  }

  /** Waits until the numbers are others than these, and returns them with the real time it took. */
  async otherNumbers(than: Numbers): Promise<Numbers & { readonly ms: number }> {
    const began = performance.now();
    await this.page.waitForFunction(
      (before) => document.querySelector<HTMLElement>('[data-testid="formula-strip"]')?.innerText.replace(/\s+/g, ' ') !== before,
      than.strip,
    );
    const ms = performance.now() - began;
    await this.ran();
    return { ...(await this.numbers()), ms };
  }

  /** Goes to a step of the lesson by its number, counted from 1. */
  async step(number: number): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^Step ${number} of`) }).click();
  }

  /** The longest time for which the page could do nothing, and its longest task, since the last call. */
  longest(): Promise<Longest> {
    return this.page.evaluate(() => {
      const { longest } = window;
      window.longest = { gapMs: 0, taskMs: 0 };
      return longest;
    });
  }
}

export interface Longest {
  readonly gapMs: number;
  /** 0 when none took longer than 50 ms: the browser reports no shorter ones. */
  readonly taskMs: number;
}

declare global {
  interface Window {
    longest: Longest;
  }
}

/** Runs in the page: a message to itself over and over, how long the longest took to arrive, and the browser's own long tasks. */
function measureGaps(): void {
  window.longest = { gapMs: 0, taskMs: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = { ...window.longest, taskMs: Math.max(window.longest.taskMs, duration) };
  }).observe({ entryTypes: ['longtask'] });
  const channel = new MessageChannel();
  let last = performance.now();
  channel.port1.onmessage = () => {
    const gapMs = performance.now() - last;
    if (gapMs > window.longest.gapMs) window.longest = { ...window.longest, gapMs };
    setTimeout(() => {
      last = performance.now();
      channel.port2.postMessage(0);
    }, 4);
  };
  channel.port2.postMessage(0);
}

/** Printed, never asserted: machines differ. */
export function report(what: string, value: number | Longest): void {
  const text =
    typeof value === 'number' ? `${value.toFixed(0)} ms` : `${value.gapMs.toFixed(0)} ms, longest task ${value.taskMs.toFixed(0)} ms`;
  console.log(`${what}: ${text}`);
}
