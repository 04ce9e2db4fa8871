import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { Chart } from '../model/trace';
import { Configuration, Path } from './decision-trie';
import type { Definition, Hooks, Instance } from './driver-contract';
import { EventNumbers, START } from './event-numbers';
import { chartOf, configurationIndex } from './machine-chart';
import { View, type Context, type MachineEvent } from './machine-parts';
import { Skeleton } from './machine-skeleton';
import { SpecialisedInstance } from './specialised-instance';

/**
 * A machine specialised at run time: XState is asked once for each (configuration, event, outcomes of guards) that has not been met,
 * what it asks and does is written into a decision trie, and from there on the trie alone is walked.
 * Guards, assigns and computed delays must be functions of context and event alone: they may run once more while a path is learnt.
 */
export class SpecialisedDefinition implements Definition {
  readonly chart: Chart;
  /** Shared by all instances, for functions that cannot call back. */
  readonly view: View;
  private readonly external: { type: string; payload: unknown } = { type: '', payload: undefined };
  private readonly events = new EventNumbers();
  private readonly skeleton: Skeleton;
  private readonly indexOf: ReturnType<typeof configurationIndex>;
  private readonly configurations = new Map<string, Configuration>();
  private readonly beforeStart = new Configuration(-1, undefined);
  private readonly initialContext: (input: Context) => Context;

  constructor(machine: AnyStateMachine) {
    this.chart = chartOf(machine);
    this.indexOf = configurationIndex(this.chart);
    this.skeleton = new Skeleton(machine);
    this.initialContext = contextFactory(machine.config.context);
    this.view = new View({}, this.external);
  }

  event(type: string): number {
    return this.events.of(type);
  }

  eventType(event: number): string {
    const type = this.events.types[event];
    if (type === undefined || event === START) throw new Error(`Machine "${this.chart.id}" has no event ${event}`);
    return type;
  }

  create(input: Readonly<Record<string, unknown>>, hooks: Hooks): Instance {
    const instance = new SpecialisedInstance(this, this.beforeStart, this.initialContext(input), hooks);
    instance.start(input);
    return instance;
  }

  /** Turns the shared view to an instance and an event: the one the machine has raised, or else the one from outside. */
  show(context: Context, raised: MachineEvent | undefined, event: number, payload: unknown): void {
    const { view, external } = this;
    view.context = context;
    if (raised !== undefined) {
      view.event = raised;
      return;
    }
    external.type = this.events.types[event]!;
    external.payload = payload;
    view.event = external;
  }

  /** Asks XState for the path from a configuration on which the first guards turned out like this, and writes it down. */
  learn(from: Configuration, eventNumber: number, event: MachineEvent, context: Context, outcomes: readonly boolean[]): void {
    const path = new Path(this.skeleton, from, eventNumber, outcomes, new View({ ...context }, event));
    path.end(from.isFinal ? from : this.configurationOf(this.skeleton.ask(from.snapshot, event, path)));
  }

  private configurationOf(snapshot: AnyMachineSnapshot): Configuration {
    const history = Object.entries(snapshot.historyValue).map(([id, nodes]) => [id, nodes.map((node) => node.order)]);
    const key = JSON.stringify([snapshot.status, snapshot._nodes.map((node) => node.order), history]);
    let configuration = this.configurations.get(key);
    if (configuration === undefined) {
      configuration = new Configuration(this.indexOf(snapshot._nodes), snapshot);
      this.configurations.set(key, configuration);
    }
    return configuration;
  }
}

/** The initial context of a new instance: an object of its own, because assigns change it in place. */
function contextFactory(given: unknown): (input: Context) => Context {
  if (typeof given !== 'function') return () => ({ ...(given as Context | undefined) });
  const factory = given as (args: { input: Context; spawn: unknown; self: unknown }) => Context;
  const args = { input: {}, spawn: undefined, self: undefined };
  let shared: boolean | undefined;
  return (input) => {
    args.input = input;
    const context = factory(args);
    shared ??= context === factory(args);
    return shared ? { ...context } : context;
  };
}
