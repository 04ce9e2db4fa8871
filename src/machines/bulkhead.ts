import { assign, setup } from 'xstate';
import { outside } from './outside';

const bulkheadParts = setup({
  types: {
    context: {} as { limit: number; inside: number },
    input: {} as { limit: number },
    events: {} as { type: 'enter' } | { type: 'leave' },
  },
  guards: {
    lastPlace: ({ context }) => context.inside + 1 >= context.limit,
    lastInside: ({ context }) => context.inside <= 1,
  },
  actions: {
    countIn: assign({ inside: ({ context }) => context.inside + 1 }),
    countOut: assign({ inside: ({ context }) => context.inside - 1 }),
    permit: outside,
    refuse: outside,
  },
});

/**
 * A bulkhead: at most `limit` calls at once, so that one slow service cannot take all of a caller's resources (M. Nygard, Release It!,
 * 2nd ed., ch. 5). Nobody waits, so the share refused is Erlang's loss formula B(limit, λT).
 *
 * Input: `limit` ≥ 1.
 * Events: `enter` (may this call begin?), `leave` (a permitted call has ended).
 * Actions: `permit`, `refuse`.
 * Not modelled here: a waiting room (that is a service's line), thread pools.
 */
export const bulkheadMachine = bulkheadParts.createMachine({
  id: 'bulkhead',
  context: ({ input }) => ({ limit: input.limit, inside: 0 }),
  initial: 'free',
  states: {
    free: {
      on: {
        enter: [
          { guard: 'lastPlace', target: 'full', actions: ['countIn', 'permit'] },
          { target: 'inUse', actions: ['countIn', 'permit'] },
        ],
      },
    },
    inUse: {
      on: {
        enter: [{ guard: 'lastPlace', target: 'full', actions: ['countIn', 'permit'] }, { actions: ['countIn', 'permit'] }],
        leave: [{ guard: 'lastInside', target: 'free', actions: 'countOut' }, { actions: 'countOut' }],
      },
    },
    full: {
      on: {
        enter: { actions: 'refuse' },
        leave: [
          { guard: 'lastInside', target: 'free', actions: 'countOut' },
          { target: 'inUse', actions: 'countOut' },
        ],
      },
    },
  },
});
