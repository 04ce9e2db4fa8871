import { assign, setup } from 'xstate';
import { outside } from './outside';

interface Now {
  readonly nowMicros: number;
}

const alertParts = setup({
  types: {
    context: {} as { forMicros: number; sinceMicros: number },
    input: {} as { forMicros: number },
    events: {} as { type: 'holds'; payload: Now } | { type: 'clears'; payload: Now },
  },
  guards: {
    firesAtOnce: ({ context }) => context.forMicros === 0,
    heldLongEnough: ({ context, event }) => event.payload.nowMicros - context.sinceMicros >= context.forMicros,
  },
  actions: {
    noteSince: assign({ sinceMicros: ({ event }) => event.payload.nowMicros }),
    fire: outside,
    resolve: outside,
  },
});

/**
 * An alert, with the states of Prometheus (prometheus.io, "Alerting rules"; `rules/alerting.go`): a condition that holds is pending until
 * it has held, at every look, for as long as `for` says, and then fires.
 *
 * Input: `forMicros` ≥ 0.
 * Events: `holds` and `clears`, what a look at the condition has found; the payload says when.
 * Actions: `fire`, `resolve`.
 * Not modelled here: the condition and how often it is looked at, `keep_firing_for`, grouping, silences, and the way of a notification.
 */
export const alertMachine = alertParts.createMachine({
  id: 'alert',
  context: ({ input }) => ({ ...input, sinceMicros: 0 }),
  initial: 'inactive',
  states: {
    inactive: {
      on: {
        holds: [
          { guard: 'firesAtOnce', target: 'firing', actions: 'fire' },
          { target: 'pending', actions: 'noteSince' },
        ],
      },
    },
    pending: {
      on: {
        holds: { guard: 'heldLongEnough', target: 'firing', actions: 'fire' },
        clears: { target: 'inactive' },
      },
    },
    firing: { on: { clears: { target: 'resolved', actions: 'resolve' } } },
    /** It has fired before, and does not now. */
    resolved: {
      on: {
        holds: [
          { guard: 'firesAtOnce', target: 'firing', actions: 'fire' },
          { target: 'pending', actions: 'noteSince' },
        ],
      },
    },
  },
});
