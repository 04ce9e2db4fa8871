import { assign, setup } from 'xstate';
import { outside } from './outside';

interface BackendLimits {
  readonly unhealthyAfter: number;
  readonly healthyAfter: number;
  readonly ejectAfter: number;
}

/**
 * One backend as its balancer sees it: active health checks take it out and put it back; failing requests eject it for a while
 * (outlier detection, as Envoy calls it).
 *
 * Input: how many failed and good checks in a row change the opinion; how many failed requests in a row eject, 0 for never.
 * Events: `checkFailed`, `checkPassed`, `requestFailed`, `requestDone`, `ejectionOver`, `configure` (payload: the three numbers anew),
 * `checksEnd` (nobody checks any more: who is out because of checks is trusted again).
 * Actions: `takeOut` (no more requests), `putBack`, `eject` (take out, and arm the end of the ejection).
 * While it is out, requests that were under way may still end; they change nothing.
 * Not modelled here: when checks are made, what counts as a failure, gradual return, a limit on how many may be out at once.
 */
export const backendMachine = setup({
  types: {
    context: {} as BackendLimits & { readonly bad: number; readonly good: number; readonly failures: number },
    input: {} as BackendLimits,
    events: {} as
      | { type: 'checkFailed' }
      | { type: 'checkPassed' }
      | { type: 'requestFailed' }
      | { type: 'requestDone' }
      | { type: 'ejectionOver' }
      | { type: 'configure'; payload?: unknown }
      | { type: 'checksEnd' },
  },
  guards: {
    lastBadCheck: ({ context }) => context.bad + 1 >= context.unhealthyAfter,
    lastGoodCheck: ({ context }) => context.good + 1 >= context.healthyAfter,
    lastFailure: ({ context }) => context.ejectAfter > 0 && context.failures + 1 >= context.ejectAfter,
  },
  actions: {
    countBad: assign({ bad: ({ context }) => context.bad + 1 }),
    countGood: assign({ good: ({ context }) => context.good + 1 }),
    countFailure: assign({ failures: ({ context }) => context.failures + 1 }),
    forgetChecks: assign({ bad: 0, good: 0 }),
    forgetFailures: assign({ failures: 0 }),
    reconfigure: assign(({ event }) => (event as { readonly payload: BackendLimits }).payload),
    takeOut: outside,
    putBack: outside,
    eject: outside,
  },
}).createMachine({
  id: 'backend',
  context: ({ input }) => ({ ...input, bad: 0, good: 0, failures: 0 }),
  initial: 'healthy',
  on: { configure: { actions: 'reconfigure' } },
  states: {
    healthy: {
      on: {
        checkFailed: [
          { guard: 'lastBadCheck', target: 'unhealthy', actions: ['forgetChecks', 'forgetFailures', 'takeOut'] },
          { actions: 'countBad' },
        ],
        checkPassed: { actions: 'forgetChecks' },
        requestFailed: [
          { guard: 'lastFailure', target: 'ejected', actions: ['forgetChecks', 'forgetFailures', 'eject'] },
          { actions: 'countFailure' },
        ],
        requestDone: { actions: 'forgetFailures' },
        checksEnd: { actions: 'forgetChecks' },
      },
    },
    unhealthy: {
      on: {
        checkFailed: { actions: 'forgetChecks' },
        checksEnd: { target: 'healthy', actions: ['forgetChecks', 'putBack'] },
        checkPassed: [{ guard: 'lastGoodCheck', target: 'healthy', actions: ['forgetChecks', 'putBack'] }, { actions: 'countGood' }],
      },
    },
    ejected: {
      on: {
        ejectionOver: { target: 'healthy', actions: 'putBack' },
      },
    },
  },
});
