import type { AnyStateMachine } from 'xstate';
import type { Definition, Engine } from './driver-contract';
import { SpecialisedDefinition, type Compiling } from './specialise';
import { ActorDefinition } from './xstate-engine';

export type { Definition, Engine, Hooks, Instance } from './driver-contract';

/** Runs machines. Both engines give the same configurations, contexts, actions and timers, in the same order. */
export class Driver {
  private readonly definitions = new WeakMap<AnyStateMachine, Definition>();

  /** @param compiling lets the specialised engine write code for the transitions it makes most; without it, tables are walked. */
  constructor(
    private readonly engine: Engine,
    private readonly compiling?: Compiling,
  ) {}

  /**
   * Makes a machine ready; asked again, it answers with the same definition.
   * @throws naming machine and feature when it uses what cannot be specialised: invoke, spawned actors, enqueueActions, sendTo, emit,
   * log, computed outputs, computed raised events; whatever the engine.
   */
  define(machine: AnyStateMachine): Definition {
    let definition = this.definitions.get(machine);
    if (definition === undefined) {
      definition = this.engine === 'specialised' ? new SpecialisedDefinition(machine, this.compiling) : new ActorDefinition(machine);
      this.definitions.set(machine, definition);
    }
    return definition;
  }
}
