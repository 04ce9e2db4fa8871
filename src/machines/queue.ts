import { and, assign, not, setup } from 'xstate';
import { outside } from './outside';

/**
 * A point-to-point broker queue. A message takes a place from `publish` until it is acknowledged, forgotten or thrown away, so the
 * depth `ready + delayed + unacknowledged` never grows beyond `capacity`. Publishes that are held back take no place.
 *
 * Input: `capacity` ≥ 1; `overflow`, what a full queue does with a new message: `reject` refuses it, `drop-oldest` throws its oldest
 * ready message away for it and refuses it when none is ready (all handed out), `block` holds it back, at most `blockLimit` of them;
 * `durable`: what it does not know to be acknowledged is ready again after a crash, else it comes back empty.
 * Events: `publish`, `postpone` (a ready one is to wait first), `due` (that wait is over), `dispatch` (a ready one is handed out and must
 * be acknowledged), `forget` (a ready one is handed out and needs no acknowledgement), `acknowledge`, `return` (not acknowledged: it is
 * ready again), `discard` (a ready one is thrown away), `crash`, `restart`, `configure` (payload: another `capacity` and `overflow`; whoever is
 * here stays, also above the capacity), `admit` (one held back comes in, if there is room by now). An event that finds no such message is ignored.
 * Actions: `store`, `refuse`, `dropOldest` (always followed by `store`), `block`, `letIn` (the first one held back finds a place; followed
 * by what `store` does), `handOut`, `putBack`, `throwAway`. The counts are already changed when an action is carried out.
 * Not modelled here: the order of messages, consumers and their prefetch, timeouts, ttl, how often a message was delivered.
 */
