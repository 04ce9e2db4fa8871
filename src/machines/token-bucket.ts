import { assign, setup } from 'xstate';
import { outside } from './outside';

interface Bucket {
  readonly perSecond: number;
  readonly burst: number;
  /** As they were at `atMicros`; a fraction is a token that is still coming. */
  readonly tokens: number;
  readonly atMicros: number;
}

/** The tokens at an instant not before `atMicros`. */
function tokensAt({ tokens, perSecond, burst, atMicros }: Bucket, nowMicros: number): number {
  return Math.min(burst, tokens + ((nowMicros - atMicros) * perSecond) / 1e6);
}

/** What time it is: an edited machine may ask at an event that does not say. */
function timeOf(event: { payload?: { readonly nowMicros: number } }, { atMicros }: Bucket): number {
  return event.payload?.nowMicros ?? atMicros;
}

/** Until one token is there, rounded up to a whole µs. */
function untilToken({ tokens, perSecond }: Bucket): number {
  return Math.max(1, Math.ceil(((1 - tokens) * 1e6) / perSecond));
}

const bucketParts = setup({
  types: {
    context: {} as Bucket,
    input: {} as { perSecond: number; burst: number },
    events: {} as
      | { type: 'call'; payload: { readonly nowMicros: number } }
      | { type: 'configure'; payload: { readonly nowMicros: number; readonly perSecond: number; readonly burst: number } },
  },
  guards: {
    moreLeft: ({ context, event }) => tokensAt(context, timeOf(event, context)) >= 2,
  },
  actions: {
    takeToken: assign({
      tokens: ({ context, event }) => tokensAt(context, timeOf(event, context)) - 1,
      atMicros: ({ context, event }) => timeOf(event, context),
    }),
    /** The wait is over: one token is there, whatever the rounding. */
    addToken: assign({
      tokens: ({ context }) => Math.max(1, tokensAt(context, context.atMicros + untilToken(context))),
      atMicros: ({ context }) => context.atMicros + untilToken(context),
    }),
    /** What is there by now stays, as far as the bucket holds it. */
    reconfigure: assign(({ context, event }) => {
      const { perSecond, burst, nowMicros } = event.payload as Pick<Bucket, 'perSecond' | 'burst'> & { readonly nowMicros: number };
      return { perSecond, burst, tokens: Math.min(burst, tokensAt(context, nowMicros)), atMicros: nowMicros };
    }),
    permit: outside,
    refuse: outside,
  },
  delays: { untilToken: ({ context }) => untilToken(context) },
});

/**
 * A token bucket that paces calls: in any t seconds at most `burst + perSecond · t` are let through, an arrival curve σ + ρt
 * (J.-Y. Le Boudec, P. Thiran, Network Calculus, §1.2; RFC 2697 for the same bucket in a router).
 *
 * Input: `perSecond` > 0, `burst` ≥ 1 tokens, with which it starts.
 * Events: `call` (may this one go on?), `configure` (another rate and burst); their payload says what time it is.
 * Actions: `permit`, `refuse`.
 * Delay: `untilToken`, from an empty bucket to the next whole token.
 * Not modelled here: calls that wait for a token, calls that cost more than one.
 */
export const tokenBucketMachine = bucketParts.createMachine({
  id: 'tokenBucket',
  context: ({ input }) => ({ ...input, tokens: input.burst, atMicros: 0 }),
  initial: 'flowing',
  states: {
    /** A token is there. */
    flowing: {
      on: {
        call: [
          { guard: 'moreLeft', actions: ['takeToken', 'permit'] },
          { target: 'empty', actions: ['takeToken', 'permit'] },
        ],
        configure: { actions: 'reconfigure' },
      },
    },
    empty: {
      on: {
        call: { actions: 'refuse' },
        /** The next token comes at the new rate from now on. */
        configure: { target: 'empty', reenter: true, actions: 'reconfigure' },
      },
      after: { untilToken: { target: 'flowing', actions: 'addToken' } },
    },
  },
});
