/** RFC 9113 §5.1, state by state: what every frame sent and received does. */
import { describe, expect, it } from 'vitest';
import { http2StreamMachine } from '../../src/machines/index';
import { expected, FRAMES, PATHS, RECEIVED, SENT, type Frame, type State } from './http2-stream-table';
import { started } from './started';

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
