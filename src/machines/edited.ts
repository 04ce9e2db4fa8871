/** A policy's machine with other states: those of a machine file. */
import { and, createMachine, not, or, type AnyStateMachine } from 'xstate';
import type { EditedGuard, EditedMachine, EditedTransition } from '../model/policies/machine-file';

/** Guards, actions, delays and context stay those of `base`. */
export function withStates(base: AnyStateMachine, { initial, states }: EditedMachine): AnyStateMachine {
  const edited = Object.entries(states).map(([name, { entry, exit, on, after }]) => [
    name,
    {
      entry: [...entry],
      exit: [...exit],
      on: Object.fromEntries(Object.entries(on).map(([event, transitions]) => [event, transitions.map(transitionOf)])),
      // The driver takes a delay's number for microseconds.
      after: Object.fromEntries(after.map(({ delay, transitions }) => [delay, transitions.map(transitionOf)])),
    },
  ]);
  const config = { ...(base.config as object), initial, states: Object.fromEntries(edited) as unknown };
  return createMachine(config as never, base.implementations as never);
}

function transitionOf({ target, guard, actions }: EditedTransition): unknown {
  return { ...(target !== undefined && { target }), ...(guard !== undefined && { guard: guardOf(guard) }), actions: [...actions] };
}

function guardOf(guard: EditedGuard): unknown {
  if (typeof guard === 'string') return guard;
  if ('not' in guard) return not(guardOf(guard.not) as never);
  return 'and' in guard ? and(guard.and.map(guardOf) as never) : or(guard.or.map(guardOf) as never);
}
