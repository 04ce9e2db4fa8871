/** A stock Firefox without a window, as far as these tests need one: a page that is opened, asked, clicked and typed into. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bidi } from './bidi';

/** It asks nobody on the network for anything by itself, and speaks English. */
const PREFERENCES: Readonly<Record<string, string | number | boolean>> = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  'intl.accept_languages': 'en-US',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

/** Keys by the code points that WebDriver gives them. */
const KEYS = { Backspace: '\uE003', End: '\uE010', ArrowLeft: '\uE012' } as const;

export class Firefox {
  private constructor(
    private readonly bidi: Bidi,
    private readonly context: string,
    private readonly process: ChildProcess,
    private readonly profile: string,
    readonly version: string,
    /** What the console said that it must not, since the start. */
    readonly faults: readonly string[],
  ) {}

  static async launch(executable: string): Promise<Firefox> {
    const profile = await mkdtemp(join(tmpdir(), 'async-lab-firefox-'));
    const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
    await writeFile(join(profile, 'user.js'), lines.join(''));
    const parameters = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank'];
    const process = spawn(executable, parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
    const faults: string[] = [];
    const bidi = await Bidi.connect(`${await addressOf(process)}/session`, (_, { level, text }) => {
      if (level === 'error' || String(text).includes('Content-Security-Policy')) faults.push(String(text));
    });
    const { capabilities } = await bidi.send<{ capabilities: { browserVersion: string } }>('session.new', { capabilities: {} });
    await bidi.send('session.subscribe', { events: ['log.entryAdded'] });
    const { contexts } = await bidi.send<{ contexts: readonly { context: string }[] }>('browsingContext.getTree', {});
    const { context } = contexts[0]!;
    await bidi.send('browsingContext.setViewport', { context, viewport: { width: 1440, height: 900 } });
    return new Firefox(bidi, context, process, profile, capabilities.browserVersion, faults);
  }

  async close(): Promise<void> {
    const gone = once(this.process, 'exit');
    await this.bidi.send('browser.close', {});
    await gone;
    await rm(this.profile, { recursive: true, force: true });
  }

  async goto(url: string): Promise<void> {
    await this.bidi.send('browsingContext.navigate', { context: this.context, url, wait: 'complete' });
  }

  /** Runs a function in the page. Its value and its result go there and back as JSON. */
  async evaluate<Result, Value>(run: (value: Value) => Result | Promise<Result>, value: Value): Promise<Result> {
    const answer = await this.bidi.send<Evaluated>('script.callFunction', {
      functionDeclaration: `async (value) => JSON.stringify(await (${run.toString()})(JSON.parse(value)))`,
      arguments: [{ type: 'string', value: JSON.stringify(value) }],
      target: { context: this.context },
      awaitPromise: true,
    });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    const { value: json } = answer.result;
    return (json === undefined ? undefined : JSON.parse(json)) as Result;
  }

  /** The text of the first element that a selector finds, blanks as one space; empty when there is none. */
  text(selector: string): Promise<string> {
    return this.evaluate((wanted) => document.querySelector<HTMLElement>(wanted)?.innerText.replace(/\s+/g, ' ') ?? '', selector);
  }

  /** Presses the mouse on the middle of the first element that a selector finds and whose text begins so. */
  async click(selector: string, begins = ''): Promise<void> {
    const [x, y] = await this.evaluate(
      ({ selector, begins }) => {
        const all = [...document.querySelectorAll<HTMLElement>(selector)];
        const element = all.find(({ innerText }) => innerText.replace(/\s+/g, ' ').trim().startsWith(begins));
        if (!element) throw new Error(`there is no ${selector} “${begins}” to click on`);
        element.scrollIntoView({ block: 'nearest' });
        const { left, top, width, height } = element.getBoundingClientRect();
        return [Math.round(left + width / 2), Math.round(top + height / 2)] as const;
      },
      { selector, begins },
    );
    const actions = [
      { type: 'pointerMove', x, y },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.act({ type: 'pointer', id: 'mouse', actions });
  }

  async press(key: keyof typeof KEYS, times = 1): Promise<void> {
    await this.type(KEYS[key].repeat(times));
  }

  /** One key after the other, as a person types. */
  async type(text: string): Promise<void> {
    const actions = [...text].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })));
    await this.act({ type: 'key', id: 'keyboard', actions });
  }

  private async act(source: object): Promise<void> {
    await this.bidi.send('input.performActions', { context: this.context, actions: [source] });
  }
}

type Evaluated =
  | { readonly type: 'success'; readonly result: { readonly value?: string } }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };

/** Firefox says where it listens, once it does. */
function addressOf(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    process.stderr!.on('data', (text: Buffer) => {
      said += text.toString();
      const address = /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    process.once('exit', () => reject(new Error(`Firefox did not start.\n${said}`)));
  });
}
