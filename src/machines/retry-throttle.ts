import { assign, setup } from 'xstate';
import { outside } from './outside';

/**
 * gRPC's retry throttling for one server (gRFC A6, "Throttling Retry Attempts and Hedged RPCs"): a failure takes a token, a success puts
 * `tokenRatio` of one back, and nothing is tried again while at most half of the tokens are there.
 *
 * Input, in thousandths of a token as gRPC counts them: `maxMillis` > 0, with which it starts, `ratioMillis` > 0.
 * Events: `succeeded`, `failed` (with a status that is worth a retry), `retry` (may a call be tried again or hedged?).
 * Actions: `permit`, `refuse`.
 * Not modelled here: which failures count, one count for all callers of a process.
 */
export const retryThrottleMachine = setup({
  types: {
    context: {} as { maxMillis: number; ratioMillis: number; millis: number },
    input: {} as { maxMillis: number; ratioMillis: number },
    events: {} as { type: 'succeeded' } | { type: 'failed' } | { type: 'retry' },
  },
  guards: {
    fallsToHalf: ({ context }) => context.millis - 1_000 <= context.maxMillis / 2,
    risesOverHalf: ({ context }) => Math.min(context.maxMillis, context.millis + context.ratioMillis) > context.maxMillis / 2,
  },
  actions: {
    add: assign({ millis: ({ context }) => Math.min(context.maxMillis, context.millis + context.ratioMillis) }),
    take: assign({ millis: ({ context }) => Math.max(0, context.millis - 1_000) }),
    permit: outside,
    refuse: outside,
  },
}).createMachine({
  id: 'retryThrottle',
  context: ({ input }) => ({ ...input, millis: input.maxMillis }),
  initial: 'open',
  states: {
    open: {
      on: {
        succeeded: { actions: 'add' },
        failed: [{ guard: 'fallsToHalf', target: 'throttling', actions: 'take' }, { actions: 'take' }],
        retry: { actions: 'permit' },
      },
    },
    throttling: {
      on: {
        succeeded: [{ guard: 'risesOverHalf', target: 'open', actions: 'add' }, { actions: 'add' }],
        failed: { actions: 'take' },
        retry: { actions: 'refuse' },
      },
    },
  },
});
