import { assign, cancel, createMachine, raise, type AnyActorScope, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { actOf, bindParams, changeOf, type Act, type Change, type Delay, type MachineEvent, type Test } from './machine-parts';

/** Steps of one transition before it is said to run in circles. */
export const ITERATIONS_MAX = 10_000;

/** Is told, in XState's order, what one transition asks and does. Numbers are places in the lists of the skeleton. */
export interface Listener {
  test(index: number, event: MachineEvent): boolean;
  change(index: number, event: MachineEvent): void;
  act(index: number, event: MachineEvent): void;
  /** Answers with a negative number that stands for the delay. */
  delay(index: number, event: MachineEvent): number;
  schedule(eventType: string, delay: number, id: string): void;
  cancel(id: string): void;
}

type Config = Readonly<Record<string, unknown>>;
type Asked<T> = (args: { event: MachineEvent }) => T;
interface BuiltIn {
  readonly type: string;
  readonly resolve: unknown;
  readonly event?: unknown;
  readonly id?: string;
  readonly delay?: unknown;
  readonly sendId?: unknown;
  readonly assignment?: unknown;
}

/**
 * A copy of a machine in which every guard, assign, custom action and computed delay is a question to a listener, while everything
 * that XState decides by itself (which states are left and entered, in which order what happens) is as it was. Asking it for a
 * transition therefore tells the order of operations without carrying any out.
 * @throws for features that depend on more than configuration, event and guards: invoke, spawned actors, enqueueActions and the like.
 */
export class Skeleton {
  readonly tests: Test[] = [];
  readonly changes: Change[] = [];
  readonly acts: Act[] = [];
  readonly delays: Delay[] = [];
  private readonly copy: AnyStateMachine;
  private listener: Listener | undefined;

  constructor(private readonly machine: AnyStateMachine) {
    const config = { ...this.state(machine.config as unknown as Config), context: {} };
    const delays = Object.entries(machine.implementations.delays).map(([name, delay]) => [name, this.delay(delay, name)]);
    this.copy = createMachine(config as Parameters<typeof createMachine>[0], { delays: Object.fromEntries(delays) as never });
    this.copy.options = { maxIterations: ITERATIONS_MAX, ...(machine.config.options as object | undefined) };
  }

  /** Lets XState make one transition from the snapshot, or start the machine when there is none. */
  ask(snapshot: AnyMachineSnapshot | undefined, event: MachineEvent, listener: Listener): AnyMachineSnapshot {
    const deferred: (() => void)[] = [];
    const scope = {
      self: {},
      id: '',
      sessionId: '',
      logger: () => undefined,
      emit: () => undefined,
      stopChild: () => undefined,
      defer: (run: () => void) => deferred.push(run),
      actionExecutor: (action: { exec?: (info: unknown, params: unknown) => void; info: unknown; params: unknown }) =>
        action.exec?.(action.info, action.params),
      system: {
        _sendInspectionEvent: () => undefined,
        scheduler: {
          schedule: (_from: unknown, _to: unknown, delayed: MachineEvent, delay: number, id: string) =>
            listener.schedule(delayed.type, delay, id),
          cancel: (_from: unknown, id: string) => listener.cancel(id),
        },
      },
    } as unknown as AnyActorScope;
    this.listener = listener;
    try {
      const next = snapshot === undefined ? this.copy.getInitialSnapshot(scope, event) : this.copy.transition(snapshot, event, scope);
      if (next.status === 'error') throw next.error;
      // XState starts and cancels timers after all other actions of the transition.
      for (const run of deferred) run();
      return next;
    } finally {
      this.listener = undefined;
    }
  }

  private state(config: Config): Config {
    for (const feature of ['invoke', 'route']) if (config[feature] !== undefined) this.refuse(feature);
    if (typeof config['output'] === 'function') this.refuse('a computed output');
    const { entry, exit, on, after, always, onDone, initial, states, context: _, ...rest } = config;
    return {
      ...rest,
      entry: this.actions(entry),
      exit: this.actions(exit),
      ...(on === undefined ? {} : { on: mapValues(on, (transition) => this.transition(transition)) }),
      ...(after === undefined ? {} : { after: mapValues(after, (transition, delay) => this.delayed(transition, delay)) }),
      ...(always === undefined ? {} : { always: this.transition(always) }),
      ...(onDone === undefined ? {} : { onDone: this.transition(onDone) }),
      ...(initial === undefined ? {} : { initial: this.transition(initial) }),
      ...(states === undefined ? {} : { states: mapValues(states, (state) => this.state(state as Config)) }),
    };
  }

  private delayed(transition: unknown, delay: string): unknown {
    if (Number.isNaN(Number(delay)) && this.machine.implementations.delays[delay] === undefined)
      this.refuse(`the unknown delay "${delay}"`);
    return this.transition(transition);
  }

  private transition(transition: unknown): unknown {
    if (transition === undefined || typeof transition === 'string') return transition;
    if (Array.isArray(transition)) return transition.map((one: unknown) => this.transition(one));
    const { guard, actions, ...rest } = transition as Config;
    return { ...rest, actions: this.actions(actions), ...(guard === undefined ? {} : { guard: this.guard(guard, undefined) }) };
  }

  private guard(guard: unknown, params: unknown): unknown {
    if (typeof guard === 'string') return this.guard(this.namedGuard(guard), undefined);
    if (typeof guard === 'object' && guard !== null) {
      const { type, params: given } = guard as { type: string; params?: unknown };
      return this.guard(this.namedGuard(type), given);
    }
    if (typeof guard !== 'function') return this.refuse('a guard that is neither a name nor a function');
    const { check, guards } = guard as { check?: unknown; guards?: readonly unknown[] };
    if (check !== undefined) {
      // and, or, not: the same combinator over questions. stateIn asks the configuration alone and stays as it is.
      if (guards === undefined) return guard;
      return Object.assign(() => false, { check, guards: guards.map((inner) => this.guard(inner, undefined)) });
    }
    const index = this.tests.push(bindParams(guard as Test, params)) - 1;
    const ask: Asked<boolean> = ({ event }) => this.heard().test(index, event);
    return ask;
  }

  private namedGuard(name: string): unknown {
    const guard: unknown = this.machine.implementations.guards[name];
    return guard ?? this.refuse(`the unknown guard "${name}"`);
  }

  private actions(actions: unknown): unknown[] {
    if (actions === undefined) return [];
    return (Array.isArray(actions) ? actions : [actions]).map((action: unknown) => this.action(action));
  }

  private action(action: unknown): unknown {
    let name: string | undefined;
    let params: unknown;
    let run: unknown = action;
    if (typeof action === 'string') name = action;
    else if (typeof action === 'object' && action !== null) ({ type: name, params } = action as { type: string; params?: unknown });
    if (name !== undefined) run = this.machine.implementations.actions[name];
    if (typeof run === 'function' && 'resolve' in run) return this.builtIn(run as unknown as BuiltIn, params);
    const index = this.acts.push(actOf(name, run, params)) - 1;
    const ask: Asked<void> = ({ event }) => this.heard().act(index, event);
    return ask;
  }

  private builtIn(action: BuiltIn, params: unknown): unknown {
    if (action.type === 'xstate.assign') {
      const index = this.changes.push(changeOf(action.assignment, params)) - 1;
      // It stays an assign, of nothing: XState looks for eventless transitions again only after something was assigned or entered.
      return assign(({ event }: { event: MachineEvent }) => {
        this.heard().change(index, event);
        return {};
      });
    }
    if (action.type === 'xstate.raise') {
      const { event, id, delay } = action;
      if (typeof event === 'function') return this.refuse('raise of a computed event');
      if (delay === undefined) return raise(event as MachineEvent);
      if (id === undefined) return this.refuse('raise with a delay and without an id');
      if (Object.keys(event as object).length > 1) return this.refuse('raise with a delay and a payload');
      const named: unknown = typeof delay === 'string' ? this.machine.implementations.delays[delay] : delay;
      return raise(event as MachineEvent, { id, delay: this.delay(named, String(delay)) as number });
    }
    if (action.type === 'xstate.cancel') {
      if (typeof action.sendId !== 'string') return this.refuse('cancel of a computed id');
      return cancel(action.sendId);
    }
    return this.refuse(action.type.replace(/^xstate\./, ''));
  }

  private delay(delay: unknown, name: string): number | Asked<number> {
    if (typeof delay === 'number') return delay;
    if (typeof delay !== 'function') return this.refuse(`the unknown delay "${name}"`);
    const index = this.delays.push(bindParams(delay as Delay, undefined)) - 1;
    return ({ event }) => this.heard().delay(index, event);
  }

  private heard(): Listener {
    if (this.listener === undefined) throw new Error(`The skeleton of machine "${this.machine.id}" runs by itself`);
    return this.listener;
  }

  private refuse(feature: string): never {
    throw new Error(`Machine "${this.machine.id}" cannot be specialised: it uses ${feature}`);
  }
}

function mapValues(record: unknown, map: (value: unknown, key: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record as Config).map(([key, value]) => [key, map(value, key)]));
}
