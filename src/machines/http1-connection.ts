import { setup } from 'xstate';
import { outside } from './outside';

/**
 * A persistent HTTP/1.1 connection without pipelining (RFC 9112 §9.3): one request, then its response, then the next.
 *
 * Events: `request` (its head begins), `requestSent`, `response` (its head begins to arrive), `responseReceived`, `lastResponseReceived`
 * (it says `Connection: close`, RFC 9112 §9.6), `abort` (the client gives the request up: only closing the connection says so).
 * Actions: `free` (the connection may carry the next request), `close`.
 * Not modelled here: pipelining, chunked transfer coding, 100 Continue, idle timeouts.
 */
export const http1ConnectionMachine = setup({
  types: {
    events: {} as
      | { type: 'request' }
      | { type: 'requestSent' }
      | { type: 'response' }
      | { type: 'responseReceived' }
      | { type: 'lastResponseReceived' }
      | { type: 'abort' },
  },
  actions: { free: outside, close: outside },
}).createMachine({
  id: 'http1Connection',
  initial: 'idle',
  states: {
    idle: { on: { request: 'requesting', abort: { target: 'closed', actions: 'close' } } },
    requesting: { on: { requestSent: 'awaiting', abort: { target: 'closed', actions: 'close' } } },
    awaiting: { on: { response: 'responding', abort: { target: 'closed', actions: 'close' } } },
    responding: {
      on: {
        responseReceived: { target: 'idle', actions: 'free' },
        lastResponseReceived: { target: 'closed', actions: 'close' },
        abort: { target: 'closed', actions: 'close' },
      },
    },
    closed: {},
  },
});
