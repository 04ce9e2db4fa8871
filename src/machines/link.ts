import { assign, setup } from 'xstate';

/**
 * One way of a link: how many messages are on it.
 *
 * Events: `send` (a message goes on), `duplicate` (a copy goes on as well), `lose` (a message on the way vanishes), `deliver` (one arrives). A message that is lost is
 * sent first, so sent + duplicated = delivered + lost + inFlight. `lose` and `deliver` on a quiet link are ignored.
 * Not modelled here: delay, loss and order (the world draws them), faults, bandwidth, connections.
 */
export const linkMachine = setup({
  types: {
    context: {} as { inFlight: number },
    events: {} as { type: 'send' } | { type: 'duplicate' } | { type: 'lose' } | { type: 'deliver' },
  },
  guards: {
    lastOne: ({ context }) => context.inFlight === 1,
  },
  actions: {
    putOn: assign({ inFlight: ({ context }) => context.inFlight + 1 }),
    takeOff: assign({ inFlight: ({ context }) => context.inFlight - 1 }),
  },
}).createMachine({
  id: 'link',
  context: () => ({ inFlight: 0 }),
  initial: 'quiet',
  states: {
    quiet: {
      on: { send: { target: 'carrying', actions: 'putOn' } },
    },
    carrying: {
      on: {
        send: { actions: 'putOn' },
        duplicate: { actions: 'putOn' },
        lose: [{ guard: 'lastOne', target: 'quiet', actions: 'takeOff' }, { actions: 'takeOff' }],
        deliver: [{ guard: 'lastOne', target: 'quiet', actions: 'takeOff' }, { actions: 'takeOff' }],
      },
    },
  },
});
