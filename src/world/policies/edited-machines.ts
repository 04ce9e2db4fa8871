/** The machine of a policy: that of its kind, or the one that the scenario brings along. */
import type { AnyStateMachine } from 'xstate';
import { withStates } from '../../machines/index';
import type { EditedMachine } from '../../model/policies/machine-file';
import type { Definition } from '../driver';
import type { World } from '../world';

/** Machines by what was edited, so that the parts of one scenario share one and its tables. */
const made = new WeakMap<EditedMachine, AnyStateMachine>();

export function definitionOf(world: World, base: AnyStateMachine, edited: EditedMachine | undefined): Definition {
  if (!edited) return world.driver.define(base);
  let machine = made.get(edited);
  if (!machine) made.set(edited, (machine = withStates(base, edited)));
  return world.driver.define(machine);
}
