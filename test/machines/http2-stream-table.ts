/** RFC 9113 §5.1 as a table, read from the text and not from the machine: what every frame sent and received does in every state of a stream. */

export const FRAMES = ['Headers', 'HeadersEnd', 'Data', 'DataEnd', 'Reset', 'WindowUpdate', 'Priority', 'Promise'] as const;
export type Frame = (typeof FRAMES)[number];

/** How to get into each state from `idle`. */
export const PATHS = {
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
export type State = keyof typeof PATHS;

/** What becomes of a stream: the state it is in then, `same`, or what is wrong. */
export const RECEIVED: Readonly<Record<State, Readonly<Record<Frame, string>>>> = {
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
export const SENT: Readonly<Record<State, Readonly<Record<Frame, string>>>> = {
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
export function expected(state: State, result: string): { readonly state: string; readonly actions: readonly string[] } {
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
