import { and, assign, not, setup } from 'xstate';
import { outside } from './outside';

/**
 * A point-to-point broker queue. A message takes a place from `publish` until it is acknowledged, forgotten or thrown away, so the
 * depth `ready + unacknowledged` never exceeds `capacity`.
 *
 * Input: `capacity` ≥ 1; `dropOldest`: a full queue throws its oldest ready message away for a new one, else it refuses the new one.
 * A full queue with nothing ready (all handed out) refuses in both cases.
 * Events: `publish`, `dispatch` (a ready one is handed out and must be acknowledged), `forget` (a ready one is handed out and needs no
 * acknowledgement), `acknowledge`, `return` (not acknowledged: it is ready again), `discard` (a ready one is thrown away). An event
 * that finds no such message is ignored.
 * Actions: `store`, `refuse`, `dropOldest` (always followed by `store`), `handOut`, `putBack`, `throwAway`. The counts are already
 * changed when an action is carried out.
 * Not modelled here: the order of messages, consumers and their prefetch, timeouts, how often a message was delivered.
 */
export const queueMachine = setup({
  types: {
    context: {} as { capacity: number; dropOldest: boolean; ready: number; unacknowledged: number },
    input: {} as { capacity: number; dropOldest: boolean },
    events: {} as
      { type: 'publish' } | { type: 'dispatch' } | { type: 'forget' } | { type: 'acknowledge' } | { type: 'return' } | { type: 'discard' },
  },
  guards: {
    lastPlace: ({ context }) => context.ready + context.unacknowledged + 1 === context.capacity,
    onlyMessage: ({ context }) => context.ready + context.unacknowledged === 1,
    someReady: ({ context }) => context.ready > 0,
    someHandedOut: ({ context }) => context.unacknowledged > 0,
    mayDropOldest: ({ context }) => context.dropOldest && context.ready > 0,
  },
  actions: {
    addReady: assign({ ready: ({ context }) => context.ready + 1 }),
    takeReady: assign({ ready: ({ context }) => context.ready - 1 }),
    addHandedOut: assign({ unacknowledged: ({ context }) => context.unacknowledged + 1 }),
    takeHandedOut: assign({ unacknowledged: ({ context }) => context.unacknowledged - 1 }),
    store: outside,
    refuse: outside,
    dropOldest: outside,
    handOut: outside,
    putBack: outside,
    throwAway: outside,
  },
}).createMachine({
  id: 'queue',
  context: ({ input }) => ({ capacity: input.capacity, dropOldest: input.dropOldest, ready: 0, unacknowledged: 0 }),
  initial: 'empty',
  states: {
    empty: {
      on: {
        publish: [
          { guard: 'lastPlace', target: 'full', actions: ['addReady', 'store'] },
          { target: 'holding', actions: ['addReady', 'store'] },
        ],
      },
    },
    holding: {
      on: {
        publish: [{ guard: 'lastPlace', target: 'full', actions: ['addReady', 'store'] }, { actions: ['addReady', 'store'] }],
        dispatch: { guard: 'someReady', actions: ['takeReady', 'addHandedOut', 'handOut'] },
        return: { guard: 'someHandedOut', actions: ['takeHandedOut', 'addReady', 'putBack'] },
        acknowledge: [
          { guard: and(['someHandedOut', not('onlyMessage')]), actions: 'takeHandedOut' },
          { guard: 'someHandedOut', target: 'empty', actions: 'takeHandedOut' },
        ],
        forget: [
          { guard: and(['someReady', not('onlyMessage')]), actions: ['takeReady', 'handOut'] },
          { guard: 'someReady', target: 'empty', actions: ['takeReady', 'handOut'] },
        ],
        discard: [
          { guard: and(['someReady', not('onlyMessage')]), actions: ['takeReady', 'throwAway'] },
          { guard: 'someReady', target: 'empty', actions: ['takeReady', 'throwAway'] },
        ],
      },
    },
    full: {
      on: {
        publish: [{ guard: 'mayDropOldest', actions: ['dropOldest', 'store'] }, { actions: 'refuse' }],
        dispatch: { guard: 'someReady', actions: ['takeReady', 'addHandedOut', 'handOut'] },
        return: { guard: 'someHandedOut', actions: ['takeHandedOut', 'addReady', 'putBack'] },
        acknowledge: [
          { guard: and(['someHandedOut', not('onlyMessage')]), target: 'holding', actions: 'takeHandedOut' },
          { guard: 'someHandedOut', target: 'empty', actions: 'takeHandedOut' },
        ],
        forget: [
          { guard: and(['someReady', not('onlyMessage')]), target: 'holding', actions: ['takeReady', 'handOut'] },
          { guard: 'someReady', target: 'empty', actions: ['takeReady', 'handOut'] },
        ],
        discard: [
          { guard: and(['someReady', not('onlyMessage')]), target: 'holding', actions: ['takeReady', 'throwAway'] },
          { guard: 'someReady', target: 'empty', actions: ['takeReady', 'throwAway'] },
        ],
      },
    },
  },
});
