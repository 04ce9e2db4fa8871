/**
 * When to run what. The newest edit always runs last; a run that an edit has overtaken may finish while it is short, and is
 * cancelled when it is long; a broken edit leaves the last good lanes where they are. No timers but the statechart's own.
 */
import { assign, fromPromise, setup } from 'xstate';
import type { Problem } from '../model/problem';
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import type { JsonRecord } from '../model/variant';
import type { AuditName, AuditProgress } from '../model/audit';
import type { AuditReply, RunReply, SeedsReply, ValuesReply } from '../sandbox/run-reply';
import type { RunSummary } from '../model/summary';

/** A problem met in a run has the lane in which it was met. */
export type RunProblem = Problem & { readonly variant?: string | null };

export interface RunInput {
  readonly file: JsonRecord;
  readonly variants: readonly (string | null)[];
  readonly seed: number;
}

/** What the page needs of the sandbox. */
export interface Simulator {
  start(): Promise<void>;
  run(request: RunInput, onProgress: (fraction: number) => void): Promise<RunReply>;
  /** A run again up to an instant, for a part of its trace that is not kept. It takes the place of a run. */
  range(
    request: { readonly file: JsonRecord; readonly variant: string | null; readonly seed: number; readonly untilMicros: Micros },
    onProgress: (fraction: number) => void,
  ): Promise<RunReply>;
  /** Every variant on every seed, for the checks of a lesson. It takes the place of a run. */
  seeds(
    request: { readonly file: JsonRecord; readonly variants: readonly (string | null)[]; readonly seeds: readonly number[] },
    onSummary: (variant: string | null, seed: number, summary: RunSummary) => void,
  ): Promise<SeedsReply>;
  /** One variant, on a few seeds, by the audits. It takes the place of a run. */
  audit(
    request: {
      readonly file: JsonRecord;
      readonly variant: string | null;
      readonly seeds: readonly [number, ...number[]];
      readonly audits: readonly AuditName[];
    },
    onStep: (step: AuditProgress) => void,
  ): Promise<AuditReply>;
  /** What the variables of one variant held at an instant. It takes the place of a run. */
  values(request: {
    readonly file: JsonRecord;
    readonly variant: string | null;
    readonly seed: number;
    readonly untilMicros: Micros;
    readonly request: number;
  }): Promise<ValuesReply>;
  cancel(): void;
}

/** An overtaken run that takes longer than this is cancelled. */
export const PATIENCE_MS = 250;

interface RunContext {
  readonly wanted: RunInput | undefined;
  readonly ran: RunInput | undefined;
  /** Edits run by themselves. False for a visit until the reader presses Run. */
  readonly live: boolean;
  readonly lanes: readonly LaneResult[];
  /** What the lanes show. */
  readonly shown: RunInput | undefined;
  readonly problems: readonly RunProblem[];
  readonly progress: number;
}

export type RunEvent =
  | { type: 'open'; input: RunInput; live: boolean }
  | { type: 'change'; input: RunInput }
  | { type: 'run' }
  | { type: 'cancel' }
  | { type: 'progress'; fraction: number };

export const runMachine = setup({
  types: { context: {} as RunContext, events: {} as RunEvent },
  actors: {
    start: fromPromise<void>(() => Promise.reject(new Error('start must be provided'))),
    run: fromPromise<RunReply, RunInput>(() => Promise.reject(new Error('run must be provided'))),
  },
  actions: {
    cancelRun: () => {
      throw new Error('cancelRun must be provided');
    },
    want: assign({ wanted: (_, { input }: { input: RunInput }) => input }),
    forget: assign({ lanes: [], shown: undefined, problems: [], ran: undefined }),
    setLive: assign({ live: (_, { live }: { live: boolean }) => live }),
    begin: assign({ ran: ({ context }) => context.wanted, progress: 0 }),
    take: assign(({ context }, { reply }: { reply: RunReply }) => take(context, reply)),
  },
  guards: {
    isOvertaken: ({ context }) => context.wanted !== context.ran,
    isDue: ({ context }) => context.live && context.wanted !== undefined && context.wanted !== context.ran,
  },
  delays: { patience: PATIENCE_MS },
}).createMachine({
  id: 'run',
  context: { wanted: undefined, ran: undefined, live: false, lanes: [], shown: undefined, problems: [], progress: 0 },
  on: {
    open: { actions: [{ type: 'want', params: ({ event }) => event }, 'forget', { type: 'setLive', params: ({ event }) => event }] },
    change: { actions: { type: 'want', params: ({ event }) => event } },
    run: { actions: { type: 'setLive', params: { live: true } } },
    progress: { actions: assign({ progress: ({ event }) => event.fraction }) },
  },
  initial: 'starting',
  states: {
    starting: { invoke: { src: 'start', onDone: 'idle', onError: 'unavailable' } },
    idle: {
      always: { guard: 'isDue', target: 'running' },
      on: {
        run: {
          target: 'running',
          guard: ({ context }) => context.wanted !== undefined,
          actions: { type: 'setLive', params: { live: true } },
        },
      },
    },
    running: {
      entry: 'begin',
      invoke: {
        src: 'run',
        input: ({ context }) => context.wanted!,
        onDone: { target: 'idle', actions: { type: 'take', params: ({ event }) => ({ reply: event.output }) } },
        onError: 'unavailable',
      },
      initial: 'patient',
      states: {
        patient: { after: { patience: [{ guard: 'isOvertaken', target: 'cancelling' }, { target: 'long' }] } },
        long: { always: { guard: 'isOvertaken', target: 'cancelling' } },
        cancelling: { entry: 'cancelRun' },
      },
      on: { cancel: '.cancelling' },
    },
    /** The sandbox did not come up, or died and did not come back. Run tries again. */
    unavailable: {
      on: { run: { target: 'starting', actions: [assign({ ran: undefined }), { type: 'setLive', params: { live: true } }] } },
    },
  },
});

/**
 * A cancelled run changes nothing, nor does one of a document that is no longer open: `open` has forgotten what ran. A broken edit
 * keeps the lanes of the last good run.
 */
function take({ ran, lanes }: RunContext, reply: RunReply): Partial<RunContext> {
  if (!ran || reply.kind === 'cancelled') return {};
  if (reply.kind === 'problems') return { problems: reply.problems };
  if (reply.kind === 'stopped') return { problems: [reply.problem] };
  const problems = reply.lanes.flatMap(({ variant, stopped, handlerProblems }) =>
    [...(stopped ? [stopped] : []), ...handlerProblems].map((problem) => ({ ...problem, variant })),
  );
  // Code that does not end stops at its first request: a picture that shows more is better, where there is one.
  if (lanes.length > 0 && reply.lanes.some(({ stopped }) => stopped)) return { problems };
  return { lanes: reply.lanes, shown: ran, problems };
}
