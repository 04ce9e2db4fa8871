import { setup } from 'xstate';
import { outside } from './outside';

/**
 * How a connection comes to be and ends, as its client sees it: TCP's handshake takes one round trip (RFC 9293 §3.5), that of TLS 1.3 one
 * more (RFC 8446 §2), with or without a certificate of the client: mutual TLS adds bytes to it, no round trip.
 *
 * Input: `secure`: TLS follows TCP.
 * Events: `open`, `synAcked` (the server has answered the SYN), `serverFinished` (the server's part of the TLS handshake is there), `fail` (a
 * segment was sent too often, or a keep-alive stayed unanswered), `close` (nobody needs it any more).
 * Actions: `sendSyn`, `sendHello`, `sendFinished`, `ready` (the client may send from now on), `failed`.
 * Not modelled here: the handshake's third segment (data takes its place), resumption and 0-RTT, closing handshakes, TIME-WAIT.
 */
export const connectionMachine = setup({
  types: {
    context: {} as { secure: boolean },
    input: {} as { secure: boolean },
    events: {} as { type: 'open' } | { type: 'synAcked' } | { type: 'serverFinished' } | { type: 'fail' } | { type: 'close' },
  },
  guards: {
    secure: ({ context }) => context.secure,
  },
  actions: {
    sendSyn: outside,
    sendHello: outside,
    sendFinished: outside,
    ready: outside,
    failed: outside,
  },
}).createMachine({
  id: 'connection',
  context: ({ input }) => ({ secure: input.secure }),
  initial: 'idle',
  states: {
    idle: { on: { open: { target: 'connecting', actions: 'sendSyn' } } },
    connecting: {
      on: {
        synAcked: [
          { guard: 'secure', target: 'securing', actions: 'sendHello' },
          { target: 'established', actions: 'ready' },
        ],
        fail: { target: 'closed', actions: 'failed' },
        close: 'closed',
      },
    },
    securing: {
      on: {
        serverFinished: { target: 'established', actions: ['sendFinished', 'ready'] },
        fail: { target: 'closed', actions: 'failed' },
        close: 'closed',
      },
    },
    established: { on: { fail: { target: 'closed', actions: 'failed' }, close: 'closed' } },
    closed: {},
  },
});