export const queueMachine = setup({
  types: {
    context: {} as QueueContext,
    input: {} as { capacity: number; overflow: Overflow; blockLimit: number; durable: boolean },
    events: {} as
      | { type: 'publish' }
      | { type: 'postpone' }
      | { type: 'due' }
      | { type: 'dispatch' }
      | { type: 'forget' }
      | { type: 'acknowledge' }
      | { type: 'return' }
      | { type: 'discard' }
      | { type: 'crash' }
      | { type: 'restart' }
      | { type: 'configure'; payload?: unknown }
      | { type: 'admit' },
  },
  guards: {
    lastPlace: ({ context }) => depth(context) + 1 === context.capacity,
    onlyMessage: ({ context }) => depth(context) === 1,
    isEmpty: ({ context }) => depth(context) === 0,
    isFull: ({ context }) => depth(context) >= context.capacity,
    tooMany: ({ context }) => depth(context) > context.capacity,
    someReady: ({ context }) => context.ready > 0,
    someDelayed: ({ context }) => context.delayed > 0,
    someHandedOut: ({ context }) => context.unacknowledged > 0,
    mayDropOldest: ({ context }) => context.overflow === 'drop-oldest' && context.ready > 0,
    mayBlock: ({ context }) => context.overflow === 'block' && context.blocked < context.blockLimit,
    lastBlocked: ({ context }) => context.blocked === 1,
    someBlocked: ({ context }) => context.blocked > 0,
    willBeFull: ({ context, event }) => depth(context) >= limitsOf(event).capacity,
  },
  actions: {
    addReady: assign({ ready: ({ context }) => context.ready + 1 }),
    takeReady: assign({ ready: ({ context }) => context.ready - 1 }),
    addDelayed: assign({ delayed: ({ context }) => context.delayed + 1 }),
    takeDelayed: assign({ delayed: ({ context }) => context.delayed - 1 }),
    addHandedOut: assign({ unacknowledged: ({ context }) => context.unacknowledged + 1 }),
    takeHandedOut: assign({ unacknowledged: ({ context }) => context.unacknowledged - 1 }),
    addBlocked: assign({ blocked: ({ context }) => context.blocked + 1 }),
    takeBlocked: assign({ blocked: ({ context }) => context.blocked - 1 }),
    loseVolatile: assign({
      ready: ({ context }) => (context.durable ? context.ready + context.unacknowledged : 0),
      delayed: ({ context }) => (context.durable ? context.delayed : 0),
      unacknowledged: 0,
      blocked: 0,
    }),
    reconfigure: assign({ capacity: ({ event }) => limitsOf(event).capacity, overflow: ({ event }) => limitsOf(event).overflow }),
    store: outside,
    refuse: outside,
    dropOldest: outside,
    block: outside,
    letIn: outside,
    handOut: outside,
    putBack: outside,
    throwAway: outside,
  },
}).createMachine({
  id: 'queue',
  context: ({ input }) => ({
    capacity: input.capacity,
    overflow: input.overflow,
    blockLimit: input.blockLimit,
    durable: input.durable,
    ready: 0,
    delayed: 0,
    unacknowledged: 0,
    blocked: 0,
  }),
  initial: 'empty',
  on: {
    postpone: { guard: 'someReady', actions: ['takeReady', 'addDelayed'] },
    due: { guard: 'someDelayed', actions: ['takeDelayed', 'addReady'] },
    dispatch: { guard: 'someReady', actions: ['takeReady', 'addHandedOut', 'handOut'] },
    return: { guard: 'someHandedOut', actions: ['takeHandedOut', 'addReady', 'putBack'] },
    crash: { target: '.down', actions: 'loseVolatile' },
    configure: [
      { guard: 'someBlocked', target: '.blocked', actions: 'reconfigure' },
      { guard: 'willBeFull', target: '.full', actions: 'reconfigure' },
      { guard: 'isEmpty', target: '.empty', actions: 'reconfigure' },
      { target: '.holding', actions: 'reconfigure' },
    ],
  },
  states: {
    empty: {
      on: {
        publish: [
          { guard: 'lastPlace', target: 'full', actions: ['addReady', 'store'] },
          { target: 'holding', actions: ['addReady', 'store'] },
        ],
      },
    },
    holding: {
      on: {
        publish: [{ guard: 'lastPlace', target: 'full', actions: ['addReady', 'store'] }, { actions: ['addReady', 'store'] }],
        acknowledge: [
          { guard: and(['someHandedOut', not('onlyMessage')]), actions: 'takeHandedOut' },
          { guard: 'someHandedOut', target: 'empty', actions: 'takeHandedOut' },
        ],
        forget: [
          { guard: and(['someReady', not('onlyMessage')]), actions: ['takeReady', 'handOut'] },
          { guard: 'someReady', target: 'empty', actions: ['takeReady', 'handOut'] },
        ],
        discard: [
          { guard: and(['someReady', not('onlyMessage')]), actions: ['takeReady', 'throwAway'] },
          { guard: 'someReady', target: 'empty', actions: ['takeReady', 'throwAway'] },
        ],
      },
    },
    full: {
      on: {
        publish: [
          { guard: 'mayDropOldest', actions: ['dropOldest', 'store'] },
          { guard: 'mayBlock', target: 'blocked', actions: ['addBlocked', 'block'] },
          { actions: 'refuse' },
        ],
        acknowledge: [
          { guard: and(['someHandedOut', 'tooMany']), actions: 'takeHandedOut' },
          { guard: and(['someHandedOut', not('onlyMessage')]), target: 'holding', actions: 'takeHandedOut' },
          { guard: 'someHandedOut', target: 'empty', actions: 'takeHandedOut' },
        ],
        forget: [
          { guard: and(['someReady', 'tooMany']), actions: ['takeReady', 'handOut'] },
          { guard: and(['someReady', not('onlyMessage')]), target: 'holding', actions: ['takeReady', 'handOut'] },
          { guard: 'someReady', target: 'empty', actions: ['takeReady', 'handOut'] },
        ],
        discard: [
          { guard: and(['someReady', 'tooMany']), actions: ['takeReady', 'throwAway'] },
          { guard: and(['someReady', not('onlyMessage')]), target: 'holding', actions: ['takeReady', 'throwAway'] },
          { guard: 'someReady', target: 'empty', actions: ['takeReady', 'throwAway'] },
        ],
      },
    },
    /** Full, and its producers wait: whoever leaves makes room for the first one held back. */
    blocked: {
      on: {
        publish: [{ guard: 'mayBlock', actions: ['addBlocked', 'block'] }, { actions: 'refuse' }],
        admit: { guard: and(['someBlocked', not('isFull')]), actions: ['takeBlocked', 'addReady', 'letIn'] },
        acknowledge: [
          { guard: and(['someHandedOut', 'tooMany']), actions: 'takeHandedOut' },
          {
            guard: and(['someHandedOut', 'lastBlocked']),
            target: 'full',
            actions: ['takeHandedOut', 'takeBlocked', 'addReady', 'letIn'],
          },
          { guard: 'someHandedOut', actions: ['takeHandedOut', 'takeBlocked', 'addReady', 'letIn'] },
        ],
        forget: [
          { guard: and(['someReady', 'tooMany']), actions: ['takeReady', 'handOut'] },
          {
            guard: and(['someReady', 'lastBlocked']),
            target: 'full',
            actions: ['takeReady', 'handOut', 'takeBlocked', 'addReady', 'letIn'],
          },
          { guard: 'someReady', actions: ['takeReady', 'handOut', 'takeBlocked', 'addReady', 'letIn'] },
        ],
        discard: [
          { guard: and(['someReady', 'tooMany']), actions: ['takeReady', 'throwAway'] },
          {
            guard: and(['someReady', 'lastBlocked']),
            target: 'full',
            actions: ['takeReady', 'throwAway', 'takeBlocked', 'addReady', 'letIn'],
          },
          { guard: 'someReady', actions: ['takeReady', 'throwAway', 'takeBlocked', 'addReady', 'letIn'] },
        ],
      },
    },
    /** Its broker has crashed: nothing comes in, nothing goes out. Only those who wait are kept, on disk. */
    down: {
      on: {
        postpone: {},
        due: {},
        dispatch: {},
        return: {},
        crash: {},
        configure: { actions: 'reconfigure' },
        restart: [{ guard: 'isEmpty', target: 'empty' }, { guard: 'isFull', target: 'full' }, { target: 'holding' }],
      },
    },
  },
});

type Overflow = 'reject' | 'drop-oldest' | 'block';

interface QueueContext {
  capacity: number;
  overflow: Overflow;
  blockLimit: number;
  durable: boolean;
  ready: number;
  delayed: number;
  unacknowledged: number;
  blocked: number;
}

/** What `configure` brings. */
function limitsOf(event: { type: string; payload?: unknown }): { capacity: number; overflow: Overflow } {
  return event.payload as { capacity: number; overflow: Overflow };
}

function depth({ ready, delayed, unacknowledged }: QueueContext): number {
  return ready + delayed + unacknowledged;
}
