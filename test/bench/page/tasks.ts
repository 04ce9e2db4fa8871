/** The longest task of the page while something is done with it, from the browser's own trace, and what ran in it. */
import type { Browser, Page } from 'playwright-core';

export interface LongestTask {
  /** Time that the page's thread had the processor. What other programs of this machine took is not in it. */
  readonly cpuMs: number;
  /** By the clock. */
  readonly ms: number;
  /** The functions that ran longest in it themselves, in ms; none when that was not asked for. */
  readonly functions: readonly (readonly [name: string, selfMs: number])[];
}

const TASKS = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];
const PROFILE = ['disabled-by-default-v8.cpu_profiler'];
const FUNCTIONS = 12;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly id?: string;
  /** µs, like all times of a trace. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: Readonly<Record<string, unknown>>;
}

/** `why`: with a profile, which makes everything a little slower. */
export async function longestTask(browser: Browser, page: Page, act: () => Promise<unknown>, why: boolean): Promise<LongestTask> {
  await browser.startTracing(page, { categories: ['-*', ...TASKS, ...(why ? PROFILE : [])] });
  let done = false;
  try {
    await act();
    done = true;
  } finally {
    if (!done) await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: readonly TraceEvent[] };
  const pid = processOf(traceEvents, new URL(page.url()).origin);
  const main = traceEvents.find((event) => event.pid === pid && event.name === 'thread_name' && event.args['name'] === 'CrRendererMain');
  const ours = traceEvents.filter((event) => event.pid === pid && event.tid === main?.tid);
  const isOurs = pageWork(ours, new URL(page.url()).origin);
  let longest: TraceEvent | undefined;
  for (const event of ours) if (event.name === 'RunTask' && cpuOf(event) > cpuOf(longest) && isOurs(event)) longest = event;
  return {
    cpuMs: cpuOf(longest) / 1_000,
    ms: (longest?.dur ?? 0) / 1_000,
    functions: why && longest ? functionsIn(longest, traceEvents) : [],
  };
}

function cpuOf(task: TraceEvent | undefined): number {
  return task?.tdur ?? task?.dur ?? 0;
}

const DRAWING = new Set(['Layout', 'Paint', 'MajorGC', 'MinorGC']);

/** Tells the tasks in which the page did something from those in which only the test looked for something in it, or the profile began. */
function pageWork(events: readonly TraceEvent[], origin: string): (task: TraceEvent) => boolean {
  const urlOf = ({ args }: TraceEvent): string => String((args['data'] as { url?: unknown } | undefined)?.url ?? args['fileName'] ?? '');
  const works = events.filter((event) => DRAWING.has(event.name) || event.name === 'Profile' || urlOf(event).startsWith(origin));
  return ({ ts, dur = 0 }) => {
    const inside = works.filter((event) => event.ts >= ts && event.ts <= ts + dur);
    return inside.length > 0 && inside.every(({ name }) => name !== 'Profile');
  };
}

interface TracedFrame {
  readonly parent?: string;
  readonly url: string;
  readonly processId?: number;
}

/** The process of the page itself: the frames of its sandbox have their own. */
function processOf(events: readonly TraceEvent[], origin: string): number {
  for (const event of events) {
    const data = event.args['data'] as { frames?: readonly TracedFrame[] } & Partial<TracedFrame>;
    const frames = event.name === 'TracingStartedInBrowser' ? (data.frames ?? []) : event.name === 'FrameCommittedInBrowser' ? [data] : [];
    for (const { parent, url, processId } of frames) if (!parent && url?.startsWith(origin) && processId !== undefined) return processId;
  }
  throw new Error(`No process in the trace shows ${origin}`);
}

interface ProfileChunk {
  readonly cpuProfile?: {
    readonly nodes?: readonly {
      readonly id: number;
      readonly callFrame: { readonly functionName: string; readonly lineNumber?: number };
    }[];
    readonly samples?: readonly number[];
  };
  readonly timeDeltas?: readonly number[];
}

function functionsIn(task: TraceEvent, events: readonly TraceEvent[]): (readonly [string, number])[] {
  const end = task.ts + (task.dur ?? 0);
  const selfMicros = new Map<string, number>();
  for (const start of events) {
    if (start.name !== 'Profile' || start.pid !== task.pid || start.tid !== task.tid) continue;
    let now = (start.args['data'] as { startTime: number }).startTime;
    const names = new Map<number, string>();
    for (const chunk of events) {
      if (chunk.name !== 'ProfileChunk' || chunk.id !== start.id || chunk.pid !== start.pid) continue;
      const { cpuProfile, timeDeltas = [] } = chunk.args['data'] as ProfileChunk;
      for (const { id, callFrame } of cpuProfile?.nodes ?? []) {
        names.set(id, `${callFrame.functionName || '(anonymous)'}${callFrame.lineNumber === undefined ? '' : `:${callFrame.lineNumber}`}`);
      }
      cpuProfile?.samples?.forEach((node, at) => {
        now += timeDeltas[at] ?? 0;
        const name = names.get(node) ?? '?';
        if (now >= task.ts && now <= end) selfMicros.set(name, (selfMicros.get(name) ?? 0) + (timeDeltas[at] ?? 0));
      });
    }
  }
  return [...selfMicros]
    .sort(([, one], [, other]) => other - one)
    .slice(0, FUNCTIONS)
    .map(([name, micros]) => [name, micros / 1_000] as const);
}
