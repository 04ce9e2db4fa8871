import { assign, setup } from 'xstate';
import { outside } from './outside';

/**
 * One remote call as its caller sees it: attempts, a timeout for each, a pause between them.
 *
 * Input: `attempts` ≥ 1, the first one included; `hasTimeout`: without it a `timeout` is ignored and the call may wait for ever.
 * Events: `begin`, `reply`, `error` (an error reply to the attempt under way), `timeout` (of the attempt under way), `backoffOver`, `giveUp`
 * (something outside, such as a breaker or an empty retry budget, says that no attempt may follow).
 * Actions: `attempt` (send the request and arm its timeout), `backOff` (wait before the next attempt), `answer`, `fail`.
 * `attempt` in the context counts from 1 and is already changed when an action is carried out.
 * A late reply still answers while the call backs off, and is ignored once it is answered or failed. A late error is ignored.
 * Not modelled here: how long timeout and back-off are, who says `giveUp` and why, which errors are worth a retry.
 */
export const callMachine = setup({
  types: {
    context: {} as { attempts: number; hasTimeout: boolean; attempt: number },
    input: {} as { attempts: number; hasTimeout: boolean },
    events: {} as
      { type: 'begin' } | { type: 'reply' } | { type: 'error' } | { type: 'timeout' } | { type: 'backoffOver' } | { type: 'giveUp' },
  },
  guards: {
    attemptsLeft: ({ context }) => context.attempt < context.attempts,
    timedWithAttemptsLeft: ({ context }) => context.hasTimeout && context.attempt < context.attempts,
    timed: ({ context }) => context.hasTimeout,
  },
  actions: {
    countAttempt: assign({ attempt: ({ context }) => context.attempt + 1 }),
    attempt: outside,
    backOff: outside,
    answer: outside,
    fail: outside,
  },
}).createMachine({
  id: 'call',
  context: ({ input }) => ({ attempts: input.attempts, hasTimeout: input.hasTimeout, attempt: 0 }),
  initial: 'idle',
  states: {
    idle: {
      on: { begin: { target: 'sent', actions: ['countAttempt', 'attempt'] }, giveUp: { target: 'failed', actions: 'fail' } },
    },
    sent: {
      on: {
        reply: { target: 'answered', actions: 'answer' },
        error: [
          { guard: 'attemptsLeft', target: 'backingOff', actions: 'backOff' },
          { target: 'failed', actions: 'fail' },
        ],
        timeout: [
          { guard: 'timedWithAttemptsLeft', target: 'backingOff', actions: 'backOff' },
          { guard: 'timed', target: 'failed', actions: 'fail' },
        ],
        giveUp: { target: 'failed', actions: 'fail' },
      },
    },
    backingOff: {
      on: {
        reply: { target: 'answered', actions: 'answer' },
        backoffOver: { target: 'sent', actions: ['countAttempt', 'attempt'] },
        giveUp: { target: 'failed', actions: 'fail' },
      },
    },
    answered: {},
    failed: {},
  },
});
