import { assign, setup } from 'xstate';
import { outside } from './outside';

/**
 * One backend as its balancer sees it: active health checks take it out and put it back; failing requests eject it for a while
 * (outlier detection, as Envoy calls it).
 *
 * Input: how many failed and good checks in a row change the opinion; how many failed requests in a row eject, 0 for never.
 * Events: `checkFailed`, `checkPassed`, `requestFailed`, `requestDone`, `ejectionOver`.
 * Actions: `takeOut` (no more requests), `putBack`, `eject` (take out, and arm the end of the ejection).
 * While it is out, requests that were under way may still end; they change nothing.
 * Not modelled here: when checks are made, what counts as a failure, gradual return, a limit on how many may be out at once.
 */
export const backendMachine = setup({
  types: {
    context: {} as { unhealthyAfter: number; healthyAfter: number; ejectAfter: number; bad: number; good: number; failures: number },
    input: {} as { unhealthyAfter: number; healthyAfter: number; ejectAfter: number },
    events: {} as
      { type: 'checkFailed' } | { type: 'checkPassed' } | { type: 'requestFailed' } | { type: 'requestDone' } | { type: 'ejectionOver' },
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
    takeOut: outside,
    putBack: outside,
    eject: outside,
  },
}).createMachine({
  id: 'backend',
  context: ({ input }) => ({ ...input, bad: 0, good: 0, failures: 0 }),
  initial: 'healthy',
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
      },
    },
    unhealthy: {
      on: {
        checkFailed: { actions: 'forgetChecks' },
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
