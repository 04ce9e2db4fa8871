import { assign, setup } from 'xstate';
import { outside } from './outside';

/**
 * The process of a service from its start to its end, as the platform that runs it sees it: Kubernetes' pod with a readiness gate and
 * `terminationGracePeriodSeconds`, with the container's states waiting, running and terminated.
 *
 * Input: `isWanted`, whether it runs from the beginning.
 * Events: `start` and `stop` (what the platform wants from now on), `started` (it is ready to serve), `idle` (nothing is in hand any
 * more), `graceOver` (it has had time enough to finish), `crash` and `restart` (a fault begins and is over), `doze` (nothing has been in
 * hand for long) and `arrive` (there is something to do for a process that has gone for that).
 * Actions: `leave` (nothing new is sent to it, and its grace period begins), `halt` (its process is gone, with whatever it still had),
 * `boot` (a process begins to start), `serve` (it is ready), `forget` (the crash has taken a process that was stopping or starting),
 * `retire` (it has crashed and is not wanted any more: nothing new is sent to it), `sleep` (the process is gone, and whoever comes waits for
 * the next) and `wake` (that one begins to start): scale to zero, as on platforms of functions, where the first to come pays for the cold
 * start.
 * Not modelled here: what is in hand, how long starting and stopping may take, who decides about it, liveness probes, back-off of a
 * process that crashes again and again.
 */
export const lifecycleMachine = setup({
  types: {
    context: {} as { isWanted: boolean },
    input: {} as { isWanted: boolean },
    events: {} as
      | { type: 'start' }
      | { type: 'stop' }
      | { type: 'started' }
      | { type: 'idle' }
      | { type: 'graceOver' }
      | { type: 'crash' }
      | { type: 'restart' }
      | { type: 'doze' }
      | { type: 'arrive' },
  },
  guards: {
    isWanted: ({ context }) => context.isWanted,
  },
  actions: {
    want: assign({ isWanted: true }),
    unwant: assign({ isWanted: false }),
    leave: outside,
    halt: outside,
    boot: outside,
    serve: outside,
    forget: outside,
    retire: outside,
    sleep: outside,
    wake: outside,
  },
}).createMachine({
  id: 'lifecycle',
  context: ({ input }) => ({ isWanted: input.isWanted }),
  initial: 'created',
  states: {
    created: { always: [{ guard: 'isWanted', target: 'ready' }, { target: 'stopped' }] },
    ready: {
      on: {
        stop: { target: 'stopping', actions: ['unwant', 'leave'] },
        doze: { target: 'asleep', actions: 'sleep' },
        crash: { target: 'crashed', actions: 'forget' },
      },
    },
    /** Without a process, and in rotation. */
    asleep: {
      on: {
        arrive: { target: 'waking', actions: 'wake' },
        stop: { target: 'stopped', actions: ['unwant', 'halt'] },
        crash: { target: 'crashed', actions: 'forget' },
      },
    },
    waking: {
      on: {
        started: { target: 'ready', actions: 'serve' },
        stop: { target: 'stopped', actions: ['unwant', 'halt'] },
        crash: { target: 'crashed', actions: 'forget' },
      },
    },
    /** Out of rotation, finishing what it has in hand. */
    stopping: {
      on: {
        idle: { target: 'stopped', actions: 'halt' },
        graceOver: { target: 'stopped', actions: 'halt' },
        crash: { target: 'crashed', actions: 'forget' },
      },
    },
    stopped: {
      on: {
        start: { target: 'starting', actions: ['want', 'boot'] },
        crash: 'crashed',
      },
    },
    /** The process is there, and refuses connections. */
    starting: {
      on: {
        started: { target: 'ready', actions: 'serve' },
        stop: { target: 'stopped', actions: ['unwant', 'halt'] },
        crash: { target: 'crashed', actions: 'forget' },
      },
    },
    crashed: {
      on: {
        start: { actions: 'want' },
        stop: { actions: ['unwant', 'retire'] },
        restart: [{ guard: 'isWanted', target: 'starting', actions: 'boot' }, { target: 'stopped' }],
      },
    },
  },
});
