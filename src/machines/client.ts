import { assign, setup } from 'xstate';

/**
 * A source of requests: how many it has started that are not settled yet.
 *
 * Events: `start` (a request begins), `settle` (one ends, well or badly). A `settle` with nothing open is ignored.
 * Not modelled here: when requests start (arrivals and think times are the world's), what they ask, their deadlines.
 */
export const clientMachine = setup({
  types: {
    context: {} as { open: number },
    events: {} as { type: 'start' } | { type: 'settle' },
  },
  guards: {
    lastOne: ({ context }) => context.open === 1,
  },
  actions: {
    open: assign({ open: ({ context }) => context.open + 1 }),
    close: assign({ open: ({ context }) => context.open - 1 }),
  },
}).createMachine({
  id: 'client',
  context: () => ({ open: 0 }),
  initial: 'quiet',
  states: {
    quiet: {
      on: { start: { target: 'waiting', actions: 'open' } },
    },
    waiting: {
      on: {
        start: { actions: 'open' },
        settle: [{ guard: 'lastOne', target: 'quiet', actions: 'close' }, { actions: 'close' }],
      },
    },
  },
});
