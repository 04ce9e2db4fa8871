import { setup } from 'xstate';
import { outside } from './outside';

/**
 * One idempotency key at a service (draft-ietf-httpapi-idempotency-key-header-07, §2; the answer of the first request is the answer of all).
 *
 * Input: `ttlMicros` ≥ 1, how long an answer is remembered; `waits`: a duplicate of a request under way waits for its answer, else it is a
 * conflict (§2.6, 409); `durable`: what is remembered outlives a crash.
 * Events: `request`; `answered` and `failed`, how the first of them ended; `crash` of the service, which ends what is under way.
 * Actions: `run` (the first one), `hold`, `conflict`, `replay` (what to do with a duplicate), `remember` and `release` (the answer, or none,
 * for those held), `forget`.
 * Delay: `ttl`.
 * Not modelled here: where the key stands, whether the request is the same (§2.7, 422), what counts as a failure, the room for keys.
 */
export const idempotencyKeyMachine = setup({
  types: {
    context: {} as { ttlMicros: number; waits: boolean; durable: boolean },
    input: {} as { ttlMicros: number; waits: boolean; durable: boolean },
    events: {} as { type: 'request' } | { type: 'answered' } | { type: 'failed' } | { type: 'crash' },
  },
  guards: {
    waits: ({ context }) => context.waits,
    durable: ({ context }) => context.durable,
  },
  actions: {
    run: outside,
    hold: outside,
    conflict: outside,
    replay: outside,
    remember: outside,
    release: outside,
    forget: outside,
  },
  delays: { ttl: ({ context }) => context.ttlMicros },
}).createMachine({
  id: 'idempotencyKey',
  context: ({ input }) => ({ ...input }),
  initial: 'free',
  states: {
    free: { on: { request: { target: 'inFlight', actions: 'run' } } },
    inFlight: {
      on: {
        request: [{ guard: 'waits', actions: 'hold' }, { actions: 'conflict' }],
        answered: { target: 'remembered', actions: ['remember', 'release'] },
        failed: { target: 'free', actions: ['release', 'forget'] },
        crash: { target: 'free', actions: 'forget' },
      },
    },
    remembered: {
      on: {
        request: { actions: 'replay' },
        crash: [{ guard: 'durable' }, { target: 'free', actions: 'forget' }],
      },
      after: { ttl: { target: 'free', actions: 'forget' } },
    },
  },
});
