import { and, assign, setup } from 'xstate';
import { outside } from './outside';

/**
 * A service whose handlers give their worker back whenever they await something: one line of things to do, new requests and handlers
 * that can go on alike, and workers that each take the next of them. With one worker it is the event loop of Node.js or a browser.
 *
 * Input: `workers` ≥ 1; `waitingLimit` ≥ 0: a new request that finds so many in the line is refused; a handler that can go on never is.
 * Events: `arrive` (a new request), `wake` (what a handler awaited is there), `done` (a worker is free again), `crash` (all is gone),
 * `configure` (payload: other `workers` and `waitingLimit`; whoever is here stays), `fill` (a worker that has come takes the next).
 * Actions: `serve` and `resume` (a free worker takes it at once), `join` and `rejoin` (it waits), `refuse`, `next` (the freed worker
 * takes the next of the line). The counts are already changed when an action is carried out.
 * Not modelled here: phases and priorities of real event loops (timers, I/O, microtasks are one line), the time that code itself takes.
 */
export const eventLoopMachine = setup({
  types: {
    context: {} as { workers: number; waitingLimit: number; busy: number; waiting: number },
    input: {} as { workers: number; waitingLimit: number },
    events: {} as
      | { type: 'arrive' }
      | { type: 'wake' }
      | { type: 'done' }
      | { type: 'crash' }
      | { type: 'fill' }
      | { type: 'configure'; payload?: unknown },
  },
  guards: {
    lastFreeWorker: ({ context }) => context.busy + 1 === context.workers,
    onlyBusyWorker: ({ context }) => context.busy === 1,
    noPlace: ({ context }) => context.waiting >= context.waitingLimit,
    onlyOneWaits: ({ context }) => context.waiting === 1,
    tooManyBusy: ({ context }) => context.busy > context.workers,
    someFree: ({ context }) => context.busy < context.workers,
    someWait: ({ context }) => context.waiting > 0,
    nobodyHere: ({ context }) => context.busy === 0 && context.waiting === 0,
    willSaturate: ({ context, event }) => context.busy >= configOf(event).workers,
  },
  actions: {
    occupy: assign({ busy: ({ context }) => context.busy + 1 }),
    free: assign({ busy: ({ context }) => context.busy - 1 }),
    lineUp: assign({ waiting: ({ context }) => context.waiting + 1 }),
    callUp: assign({ waiting: ({ context }) => context.waiting - 1 }),
    reconfigure: assign({ workers: ({ event }) => configOf(event).workers, waitingLimit: ({ event }) => configOf(event).waitingLimit }),
    forgetAll: assign({ busy: 0, waiting: 0 }),
    serve: outside,
    resume: outside,
    join: outside,
    rejoin: outside,
    refuse: outside,
    next: outside,
  },
}).createMachine({
  id: 'event loop',
  context: ({ input }) => ({ workers: input.workers, waitingLimit: input.waitingLimit, busy: 0, waiting: 0 }),
  initial: 'idle',
  on: {
    crash: { target: '.idle', actions: 'forgetAll' },
    configure: [
      { guard: 'nobodyHere', target: '.idle', actions: 'reconfigure' },
      { guard: 'someWait', target: '.queueing', actions: 'reconfigure' },
      { guard: 'willSaturate', target: '.saturated', actions: 'reconfigure' },
      { target: '.working', actions: 'reconfigure' },
    ],
    fill: { guard: and(['someFree', 'someWait']), actions: ['callUp', 'occupy', 'next'] },
  },
  states: {
    idle: {
      on: {
        arrive: [
          { guard: 'lastFreeWorker', target: 'saturated', actions: ['occupy', 'serve'] },
          { target: 'working', actions: ['occupy', 'serve'] },
        ],
        wake: [
          { guard: 'lastFreeWorker', target: 'saturated', actions: ['occupy', 'resume'] },
          { target: 'working', actions: ['occupy', 'resume'] },
        ],
      },
    },
    /** Some worker is busy, some worker is free. */
    working: {
      on: {
        arrive: [{ guard: 'lastFreeWorker', target: 'saturated', actions: ['occupy', 'serve'] }, { actions: ['occupy', 'serve'] }],
        wake: [{ guard: 'lastFreeWorker', target: 'saturated', actions: ['occupy', 'resume'] }, { actions: ['occupy', 'resume'] }],
        done: [{ guard: 'onlyBusyWorker', target: 'idle', actions: 'free' }, { actions: 'free' }],
      },
    },
    /** Every worker is busy and nothing waits. */
    saturated: {
      on: {
        arrive: [
          { guard: 'noPlace', actions: 'refuse' },
          { target: 'queueing', actions: ['lineUp', 'join'] },
        ],
        wake: { target: 'queueing', actions: ['lineUp', 'rejoin'] },
        done: [
          { guard: 'tooManyBusy', actions: 'free' },
          { guard: 'onlyBusyWorker', target: 'idle', actions: 'free' },
          { target: 'working', actions: 'free' },
        ],
      },
    },
    queueing: {
      on: {
        arrive: [{ guard: 'noPlace', actions: 'refuse' }, { actions: ['lineUp', 'join'] }],
        wake: { actions: ['lineUp', 'rejoin'] },
        done: [
          { guard: 'tooManyBusy', actions: 'free' },
          { guard: 'onlyOneWaits', target: 'saturated', actions: ['callUp', 'next'] },
          { actions: ['callUp', 'next'] },
        ],
      },
    },
  },
});

function configOf(event: { type: string; payload?: unknown }): { workers: number; waitingLimit: number } {
  return event.payload as { workers: number; waitingLimit: number };
}
