/** The states of a streaming call at one of its ends, transition by transition, on real XState and on its specialised table. */
import { describe, expect, it } from 'vitest';
import { grpcStreamMachine } from '../../src/machines/index';
import { Driver, type Engine } from '../../src/world/driver';

const ACTIONS = ['send', 'halfClose', 'refuse', 'stopSending', 'deliver', 'discard', 'finish'] as const;
type Event = 'write' | 'writeLast' | 'end' | 'message' | 'peerEnded' | 'close';

/** The actions that each event led to, one after the other. */
function tell(engine: Engine, ...events: readonly Event[]): string[] {
  const definition = new Driver(engine).define(grpcStreamMachine);
  let done: string[] = [];
  const actions = Object.fromEntries(ACTIONS.map((name) => [name, () => void done.push(name)]));
  const machine = definition.create({}, { actions });
  return events.map((event) => {
    done = [];
    machine.send(definition.event(event));
    return done.join('+');
  });
}

describe.each(['specialised', 'xstate'] as const)('an end of a streaming call, %s', (engine) => {
  it.each<[string, readonly Event[], readonly string[]]>([
    ['sends until it has said that none follows', ['write', 'write', 'end', 'write', 'end'], ['send', 'send', 'halfClose', 'refuse', '']],
    ['says so with its last message', ['writeLast', 'write', 'end'], ['send', 'refuse', '']],
    ['still receives then', ['end', 'message', 'message', 'peerEnded'], ['halfClose', 'deliver', 'deliver', 'finish']],
    ['still sends when its peer sends no more', ['peerEnded', 'write', 'end'], ['finish', 'send', 'halfClose']],
    ['ends both ways when the call is over', ['write', 'close', 'write', 'message'], ['send', 'stopSending+finish', 'refuse', 'discard']],
    ['has nothing to finish twice', ['peerEnded', 'end', 'close', 'close'], ['finish', 'halfClose', 'stopSending', '']],
    ['takes nothing after the end', ['peerEnded', 'message'], ['finish', 'discard']],
  ])('%s', (_what, events, actions) => {
    expect(tell(engine, ...events)).toEqual(actions);
  });
});
