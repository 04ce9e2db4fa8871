import { expect, it } from 'vitest';
import { createActor } from 'xstate';
import { availabilityMachine } from '../../src/machines/index';

/** The states after each event, and the actions on the way. */
function course(...events: ('crash' | 'restart' | 'pause' | 'resume')[]): string[] {
  const seen: string[] = [];
  const note = (name: string) => () => void seen.push(name);
  const actor = createActor(
    availabilityMachine.provide({
      actions: { goDown: note('goDown'), comeUp: note('comeUp'), standStill: note('standStill'), goOn: note('goOn') },
    }),
  ).start();
  for (const type of events) {
    actor.send({ type });
    seen.push(String(actor.getSnapshot().value));
  }
  return seen;
}

it.each([
  [['crash', 'restart'], 'goDown crashed comeUp up'],
  [['pause', 'resume'], 'standStill paused goOn up'],
  [['crash', 'crash', 'restart', 'restart'], 'goDown crashed crashed crashed comeUp up'],
  [['pause', 'pause', 'resume', 'resume'], 'standStill paused paused paused goOn up'],
  [['pause', 'crash', 'restart', 'resume'], 'standStill paused goDown crashed comeUp standStill paused goOn up'],
  [['pause', 'crash', 'resume', 'restart'], 'standStill paused goDown crashed crashed comeUp up'],
  [['crash', 'pause', 'restart', 'resume'], 'goDown crashed crashed comeUp standStill paused goOn up'],
  [['restart', 'resume'], 'up up'],
] as const)('%j goes %s', (events, expected) => {
  expect(course(...events).join(' ')).toBe(expected);
});
