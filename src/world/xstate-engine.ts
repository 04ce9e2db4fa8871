import { createActor, type AnyActor, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import type { Chart } from '../model/chart';
import type { Definition, Hooks, Instance } from './driver-contract';
import { EventNumbers, START } from './event-numbers';
import { chartOf, configurationIndex } from './machine-chart';
import type { Context, MachineEvent } from './machine-parts';
import { ITERATIONS_MAX, Skeleton } from './machine-skeleton';
import { Mailbox } from './mailbox';

interface ActionArgs {
  readonly context: Context;
  readonly event: MachineEvent;
  readonly self: object;
}

/** The clock is never asked: timers go to the hooks before they reach it. */
const NO_CLOCK = { setTimeout: () => 0, clearTimeout: () => undefined };

/** A machine that runs on real XState actors: slow, and the measure of what the specialised one does. */
export class ActorDefinition implements Definition {
  readonly chart: Chart;
  readonly indexOf: ReturnType<typeof configurationIndex>;
  readonly events = new EventNumbers();
  readonly machine: AnyStateMachine;
  /** Which instance an actor belongs to: actions are provided once for all actors. */
  readonly owners = new WeakMap<object, ActorInstance>();

  constructor(machine: AnyStateMachine) {
    this.chart = chartOf(machine);
    this.indexOf = configurationIndex(this.chart);
    // Refuses the same machines as the other engine, and knows the names of their actions.
    const names = new Skeleton(machine).acts.map(({ name }) => name).filter((name) => name !== undefined);
    const actions = names.map((name) => [name, this.routed(name, machine.implementations.actions[name])]);
    this.machine = machine.provide({ actions: Object.fromEntries(actions) as never });
    this.machine.options = { maxIterations: ITERATIONS_MAX, ...(machine.config.options as object | undefined) };
  }

  event(type: string): number {
    return this.events.of(type);
  }

  create(input: Readonly<Record<string, unknown>>, hooks: Hooks): Instance {
    return new ActorInstance(this, input, hooks);
  }

  /** The action as XState calls it: the hook of the actor's instance, or else what the machine's setup says. */
  private routed(name: string, implementation: unknown) {
    return (args: ActionArgs, params: unknown): void => {
      const { hooks, see } = this.owners.get(args.self)!;
      see(args.context);
      const hook = hooks.actions?.[name];
      if (hook !== undefined) hook(args.event.payload);
      else if (typeof implementation === 'function') (implementation as (args: ActionArgs, params: unknown) => void)(args, params);
    };
  }
}

class ActorInstance extends Mailbox implements Instance {
  context: Context = {};
  configuration = -1;
  private readonly actor: AnyActor;
  private error: { readonly cause: unknown } | undefined = undefined;

  constructor(
    private readonly definition: ActorDefinition,
    input: Context,
    readonly hooks: Hooks,
  ) {
    super();
    const actor = createActor(definition.machine, { input: input as never, clock: NO_CLOCK });
    this.actor = actor;
    definition.owners.set(actor, this);
    const { scheduler } = actor.system;
    scheduler.schedule = (_from, _to, event, delay, id) => {
      this.see((actor.getSnapshot() as AnyMachineSnapshot).context as Context);
      hooks.schedule?.(event.type, delay, id!);
    };
    scheduler.cancel = (_from, id) => {
      this.see((actor.getSnapshot() as AnyMachineSnapshot).context as Context);
      hooks.cancel?.(id);
    };
    actor.subscribe({ error: (cause) => (this.error = { cause }) });
    this.deliver(START, undefined);
  }

  /** Makes the context known in which an action is carried out. */
  readonly see = (context: Context): void => {
    this.context = context;
  };

  send(event: number, payload?: unknown): void {
    this.deliver(event, payload);
  }

  protected process(event: number, payload: unknown): void {
    const { actor, definition } = this;
    if (event === START) actor.start();
    else if ((actor.getSnapshot() as AnyMachineSnapshot).status === 'active')
      actor.send({ type: definition.events.types[event]!, payload } as MachineEvent);
    if (this.error) throw this.error.cause;
    const snapshot = actor.getSnapshot() as AnyMachineSnapshot;
    const before = this.configuration;
    this.context = snapshot.context as Context;
    this.configuration = definition.indexOf(snapshot._nodes);
    if (event !== START && this.configuration !== before) this.hooks.stateChanged?.(this.configuration);
  }
}
