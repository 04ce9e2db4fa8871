/** Transitions of one machine: on a plain XState actor, or on the driver, specialised. */
import { createActor, createMachine, type AnyStateMachine } from 'xstate';
import { serviceMachine } from '../../../src/machines/index';
import { Driver } from '../../../src/world/driver';
import { report } from './report';

const [machineName = '', engine = '', count = ''] = process.argv.slice(2);
const sends = Number(count);
const unguarded = createMachine({ id: 'switch', initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } });
const isGuarded = machineName === 'guarded';
const machine: AnyStateMachine = isGuarded ? serviceMachine : unguarded;
const types = isGuarded ? ['arrive', 'arrive', 'done', 'done'] : ['press'];
const input = isGuarded ? { workers: 1, waitingLimit: 10 } : {};

const send = engine === 'actor' ? sendToActor() : sendToDriver();
send(20_000);
const began = performance.now();
send(sends);
report({ count: sends, seconds: (performance.now() - began) / 1000, mean: NaN });

function sendToActor(): (times: number) => void {
  const actor = createActor(machine, { input: input as never }).start();
  const events = types.map((type) => ({ type }));
  return (times) => {
    for (let at = 0; at < times; at++) actor.send(events[at % events.length]!);
  };
}

function sendToDriver(): (times: number) => void {
  const evaluate = (parameters: string[], code: string) => new Function(...parameters, code) as () => unknown;
  const definition = new Driver('specialised', { evaluate, afterWalks: 100 }).define(machine);
  const instance = definition.create(input, {});
  const events = types.map((type) => definition.event(type));
  return (times) => {
    for (let at = 0; at < times; at++) instance.send(events[at % events.length]!);
  };
}
