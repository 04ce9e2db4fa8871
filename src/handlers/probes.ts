/**
 * What probed code tells as it runs: the last value of each variable up to an instant, and the last within one request. It reads the
 * clock and counts nothing of the run, takes no chance and lets nothing out but short texts, so a run with probes is the run without.
 */
import type { SeenFile, SeenSite, SeenValue } from '../model/seen-values';
import type { Micros } from '../model/time';
import { startGenerator } from '../sim/async-generator';
import { makeRuntime } from '../sim/lowered-runtime';
import { startTask, type LoweredBody } from '../sim/task';
import { NOTED_PROXY } from './known-proxies';
import { PROBE } from './syntax';
import { showValue } from './show-value';

/** Who runs code of a component: the request is 0 while a file is loaded. */
export interface Who {
  readonly component: string;
  readonly request: number;
}

export interface Watching {
  readonly untilMicros: Micros;
  /** The request whose own values are wanted too; 0 for none. */
  readonly request: number;
}

interface Probed {
  readonly file: string;
  readonly firstSite: number;
  readonly siteCount: number;
  readonly names: SeenFile['names'];
}

export class Probes {
  readonly #files: Probed[] = [];
  readonly #sites: { times: number; last: SeenValue | undefined; ofRequest: SeenValue | undefined }[] = [];
  #now: (() => Micros) | undefined;
  #who: Who | undefined;
  #order = 0;
  readonly #watching: Watching;
  /** What probed code is given besides, or in the place of, what all code is given. */
  readonly globals: Readonly<Record<string, unknown>>;

  constructor(watching: Watching) {
    this.#watching = watching;
    const seen = (result: unknown, ...bound: unknown[]): unknown => {
      for (let at = 0; at < bound.length; at += 2) this.#see(bound[at] as number, bound[at + 1]);
      return result;
    };
    const runtime = makeRuntime(
      (body, name, self, parameters) => startTask(this.#resuming(body), name, self, parameters),
      (body, name, self, parameters) => startGenerator(this.#resuming(body), name, self, parameters),
    );
    this.globals = Object.freeze({ ...runtime, [PROBE]: Object.freeze(seen), Proxy: NOTED_PROXY });
  }

  /** The number of the first site of the next file. */
  get nextSite(): number {
    return this.#sites.length;
  }

  /** The names are in the order of the file, and their sites count from its own first. */
  add(file: string, siteCount: number, names: SeenFile['names']): void {
    this.#files.push({ file, firstSite: this.#sites.length, siteCount, names });
    for (let site = 0; site < siteCount; site++) this.#sites.push({ times: 0, last: undefined, ofRequest: undefined });
  }

  /** From now on what is bound is noted: whatever ran before, to see whether the code can be loaded, is no part of the run. */
  listen(now: () => Micros): void {
    this.#now = now;
  }

  /** Runs code in the name of somebody: so do the async functions that it starts, whenever they go on. */
  inTheNameOf<T>(who: Who | undefined, run: () => T): T {
    const before = this.#who;
    this.#who = who;
    try {
      return run();
    } finally {
      this.#who = before;
    }
  }

  /** What was seen, file by file. */
  get files(): readonly SeenFile[] {
    return this.#files.map(({ file, firstSite, siteCount, names }) => ({
      file,
      names,
      sites: this.#sites.slice(firstSite, firstSite + siteCount).map((site): SeenSite => ({ ...site })),
    }));
  }

  #see(site: number, value: unknown): void {
    const atMicros = this.#now?.() ?? Infinity;
    if (atMicros > this.#watching.untilMicros) return;
    const { component = '', request = 0 } = this.#who ?? {};
    const noted = this.#sites[site]!;
    noted.times++;
    noted.last = { text: showValue(value), atMicros, order: ++this.#order, request, component };
    if (request > 0 && request === this.#watching.request) noted.ofRequest = noted.last;
  }

  /** The body of an async function, each stretch of which runs in the name of whoever started it. */
  #resuming(body: LoweredBody): LoweredBody {
    const who = this.#who;
    const inTheNameOf = this.inTheNameOf.bind(this);
    return function (this: unknown, ...parameters: never[]) {
      const generator = body.apply(this, parameters);
      const resumed = {
        next: (value: unknown) => inTheNameOf(who, () => generator.next(value)),
        throw: (reason: unknown) => inTheNameOf(who, () => generator.throw(reason)),
        return: (value: unknown) => inTheNameOf(who, () => generator.return(value)),
      };
      return resumed as ReturnType<LoweredBody>;
    };
  }
}
