import { expect, it } from 'vitest';
import { createActor } from 'xstate';
import { alertMachine } from '../../src/machines/index';

/** The states after each look: `+` found the condition to hold, `-` found it gone; one look each second. */
function states(forMicros: number, looks: string): string[] {
  const acts: string[] = [];
  const machine = alertMachine.provide({ actions: { fire: () => acts.push('fire'), resolve: () => acts.push('resolve') } });
  const actor = createActor(machine, { input: { forMicros } }).start();
  const seen = [...looks].map((look, index) => {
    actor.send({ type: look === '+' ? 'holds' : 'clears', payload: { nowMicros: index * 1_000_000 } });
    return [actor.getSnapshot().value as string, ...acts.splice(0)].join(' ');
  });
  return seen;
}

it('is pending until the condition has held for so long, and fires once', () => {
  expect(states(2_000_000, '-+++++')).toEqual(['inactive', 'pending', 'pending', 'firing fire', 'firing', 'firing']);
});

it('forgets a condition that did not hold for long enough', () => {
  expect(states(2_000_000, '++-++-')).toEqual(['pending', 'pending', 'inactive', 'pending', 'pending', 'inactive']);
});

it('fires at once without `for`', () => {
  expect(states(0, '+-+')).toEqual(['firing fire', 'resolved resolve', 'firing fire']);
});

it('is resolved when the condition has gone, and waits anew', () => {
  expect(states(1_000_000, '++--++')).toEqual(['pending', 'firing fire', 'resolved resolve', 'resolved', 'pending', 'firing fire']);
});
