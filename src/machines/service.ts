import { and, assign, not, setup } from 'xstate';
import { outside } from './outside';

/**
 * Workers behind one bounded waiting line: G/G/c/(c+waitingLimit) in Kendall's notation.
 *
 * Input: `workers` ≥ 1; `waitingLimit` ≥ 0, the places for those who wait, not counting those in service. With 0 the line is
 * always full, so the machine goes from `working` straight to `full` (Erlang's loss system).
 * Events: `arrive` (something asks for a worker), `done` (a worker is free again), `crash` (all who are here are gone),
 * `configure` (payload: other `workers` and `waitingLimit`; whoever is here stays), `fill` (a worker that has come takes the next).
 * Actions: `serve` (a free worker takes what arrived), `join` (it waits), `refuse` (no place is left), `serveNext` (the freed worker
 * takes the next of the line). The counts are already changed when an action is carried out.
 * Not modelled here: who is next in the line, how long work takes, which worker it is, giving up while waiting, when it is back after a crash.
 */
export const serviceMachine = setup({
  types: {
    context: {} as { workers: number; waitingLimit: number; busy: number; waiting: number },
    input: {} as { workers: number; waitingLimit: number },
    events: {} as { type: 'arrive' } | { type: 'done' } | { type: 'crash' } | { type: 'fill' } | { type: 'configure'; payload?: unknown },
  },
  guards: {
    lastFreeWorker: ({ context }) => context.busy + 1 === context.workers,
    onlyBusyWorker: ({ context }) => context.busy === 1,
    tooManyBusy: ({ context }) => context.busy > context.workers,
    someFree: ({ context }) => context.busy < context.workers,
    nobodyHere: ({ context }) => context.busy === 0 && context.waiting === 0,
    stillFull: ({ context }) => context.waiting - 1 >= context.waitingLimit && context.waiting > 1,
    willBeFull: ({ context, event }) => context.busy >= configOf(event).workers && context.waiting >= configOf(event).waitingLimit,
    willQueue: ({ context }) => context.waiting > 0,
    willSaturate: ({ context, event }) => context.busy >= configOf(event).workers,
    noLine: ({ context }) => context.waitingLimit === 0,
    lastPlace: ({ context }) => context.waiting + 1 === context.waitingLimit,
    onlyOneWaits: ({ context }) => context.waiting === 1,
  },
  actions: {
    occupy: assign({ busy: ({ context }) => context.busy + 1 }),
    free: assign({ busy: ({ context }) => context.busy - 1 }),
    lineUp: assign({ waiting: ({ context }) => context.waiting + 1 }),
    callUp: assign({ waiting: ({ context }) => context.waiting - 1 }),
    reconfigure: assign({ workers: ({ event }) => configOf(event).workers, waitingLimit: ({ event }) => configOf(event).waitingLimit }),
    forgetAll: assign({ busy: 0, waiting: 0 }),
    serve: outside,
    join: outside,
    refuse: outside,
    serveNext: outside,
  },
}).createMachine({
  id: 'service',
  context: ({ input }) => ({ workers: input.workers, waitingLimit: input.waitingLimit, busy: 0, waiting: 0 }),
  initial: 'idle',
  on: {
    crash: { target: '.idle', actions: 'forgetAll' },
    configure: [
      { guard: 'nobodyHere', target: '.idle', actions: 'reconfigure' },
      { guard: 'willBeFull', target: '.full', actions: 'reconfigure' },
      { guard: 'willQueue', target: '.queueing', actions: 'reconfigure' },
      { guard: 'willSaturate', target: '.saturated', actions: 'reconfigure' },
      { target: '.working', actions: 'reconfigure' },
    ],
    fill: { guard: and(['someFree', 'willQueue']), actions: ['callUp', 'occupy', 'serveNext'] },
  },
  states: {
    idle: {
      on: {
        arrive: [
          { guard: not('lastFreeWorker'), target: 'working', actions: ['occupy', 'serve'] },
          { guard: 'noLine', target: 'full', actions: ['occupy', 'serve'] },
          { target: 'saturated', actions: ['occupy', 'serve'] },
        ],
      },
    },
    /** Some worker is busy, some worker is free. */
    working: {
      on: {
        arrive: [
          { guard: not('lastFreeWorker'), actions: ['occupy', 'serve'] },
          { guard: 'noLine', target: 'full', actions: ['occupy', 'serve'] },
          { target: 'saturated', actions: ['occupy', 'serve'] },
        ],
        done: [{ guard: 'onlyBusyWorker', target: 'idle', actions: 'free' }, { actions: 'free' }],
      },
    },
    /** Every worker is busy and nobody waits. */
    saturated: {
      on: {
        arrive: [
          { guard: 'lastPlace', target: 'full', actions: ['lineUp', 'join'] },
          { target: 'queueing', actions: ['lineUp', 'join'] },
        ],
        done: [
          { guard: 'tooManyBusy', actions: 'free' },
          { guard: 'onlyBusyWorker', target: 'idle', actions: 'free' },
          { target: 'working', actions: 'free' },
        ],
      },
    },
    queueing: {
      on: {
        arrive: [{ guard: 'lastPlace', target: 'full', actions: ['lineUp', 'join'] }, { actions: ['lineUp', 'join'] }],
        done: [
          { guard: 'tooManyBusy', actions: 'free' },
          { guard: 'onlyOneWaits', target: 'saturated', actions: ['callUp', 'serveNext'] },
          { actions: ['callUp', 'serveNext'] },
        ],
      },
    },
    /** Every worker is busy and the next arrival finds no place. */
    full: {
      on: {
        arrive: { actions: 'refuse' },
        done: [
          { guard: 'tooManyBusy', actions: 'free' },
          { guard: 'stillFull', actions: ['callUp', 'serveNext'] },
          { guard: and(['noLine', 'onlyBusyWorker']), target: 'idle', actions: 'free' },
          { guard: 'noLine', target: 'working', actions: 'free' },
          { guard: 'onlyOneWaits', target: 'saturated', actions: ['callUp', 'serveNext'] },
          { target: 'queueing', actions: ['callUp', 'serveNext'] },
        ],
      },
    },
  },
});

function configOf(event: { type: string; payload?: unknown }): { workers: number; waitingLimit: number } {
  return event.payload as { workers: number; waitingLimit: number };
}
