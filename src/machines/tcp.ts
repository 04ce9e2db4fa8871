import { assign, setup } from 'xstate';
import { outside } from './outside';

/**
 * The sender of one direction of a TCP connection, as far as it repairs losses: the retransmission timer of RFC 6298 §5, fast retransmit
 * after three duplicate acknowledgements (RFC 5681 §3.2), and one repair for each partial acknowledgement after that (RFC 6582 §3.2).
 *
 * Input: `mostTimeouts` ≥ 1: after so many in a row the connection is given up.
 * Events: `sent` (a new segment is on the wire), `acked` (an acknowledgement of new data that leaves some unacknowledged), `recovered` (one
 * of everything that was on its way when the repair began, with later data still unacknowledged), `allAcked`, `duplicate`, `timeout`.
 * Actions: `startTimer`, `restartTimer`, `stopTimer`, `retransmit` (the oldest unacknowledged segment), `beginRepair` (remember how far data
 * was sent), `backOff` (the timeout doubles), `giveUp`.
 * Not modelled here: the windows for congestion and of the receiver, so a repair delays but never slows the sender; selective
 * acknowledgements, so a repair mends one loss a round trip; delayed acknowledgements.
 */
export const tcpMachine = setup({
  types: {
    context: {} as { mostTimeouts: number; duplicates: number; timeouts: number },
    input: {} as { mostTimeouts: number },
    events: {} as
      { type: 'sent' } | { type: 'acked' } | { type: 'recovered' } | { type: 'allAcked' } | { type: 'duplicate' } | { type: 'timeout' },
  },
  guards: {
    thirdDuplicate: ({ context }) => context.duplicates === 2,
    lastTimeout: ({ context }) => context.timeouts + 1 === context.mostTimeouts,
  },
  actions: {
    countDuplicate: assign({ duplicates: ({ context }) => context.duplicates + 1 }),
    forgetDuplicates: assign({ duplicates: 0 }),
    countTimeout: assign({ timeouts: ({ context }) => context.timeouts + 1 }),
    forgetTimeouts: assign({ timeouts: 0 }),
    startTimer: outside,
    restartTimer: outside,
    stopTimer: outside,
    retransmit: outside,
    beginRepair: outside,
    backOff: outside,
    giveUp: outside,
  },
}).createMachine({
  id: 'tcp',
  context: ({ input }) => ({ mostTimeouts: input.mostTimeouts, duplicates: 0, timeouts: 0 }),
  initial: 'idle',
  states: {
    /** Nothing is unacknowledged. */
    idle: {
      on: { sent: { target: 'sending', actions: 'startTimer' } },
    },
    sending: {
      on: {
        acked: { actions: ['forgetDuplicates', 'restartTimer'] },
        allAcked: { target: 'idle', actions: ['forgetDuplicates', 'stopTimer'] },
        duplicate: [
          { guard: 'thirdDuplicate', target: 'recovering', actions: ['forgetDuplicates', 'beginRepair', 'retransmit', 'restartTimer'] },
          { actions: 'countDuplicate' },
        ],
        timeout: [
          { guard: 'lastTimeout', target: 'dead', actions: 'giveUp' },
          { target: 'backingOff', actions: ['countTimeout', 'forgetDuplicates', 'beginRepair', 'backOff', 'retransmit', 'startTimer'] },
        ],
      },
    },
    /** A loss shown by duplicate acknowledgements is being repaired. */
    recovering: {
      on: {
        acked: { actions: ['retransmit', 'restartTimer'] },
        recovered: { target: 'sending', actions: 'restartTimer' },
        allAcked: { target: 'idle', actions: 'stopTimer' },
        timeout: [
          { guard: 'lastTimeout', target: 'dead', actions: 'giveUp' },
          { target: 'backingOff', actions: ['countTimeout', 'beginRepair', 'backOff', 'retransmit', 'startTimer'] },
        ],
      },
    },
    /** The timer has run out: what it was for is on its way once more. */
    backingOff: {
      on: {
        acked: { actions: ['forgetTimeouts', 'retransmit', 'restartTimer'] },
        recovered: { target: 'sending', actions: ['forgetTimeouts', 'restartTimer'] },
        allAcked: { target: 'idle', actions: ['forgetTimeouts', 'stopTimer'] },
        timeout: [
          { guard: 'lastTimeout', target: 'dead', actions: 'giveUp' },
          { actions: ['countTimeout', 'backOff', 'retransmit', 'startTimer'] },
        ],
      },
    },
    dead: {},
  },
});
