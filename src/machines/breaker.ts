import { assign, setup } from 'xstate';
import { outside } from './outside';

/** The calls in the breaker's window: how many ended, and how many of them badly. */
export interface WindowCounts {
  readonly calls: number;
  readonly failures: number;
}

const breakerParts = setup({
  types: {
    context: {} as { failureRate: number; minCalls: number; probes: number; openMicros: number; probing: number; passed: number },
    input: {} as { failureRate: number; minCalls: number; probes: number; openMicros: number },
    events: {} as { type: 'call' } | { type: 'succeeded'; payload: WindowCounts } | { type: 'failed'; payload: WindowCounts },
  },
  guards: {
    tooManyFailures: ({ context, event }) => {
      // An edited machine may ask at any event; only those that count the window have an answer.
      const counts = 'payload' in event ? (event.payload as WindowCounts | undefined) : undefined;
      if (!counts) return false;
      const { calls, failures } = counts;
      return calls >= context.minCalls && failures >= context.failureRate * calls && failures > 0;
    },
    probesLeft: ({ context }) => context.probing < context.probes,
    lastProbe: ({ context }) => context.passed + 1 >= context.probes,
  },
  actions: {
    countProbe: assign({ probing: ({ context }) => context.probing + 1 }),
    countSuccess: assign({ passed: ({ context }) => context.passed + 1 }),
    forgetProbes: assign({ probing: 0, passed: 0 }),
    permit: outside,
    refuse: outside,
    clearWindow: outside,
  },
  delays: { openFor: ({ context }) => context.openMicros },
});

/**
 * A circuit breaker between one caller and one service (M. Nygard, Release It!, 2nd ed., ch. 5; sliding windows as in resilience4j).
 *
 * Input: `failureRate` from 0 to 1, `minCalls` ≥ 1, `probes` ≥ 1, `openMicros` ≥ 1.
 * Events: `call` (may this attempt go out?), `succeeded` and `failed` (how an attempt ended that was permitted since the last change of
 * state; the payload counts the window with it).
 * Actions: `permit`, `refuse`, `clearWindow` (what was counted before the breaker opened says nothing about now).
 * Delay: `openFor`. Half-open it also limits how long the probes may take: a probe never heard of must not keep the breaker half-open.
 * Not modelled here: which calls are in the window, what counts as a failure, slow-call rates.
 */
export const breakerMachine = breakerParts.createMachine({
  id: 'breaker',
  context: ({ input }) => ({ ...input, probing: 0, passed: 0 }),
  initial: 'closed',
  states: {
    closed: {
      on: {
        call: { actions: 'permit' },
        failed: { guard: 'tooManyFailures', target: 'open' },
        succeeded: { guard: 'tooManyFailures', target: 'open' },
      },
    },
    open: {
      on: { call: { actions: 'refuse' } },
      after: { openFor: { target: 'halfOpen', actions: ['forgetProbes', 'clearWindow'] } },
    },
    halfOpen: {
      on: {
        call: [{ guard: 'probesLeft', actions: ['countProbe', 'permit'] }, { actions: 'refuse' }],
        succeeded: [{ guard: 'lastProbe', target: 'closed', actions: 'clearWindow' }, { actions: 'countSuccess' }],
        failed: { target: 'open' },
      },
      after: { openFor: { target: 'open' } },
    },
  },
});
