import { setup } from 'xstate';
import { outside } from './outside';

/**
 * A transaction with optimistic concurrency control (Kung and Robinson 1981): it reads without locks, keeps what it writes to itself, and
 * asks at its end whether what it has read still stands.
 *
 * Events: `commit` (its code has ended well), `rollback` (its code has thrown), `committed`, `conflict`, `unreachable` (the store's answers).
 * Actions: `ask` (send reads and writes to the store), `succeed`, `fail`. What comes after its end is ignored.
 * Not modelled here: what it reads and writes, whether that conflicts, deadlocks (there are no locks), a coordinator of several stores.
 */
export const transactionMachine = setup({
  types: {
    events: {} as { type: 'commit' } | { type: 'rollback' } | { type: 'committed' } | { type: 'conflict' } | { type: 'unreachable' },
  },
  actions: { ask: outside, succeed: outside, fail: outside },
}).createMachine({
  id: 'transaction',
  initial: 'active',
  states: {
    active: {
      on: {
        commit: { target: 'committing', actions: 'ask' },
        rollback: { target: 'aborted', actions: 'fail' },
      },
    },
    committing: {
      on: {
        committed: { target: 'committed', actions: 'succeed' },
        conflict: { target: 'aborted', actions: 'fail' },
        /** Whether the store has committed, nobody knows here. */
        unreachable: { target: 'aborted', actions: 'fail' },
      },
    },
    committed: {},
    aborted: {},
  },
});
