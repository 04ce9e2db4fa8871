import { and, assign, not, setup } from 'xstate';
import { outside } from './outside';

const LAST_OR_ONE_LESS = [
  { guard: 'lastOpen' as const, target: 'failed' as const, actions: ['countFailure' as const, 'fail' as const] },
  { actions: 'countFailure' as const },
];

/**
 * One call that is sent again before it has failed: the first good reply wins (J. Dean, L. A. Barroso, The Tail at Scale, CACM 2013;
 * gRFC A6, "Hedging Policy").
 *
 * Input: `attempts` ≥ 1, the first one included.
 * Events: `begin`, `hedgeDue` (the delay since the last attempt is over), `reply`, `error` (an attempt has failed and another may follow),
 * `fatal` (an attempt has failed for a reason that no other can change), `errorLater` (it has failed, and the server says when the next may
 * come), `errorLast` (it has failed, and the server says that none may follow), `giveUp` (no attempt may follow and none is waited for).
 * Actions: `attempt` (send one more and start the delay anew), `postpone` (the delay is the server's now), `stopHedging` (forget the delay),
 * `answer`, `fail`. The counts are already changed.
 * An attempt that fails brings the next one forward, unless the server pushes back. A `hedgeDue` with no attempt left is ignored.
 * Not modelled here: how long the delay is, cancelling the attempts that lost, which errors are fatal, throttling.
 */
export const hedgeMachine = setup({
  types: {
    context: {} as { attempts: number; sent: number; open: number },
    input: {} as { attempts: number },
    events: {} as
      | { type: 'begin' }
      | { type: 'hedgeDue' }
      | { type: 'reply' }
      | { type: 'error' }
      | { type: 'errorLater' }
      | { type: 'errorLast' }
      | { type: 'fatal' }
      | { type: 'giveUp' },
  },
  guards: {
    attemptsLeft: ({ context }) => context.sent < context.attempts,
    lastOpen: ({ context }) => context.open === 1,
  },
  actions: {
    countAttempt: assign({ sent: ({ context }) => context.sent + 1, open: ({ context }) => context.open + 1 }),
    countFailure: assign({ open: ({ context }) => context.open - 1 }),
    attempt: outside,
    postpone: outside,
    stopHedging: outside,
    answer: outside,
    fail: outside,
  },
}).createMachine({
  id: 'hedge',
  context: ({ input }) => ({ attempts: input.attempts, sent: 0, open: 0 }),
  initial: 'idle',
  states: {
    idle: {
      on: { begin: { target: 'racing', actions: ['countAttempt', 'attempt'] }, giveUp: { target: 'failed', actions: 'fail' } },
    },
    racing: {
      on: {
        hedgeDue: { guard: 'attemptsLeft', actions: ['countAttempt', 'attempt'] },
        reply: { target: 'answered', actions: 'answer' },
        error: [
          { guard: 'attemptsLeft', actions: ['countFailure', 'countAttempt', 'attempt'] },
          { guard: and(['lastOpen', not('attemptsLeft')]), target: 'failed', actions: ['countFailure', 'fail'] },
          { actions: 'countFailure' },
        ],
        errorLater: [
          { guard: 'attemptsLeft', actions: ['countFailure', 'postpone'] },
          { guard: 'lastOpen', target: 'failed', actions: ['countFailure', 'fail'] },
          { actions: 'countFailure' },
        ],
        errorLast: [
          { guard: 'lastOpen', target: 'failed', actions: ['countFailure', 'fail'] },
          { target: 'waiting', actions: ['countFailure', 'stopHedging'] },
        ],
        fatal: { target: 'failed', actions: 'fail' },
        giveUp: { target: 'failed', actions: 'fail' },
      },
    },
    /** The server wants no more attempts: those under way may still answer. */
    waiting: {
      on: {
        reply: { target: 'answered', actions: 'answer' },
        error: LAST_OR_ONE_LESS,
        errorLater: LAST_OR_ONE_LESS,
        errorLast: LAST_OR_ONE_LESS,
        fatal: { target: 'failed', actions: 'fail' },
        giveUp: { target: 'failed', actions: 'fail' },
      },
    },
    answered: {},
    failed: {},
  },
});
