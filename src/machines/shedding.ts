import { and, assign, not, setup } from 'xstate';
import { outside } from './outside';

interface Limit {
  /** May be a fraction while it adapts; its whole part counts. */
  readonly limit: number;
  readonly leastLimit: number;
  readonly mostLimit: number;
  /** −1: the limit stays as it is. */
  readonly targetMicros: number;
  readonly backoff: number;
  readonly inside: number;
}

/** Netflix's AIMDLimit: too slow, and the limit is multiplied down; fast while at least half of it is used, and it grows by one. */
function adapted({ limit, leastLimit, mostLimit, targetMicros, backoff, inside }: Limit, sojournMicros: number): number {
  if (targetMicros < 0) return limit;
  if (sojournMicros > targetMicros) return Math.max(leastLimit, limit * backoff);
  return inside * 2 >= limit ? Math.min(mostLimit, limit + 1) : limit;
}

/**
 * Load shedding at the door of a service: what would be in it beyond a limit, in the line or in service, is refused at once. The limit
 * stays, or adapts itself to the time that requests take: additive increase, multiplicative decrease (D.-M. Chiu, R. Jain, 1989), as in
 * Netflix concurrency-limits, `AIMDLimit`.
 *
 * Input: `limit`, `leastLimit`, `mostLimit` ≥ 1; `targetMicros`, above which a request was too slow, −1 for a limit that stays; `backoff`
 * between 0 and 1.
 * Events: `arrive`, `done` (a request has left; the payload says how long it was in).
 * Actions: `permit`, `refuse`. The counts are already changed.
 * Not modelled here: samples of a window instead of single ones, priorities of requests.
 */
export const sheddingMachine = setup({
  types: {
    context: {} as Limit,
    input: {} as Omit<Limit, 'inside'>,
    events: {} as { type: 'arrive' } | { type: 'done'; payload: { readonly sojournMicros: number } },
  },
  guards: {
    room: ({ context }) => context.inside < Math.floor(context.limit),
    lastPlace: ({ context }) => context.inside + 1 >= Math.floor(context.limit),
    roomAfter: ({ context, event }) =>
      event.type === 'done' && context.inside - 1 < Math.floor(adapted(context, event.payload.sojournMicros)),
  },
  actions: {
    countIn: assign({ inside: ({ context }) => context.inside + 1 }),
    countOut: assign({
      limit: ({ context, event }) => (event.type === 'done' ? adapted(context, event.payload.sojournMicros) : context.limit),
      inside: ({ context }) => context.inside - 1,
    }),
    permit: outside,
    refuse: outside,
  },
}).createMachine({
  id: 'shedding',
  context: ({ input }) => ({ ...input, inside: 0 }),
  initial: 'admitting',
  states: {
    admitting: {
      on: {
        arrive: [
          { guard: and(['room', not('lastPlace')]), actions: ['countIn', 'permit'] },
          { target: 'shedding', actions: ['countIn', 'permit'] },
        ],
        done: [
          { guard: 'roomAfter', actions: 'countOut' },
          { target: 'shedding', actions: 'countOut' },
        ],
      },
    },
    shedding: {
      on: {
        arrive: { actions: 'refuse' },
        done: [{ guard: 'roomAfter', target: 'admitting', actions: 'countOut' }, { actions: 'countOut' }],
      },
    },
  },
});
