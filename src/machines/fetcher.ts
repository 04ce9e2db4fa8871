import { assign, setup } from 'xstate';
import { outside } from './outside';

interface FetcherContext {
  maxDeliveries: number;
  left: number;
  deliveries: number;
}

/**
 * How a consumer reads one partition: it fetches, hands the records over one after the other, and fetches again when all are handled.
 *
 * Input: `maxDeliveries` ≥ 1, how often a record is handed over before it is passed over.
 * Events: `start` (the partition is the consumer's), `records` (payload: how many came), `handled` and `failed` (the handler of the
 * record in hand has ended), `elapsed` (the time of a fetch without answer, or of a back-off, is over), `rewind` (what is left of the
 * records is given up after the one in hand), `stop` (the partition goes to another; the record in hand is finished first), `drop` (the
 * consumer is gone, or has lost the partition already).
 * Actions: `fetch`, `handOver` (the next record, or the same again after a back-off), `advance` (the record in hand is done with),
 * `backOff`, `passOver` (given up, always followed by `advance`), `released`. The counts are already changed when an action is carried out.
 * Not modelled here: offsets, commits, how long back-off and patience are; fetching ahead while records are handled.
 */
export const fetcherMachine = setup({
  types: {
    context: {} as FetcherContext,
    input: {} as { maxDeliveries: number },
    events: {} as
      | { type: 'start' }
      | { type: 'records'; payload: number }
      | { type: 'handled' }
      | { type: 'failed' }
      | { type: 'elapsed' }
      | { type: 'rewind' }
      | { type: 'stop' }
      | { type: 'drop' },
  },
  guards: {
    lastOne: ({ context }) => context.left <= 1,
    mayTryAgain: ({ context }) => context.deliveries < context.maxDeliveries,
  },
  actions: {
    takeIn: assign({ left: ({ event }) => (event.type === 'records' ? event.payload : 0), deliveries: 1 }),
    next: assign({ left: ({ context }) => context.left - 1, deliveries: 1 }),
    again: assign({ deliveries: ({ context }) => context.deliveries + 1 }),
    leaveRest: assign({ left: 1 }),
    fetch: outside,
    handOver: outside,
    advance: outside,
    backOff: outside,
    passOver: outside,
    released: outside,
  },
}).createMachine({
  id: 'fetcher',
  context: ({ input }) => ({ maxDeliveries: input.maxDeliveries, left: 0, deliveries: 0 }),
  initial: 'idle',
  states: {
    idle: { on: { start: { target: 'fetching', actions: 'fetch' } } },
    fetching: {
      on: {
        records: { target: 'handling', actions: ['takeIn', 'handOver'] },
        elapsed: { actions: 'fetch' },
        stop: { target: 'idle', actions: 'released' },
        drop: 'idle',
      },
    },
    handling: {
      on: {
        handled: [{ guard: 'lastOne', target: 'fetching', actions: ['advance', 'fetch'] }, { actions: ['advance', 'next', 'handOver'] }],
        failed: [
          { guard: 'mayTryAgain', target: 'backingOff', actions: ['again', 'backOff'] },
          { guard: 'lastOne', target: 'fetching', actions: ['passOver', 'advance', 'fetch'] },
          { actions: ['passOver', 'advance', 'next', 'handOver'] },
        ],
        rewind: { actions: 'leaveRest' },
        stop: 'finishing',
        drop: 'idle',
      },
    },
    backingOff: {
      on: {
        elapsed: { target: 'handling', actions: 'handOver' },
        rewind: { actions: 'leaveRest' },
        stop: { target: 'idle', actions: 'released' },
        drop: 'idle',
      },
    },
    /** The partition is given away as soon as the record in hand is done with; one that fails is left to the next reader. */
    finishing: {
      on: {
        handled: { target: 'idle', actions: ['advance', 'released'] },
        failed: { target: 'idle', actions: 'released' },
        rewind: { actions: 'leaveRest' },
        drop: 'idle',
      },
    },
  },
});
