import { setup } from 'xstate';
import { outside } from './outside';

/**
 * A call over gRPC as one of its ends sees it, with any number of messages each way ("gRPC over HTTP/2", Requests and Responses): what this
 * end sends and what it receives end each by itself, and both when the call is over.
 *
 * Events: `write` (a message), `writeLast` (one after which none follows), `end` (none follows), `message` (one has come), `peerEnded` (none will
 * come any more), `close` (the call is over: the status has come or is given, or somebody has given it up).
 * Actions: `send`, `halfClose`, `refuse` (a message after the last), `stopSending` (what still waits will not go), `deliver`, `discard` (nobody
 * wants it any more), `finish` (whoever reads learns that nothing more comes).
 * Unary, server streaming, client streaming and bidirectional calls differ only in how many messages there are.
 * Not modelled here: headers and trailers, windows, how long messages are, who gives a call up and why.
 */
export const grpcStreamMachine = setup({
  types: {
    events: {} as
      { type: 'write' } | { type: 'writeLast' } | { type: 'end' } | { type: 'message' } | { type: 'peerEnded' } | { type: 'close' },
  },
  actions: {
    send: outside,
    halfClose: outside,
    refuse: outside,
    stopSending: outside,
    deliver: outside,
    discard: outside,
    finish: outside,
  },
}).createMachine({
  id: 'grpcStream',
  type: 'parallel',
  states: {
    sending: {
      initial: 'open',
      states: {
        open: {
          on: {
            write: { actions: 'send' },
            writeLast: { target: 'ended', actions: 'send' },
            end: { target: 'ended', actions: 'halfClose' },
            close: { target: 'stopped', actions: 'stopSending' },
          },
        },
        ended: {
          on: {
            write: { actions: 'refuse' },
            writeLast: { actions: 'refuse' },
            close: { target: 'stopped', actions: 'stopSending' },
          },
        },
        stopped: { on: { write: { actions: 'refuse' }, writeLast: { actions: 'refuse' } } },
      },
    },
    receiving: {
      initial: 'open',
      states: {
        open: {
          on: {
            message: { actions: 'deliver' },
            peerEnded: { target: 'over', actions: 'finish' },
            close: { target: 'over', actions: 'finish' },
          },
        },
        over: { on: { message: { actions: 'discard' } } },
      },
    },
  },
});
