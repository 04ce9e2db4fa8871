import { assign, setup } from 'xstate';
import { outside } from './outside';

const budgetParts = setup({
  types: {
    context: {} as { depositMillis: number; capMillis: number; millis: number },
    input: {} as { depositMillis: number; capMillis: number },
    events: {} as { type: 'deposit' } | { type: 'withdraw' },
  },
  guards: {
    enough: ({ context }) => context.millis + context.depositMillis >= 1_000,
    moreThanOneLeft: ({ context }) => context.millis >= 2_000,
  },
  actions: {
    add: assign({ millis: ({ context }) => Math.min(context.capMillis, context.millis + context.depositMillis) }),
    take: assign({ millis: ({ context }) => context.millis - 1_000 }),
    permit: outside,
    refuse: outside,
  },
});

/**
 * A retry budget: each call pays in a part of a retry, each retry takes a whole one out, so n calls make at most
 * n · ratio + burst retries (Twitter Finagle, `RetryBudget`; B. Beyer et al., Site Reliability Engineering, ch. 21).
 *
 * Input, in thousandths of a retry: `depositMillis` ≥ 0 for each call, `capMillis` ≥ 0, the most that is saved up and what it starts with.
 * Events: `deposit` (a call begins), `withdraw` (may it be tried again?).
 * Actions: `permit`, `refuse`.
 * Not modelled here: savings that expire (Finagle forgets them after ten seconds), a least rate of retries.
 */
export const retryBudgetMachine = budgetParts.createMachine({
  id: 'retryBudget',
  context: ({ input }) => ({ ...input, millis: input.capMillis }),
  initial: 'saved',
  states: {
    /** At least one whole retry may be there. */
    saved: {
      on: {
        deposit: { actions: 'add' },
        withdraw: [
          { guard: 'moreThanOneLeft', actions: ['take', 'permit'] },
          { target: 'spent', actions: ['take', 'permit'] },
        ],
      },
    },
    spent: {
      on: {
        deposit: [{ guard: 'enough', target: 'saved', actions: 'add' }, { actions: 'add' }],
        withdraw: { actions: 'refuse' },
      },
    },
  },
});
