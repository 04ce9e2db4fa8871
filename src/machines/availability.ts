import { and, assign, not, setup } from 'xstate';
import { outside } from './outside';

/**
 * Whether a component is there: up, paused (its process stands still) or crashed (its process is gone). Faults may overlap: a component
 * is back when the last crash is over, and goes on when the last pause is.
 *
 * Events: `crash` and `restart`, `pause` and `resume`; each pair is one fault. An end without its beginning is ignored.
 * Actions: `goDown` (all that is volatile is lost), `comeUp`, `standStill`, `goOn`. A component that crashes while it is paused goes
 * down from there; one that restarts during a pause stands still at once.
 * Not modelled here: what is lost, who notices, how long a restart takes (it is part of the crash).
 */
export const availabilityMachine = setup({
  types: {
    context: {} as { crashes: number; pauses: number },
    events: {} as { type: 'crash' } | { type: 'restart' } | { type: 'pause' } | { type: 'resume' },
  },
  guards: {
    lastCrash: ({ context }) => context.crashes === 1,
    lastPause: ({ context }) => context.pauses === 1,
    paused: ({ context }) => context.pauses > 0,
  },
  actions: {
    addCrash: assign({ crashes: ({ context }) => context.crashes + 1 }),
    takeCrash: assign({ crashes: ({ context }) => context.crashes - 1 }),
    addPause: assign({ pauses: ({ context }) => context.pauses + 1 }),
    takePause: assign({ pauses: ({ context }) => context.pauses - 1 }),
    goDown: outside,
    comeUp: outside,
    standStill: outside,
    goOn: outside,
  },
}).createMachine({
  id: 'availability',
  context: () => ({ crashes: 0, pauses: 0 }),
  initial: 'up',
  states: {
    up: {
      on: {
        crash: { target: 'crashed', actions: ['addCrash', 'goDown'] },
        pause: { target: 'paused', actions: ['addPause', 'standStill'] },
      },
    },
    paused: {
      on: {
        crash: { target: 'crashed', actions: ['addCrash', 'goDown'] },
        pause: { actions: 'addPause' },
        resume: [{ guard: 'lastPause', target: 'up', actions: ['takePause', 'goOn'] }, { actions: 'takePause' }],
      },
    },
    crashed: {
      on: {
        crash: { actions: 'addCrash' },
        restart: [
          { guard: and(['lastCrash', 'paused']), target: 'paused', actions: ['takeCrash', 'comeUp', 'standStill'] },
          { guard: and(['lastCrash', not('paused')]), target: 'up', actions: ['takeCrash', 'comeUp'] },
          { actions: 'takeCrash' },
        ],
        pause: { actions: 'addPause' },
        resume: { guard: 'paused', actions: 'takePause' },
      },
    },
  },
});
