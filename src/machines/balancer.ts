import { assign, setup } from 'xstate';
import { outside } from './outside';

/**
 * A load balancer: whether it has anyone to hand a request to.
 *
 * Input: `backends` ≥ 1, all of them healthy at first.
 * Events: `ask` (a request has come), `backendDown`, `backendUp`.
 * Actions: `forward` (hand the request to a healthy backend), `refuse` (there is none).
 * Not modelled here: which backend is chosen (the world asks the policy), connections, the balancer's own work and memory.
 */
export const balancerMachine = setup({
  types: {
    context: {} as { backends: number; healthy: number },
    input: {} as { backends: number },
    events: {} as { type: 'ask' } | { type: 'backendDown' } | { type: 'backendUp' },
  },
  guards: {
    lastHealthy: ({ context }) => context.healthy === 1,
    oneMissing: ({ context }) => context.healthy + 1 === context.backends,
  },
  actions: {
    countDown: assign({ healthy: ({ context }) => context.healthy - 1 }),
    countUp: assign({ healthy: ({ context }) => context.healthy + 1 }),
    forward: outside,
    refuse: outside,
  },
}).createMachine({
  id: 'balancer',
  context: ({ input }) => ({ backends: input.backends, healthy: input.backends }),
  initial: 'available',
  states: {
    available: {
      on: {
        ask: { actions: 'forward' },
        backendDown: [
          { guard: 'lastHealthy', target: 'unavailable', actions: 'countDown' },
          { target: 'degraded', actions: 'countDown' },
        ],
      },
    },
    /** Some backend is out, some backend is left. */
    degraded: {
      on: {
        ask: { actions: 'forward' },
        backendDown: [{ guard: 'lastHealthy', target: 'unavailable', actions: 'countDown' }, { actions: 'countDown' }],
        backendUp: [{ guard: 'oneMissing', target: 'available', actions: 'countUp' }, { actions: 'countUp' }],
      },
    },
    unavailable: {
      on: {
        ask: { actions: 'refuse' },
        backendUp: [
          { guard: 'oneMissing', target: 'available', actions: 'countUp' },
          { target: 'degraded', actions: 'countUp' },
        ],
      },
    },
  },
});
