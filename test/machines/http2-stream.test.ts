/** RFC 9113 §5.1, state by state: what every frame sent and received does. */
import { describe, expect, it } from 'vitest';
import { http2StreamMachine } from '../../src/machines/index';
import { started } from './started';

const FRAMES = ['Headers', 'HeadersEnd', 'Data', 'DataEnd', 'Reset', 'WindowUpdate', 'Priority', 'Promise'] as const;
type Frame = (typeof FRAMES)[number];

/** How to get into each state from `idle`. */
const PATHS = {
  idle: [],
  reservedLocal: ['sendPromise'],
  reservedRemote: ['receivePromise'],
  open: ['sendHeaders'],
  halfClosedLocal: ['sendHeadersEnd'],
  halfClosedRemote: ['receiveHeadersEnd'],
  ended: ['sendHeadersEnd', 'receiveHeadersEnd'],
  reset: ['sendHeaders', 'sendReset'],
  aborted: ['sendHeaders', 'receiveReset'],
} as const;
type State = keyof typeof PATHS;

/** What becomes of a stream: the state it is in then, `same`, or what is wrong. */
const RECEIVED: Readonly<Record<State, Readonly<Record<Frame, string>>>> = {
  idle: row('open', 'halfClosedRemote', 'PROTOCOL', 'PROTOCOL', 'PROTOCOL', 'PROTOCOL', 'same', 'reservedRemote'),
  reservedLocal: row('PROTOCOL', 'PROTOCOL', 'PROTOCOL', 'PROTOCOL', 'aborted', 'same', 'same', 'PROTOCOL'),
  reservedRemote: row('halfClosedLocal', 'ended', 'PROTOCOL', 'PROTOCOL', 'aborted', 'PROTOCOL', 'same', 'PROTOCOL'),
  open: row('same', 'halfClosedRemote', 'same', 'halfClosedRemote', 'aborted', 'same', 'same', 'PROTOCOL'),
  halfClosedLocal: row('same', 'ended', 'same', 'ended', 'aborted', 'same', 'same', 'PROTOCOL'),
  halfClosedRemote: row('STREAM', 'STREAM', 'STREAM', 'STREAM', 'aborted', 'same', 'same', 'PROTOCOL'),
  ended: row('CLOSED', 'CLOSED', 'CLOSED', 'CLOSED', 'discard', 'discard', 'same', 'PROTOCOL'),
  reset: row('discard', 'discard', 'discard', 'discard', 'discard', 'discard', 'same', 'PROTOCOL'),
  aborted: row('CLOSED', 'CLOSED', 'CLOSED', 'CLOSED', 'CLOSED', 'CLOSED', 'same', 'PROTOCOL'),
};
const SENT: Readonly<Record<State, Readonly<Record<Frame, string>>>> = {
  idle: row('open', 'halfClosedLocal', 'refuse', 'refuse', 'refuse', 'refuse', 'same', 'reservedLocal'),
  reservedLocal: row('halfClosedRemote', 'ended', 'refuse', 'refuse', 'reset', 'refuse', 'same', 'refuse'),
  reservedRemote: row('refuse', 'refuse', 'refuse', 'refuse', 'reset', 'same', 'same', 'refuse'),
  open: row('same', 'halfClosedLocal', 'same', 'halfClosedLocal', 'reset', 'same', 'same', 'refuse'),
  halfClosedLocal: row('refuse', 'refuse', 'refuse', 'refuse', 'reset', 'same', 'same', 'refuse'),
  halfClosedRemote: row('same', 'ended', 'same', 'ended', 'reset', 'same', 'same', 'refuse'),
  ended: row('refuse', 'refuse', 'refuse', 'refuse', 'refuse', 'refuse', 'same', 'refuse'),
  reset: row('refuse', 'refuse', 'refuse', 'refuse', 'refuse', 'refuse', 'same', 'refuse'),
  aborted: row('refuse', 'refuse', 'refuse', 'refuse', 'refuse', 'refuse', 'same', 'refuse'),
};

function row(...results: string[]): Readonly<Record<Frame, string>> {
  return Object.fromEntries(FRAMES.map((frame, at) => [frame, results[at]!])) as Record<Frame, string>;
}

/** The actions that belong to a result, and the state after it. */
function expected(state: State, result: string): { readonly state: string; readonly actions: readonly string[] } {
  const wasClosed = ['ended', 'reset', 'aborted'].includes(state);
  switch (result) {
    case 'same':
      return { state, actions: [] };
    case 'refuse':
      return { state, actions: ['refuseToSend'] };
    case 'discard':
      return { state, actions: ['discard'] };
    case 'CLOSED':
      return { state, actions: ['streamClosedError'] };
    case 'STREAM':
      return { state: 'reset', actions: ['resetStream', 'closed'] };
    case 'PROTOCOL':
      return { state: 'ended', actions: wasClosed ? ['protocolError'] : ['protocolError', 'closed'] };
    default:
      return { state: result, actions: ['ended', 'reset', 'aborted'].includes(result) ? ['closed'] : [] };
  }
}

describe.each(Object.keys(PATHS) as State[])('a stream that is %s', (state) => {
  it.each([...FRAMES.map((frame) => `receive${frame}`), ...FRAMES.map((frame) => `send${frame}`)])(
    'does what the RFC says when it has to %s',
    (event) => {
      const stream = started(http2StreamMachine);
      stream.after(...PATHS[state]);
      expect(stream.state).toBe(state);
      const frame = event.replace(/^(receive|send)/, '') as Frame;
      const want = expected(state, (event.startsWith('receive') ? RECEIVED : SENT)[state][frame]);
      expect(stream.after(event)).toEqual(want.actions);
      // A connection with a protocol error is over, in whatever state its streams are.
      if (!want.actions.includes('protocolError')) expect(stream.state).toBe(want.state);
    },
  );
});

it('a request with a body and its reply walk through the diagram of §5.1 at both ends', () => {
  const client = started(http2StreamMachine);
  const server = started(http2StreamMachine);
  expect(client.after('sendHeaders', 'sendData', 'sendDataEnd')).toEqual([]);
  expect(server.after('receiveHeaders', 'receiveData', 'receiveDataEnd')).toEqual([]);
  expect([client.state, server.state]).toEqual(['halfClosedLocal', 'halfClosedRemote']);
  // Header fields, data, trailers.
  expect(server.after('sendHeaders', 'sendData', 'sendHeadersEnd')).toEqual(['closed']);
  expect(client.after('receiveHeaders', 'receiveData', 'receiveHeadersEnd')).toEqual(['closed']);
});
