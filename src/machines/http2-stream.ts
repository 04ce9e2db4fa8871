import { setup } from 'xstate';
import { outside } from './outside';

type Frame = 'Headers' | 'HeadersEnd' | 'Data' | 'DataEnd' | 'Reset' | 'WindowUpdate' | 'Promise';
type StreamEvent = `send${Frame}` | `receive${Frame}` | 'sendPriority' | 'receivePriority';

const refuse = { actions: 'refuseToSend' } as const;
const protocolError = { target: '#closed', actions: ['protocolError', 'closed'] } as const;
const lateError = { actions: 'streamClosedError' } as const;
const discard = { actions: 'discard' } as const;
const streamError = { target: '#reset', actions: ['resetStream', 'closed'] } as const;
const sentReset = { target: '#reset', actions: 'closed' } as const;
const gotReset = { target: '#aborted', actions: 'closed' } as const;
const ended = { target: '#ended', actions: 'closed' } as const;

/**
 * A stream of HTTP/2 as one of its ends sees it: the state diagram and the rules of RFC 9113 §5.1.
 *
 * Events: what is sent and received: `sendHeaders`, `sendData`, both with `End` when the frame carries END_STREAM, `sendReset`,
 * `sendWindowUpdate`, `sendPriority`, `sendPromise` (a PUSH_PROMISE that reserves this stream), and the same with `receive`. CONTINUATION
 * belongs to the HEADERS before it.
 * Actions: `refuseToSend` (this end must not send such a frame now), `protocolError` and `streamClosedError` (errors of the connection),
 * `resetStream` (an error of the stream, STREAM_CLOSED), `discard` (a frame that the peer sent before it knew that the stream is closed:
 * it still counts for header compression and the connection's window), `closed` (the stream counts no longer).
 * A frame on a closed stream is an error of the connection, as the RFC allows, unless it may have been on its way when the stream closed.
 * PRIORITY is deprecated and allowed everywhere.
 * Not modelled here: what frames hold, windows, identifiers, which end may open or promise streams.
 */
export const http2StreamMachine = setup({
  types: { events: {} as { type: StreamEvent } },
  actions: {
    refuseToSend: outside,
    protocolError: outside,
    streamClosedError: outside,
    resetStream: outside,
    discard: outside,
    closed: outside,
  },
}).createMachine({
  id: 'http2Stream',
  initial: 'idle',
  states: {
    idle: {
      on: {
        sendHeaders: 'open',
        sendHeadersEnd: 'halfClosedLocal',
        sendPromise: 'reservedLocal',
        sendData: refuse,
        sendDataEnd: refuse,
        sendReset: refuse,
        sendWindowUpdate: refuse,
        receiveHeaders: 'open',
        receiveHeadersEnd: 'halfClosedRemote',
        receivePromise: 'reservedRemote',
        receiveData: protocolError,
        receiveDataEnd: protocolError,
        receiveReset: protocolError,
        receiveWindowUpdate: protocolError,
      },
    },
    reservedLocal: {
      on: {
        sendHeaders: 'halfClosedRemote',
        sendHeadersEnd: ended,
        sendReset: sentReset,
        sendData: refuse,
        sendDataEnd: refuse,
        sendWindowUpdate: refuse,
        sendPromise: refuse,
        receiveReset: gotReset,
        receiveHeaders: protocolError,
        receiveHeadersEnd: protocolError,
        receiveData: protocolError,
        receiveDataEnd: protocolError,
        receivePromise: protocolError,
      },
    },
    reservedRemote: {
      on: {
        sendReset: sentReset,
        sendHeaders: refuse,
        sendHeadersEnd: refuse,
        sendData: refuse,
        sendDataEnd: refuse,
        sendPromise: refuse,
        receiveHeaders: 'halfClosedLocal',
        receiveHeadersEnd: ended,
        receiveReset: gotReset,
        receiveData: protocolError,
        receiveDataEnd: protocolError,
        receiveWindowUpdate: protocolError,
        receivePromise: protocolError,
      },
    },
    open: {
      on: {
        sendHeadersEnd: 'halfClosedLocal',
        sendDataEnd: 'halfClosedLocal',
        sendReset: sentReset,
        sendPromise: refuse,
        receiveHeadersEnd: 'halfClosedRemote',
        receiveDataEnd: 'halfClosedRemote',
        receiveReset: gotReset,
        receivePromise: protocolError,
      },
    },
    halfClosedLocal: {
      on: {
        sendHeaders: refuse,
        sendHeadersEnd: refuse,
        sendData: refuse,
        sendDataEnd: refuse,
        sendReset: sentReset,
        sendPromise: refuse,
        receiveHeadersEnd: ended,
        receiveDataEnd: ended,
        receiveReset: gotReset,
        receivePromise: protocolError,
      },
    },
    halfClosedRemote: {
      on: {
        sendHeadersEnd: ended,
        sendDataEnd: ended,
        sendReset: sentReset,
        sendPromise: refuse,
        receiveHeaders: streamError,
        receiveHeadersEnd: streamError,
        receiveData: streamError,
        receiveDataEnd: streamError,
        receiveReset: gotReset,
        receivePromise: protocolError,
      },
    },
    closed: {
      id: 'closed',
      initial: 'ended',
      on: {
        sendHeaders: refuse,
        sendHeadersEnd: refuse,
        sendData: refuse,
        sendDataEnd: refuse,
        sendReset: refuse,
        sendWindowUpdate: refuse,
        sendPromise: refuse,
        receivePromise: { actions: 'protocolError' },
      },
      states: {
        /** Both ends have sent END_STREAM. */
        ended: {
          id: 'ended',
          on: {
            receiveHeaders: lateError,
            receiveHeadersEnd: lateError,
            receiveData: lateError,
            receiveDataEnd: lateError,
            receiveReset: discard,
            receiveWindowUpdate: discard,
          },
        },
        /** This end has sent RST_STREAM: the peer may not know yet. */
        reset: {
          id: 'reset',
          on: {
            receiveHeaders: discard,
            receiveHeadersEnd: discard,
            receiveData: discard,
            receiveDataEnd: discard,
            receiveReset: discard,
            receiveWindowUpdate: discard,
          },
        },
        /** The peer has sent RST_STREAM: it must not send anything more. */
        aborted: {
          id: 'aborted',
          on: {
            receiveHeaders: lateError,
            receiveHeadersEnd: lateError,
            receiveData: lateError,
            receiveDataEnd: lateError,
            receiveReset: lateError,
            receiveWindowUpdate: lateError,
          },
        },
      },
    },
  },
});
