import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { Chart } from '../model/chart';
import type { Evaluate } from '../handlers/load-module';
import { Configuration, Path, type Step } from './decision-trie';
import type { Definition, Hooks, Instance } from './driver-contract';
import { EventNumbers, START } from './event-numbers';
import { chartOf, configurationIndex } from './machine-chart';
import { View, type Context, type MachineEvent } from './machine-parts';
import { Skeleton } from './machine-skeleton';
import { SpecialisedInstance } from './specialised-instance';
import { isQuiet, writeStepCode, type BoundActs } from './step-code';

/** How transitions become code, and after how many walks of the same trie. */
export interface Compiling {
  readonly evaluate: Evaluate;
  readonly afterWalks: number;
}

/**
 * A machine specialised at run time: XState is asked once for each (configuration, event, outcomes of guards) that has not been met,
 * what it asks and does is written into a decision trie, and from there on the trie alone is walked.
 * Guards, assigns and computed delays must be functions of context and event alone: they may run once more while a path is learnt.
 */
export class SpecialisedDefinition implements Definition {
  readonly chart: Chart;
  private readonly events = new EventNumbers();
  private readonly skeleton: Skeleton;
  private readonly indexOf: ReturnType<typeof configurationIndex>;
  private readonly configurations = new Map<string, Configuration>();
  private readonly beforeStart = new Configuration(-1, undefined);
  private readonly initialContext: (input: Context) => Context;
  // Instances made by the same part of the world share their actions; those bound last are mostly those wanted next.
  private lastActions: Hooks['actions'];
  private lastActs: BoundActs;

  constructor(
    machine: AnyStateMachine,
    private readonly compiling: Compiling | undefined,
  ) {
    this.chart = chartOf(machine);
    this.indexOf = configurationIndex(this.chart);
    this.skeleton = new Skeleton(machine);
    this.initialContext = contextFactory(machine.config.context);
    this.lastActs = this.bind(undefined);
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
    if (hooks.actions !== this.lastActions) {
      this.lastActions = hooks.actions;
      this.lastActs = this.bind(hooks.actions);
    }
    const instance = new SpecialisedInstance(this, this.beforeStart, this.initialContext(input), hooks, this.lastActs);
    instance.start(input);
    return instance;
  }

  /** The first step of a transition; a trie that is walked often becomes code on the way. */
  firstStep(from: Configuration, event: number, view: View): Step {
    if (from.steps[event] === undefined) this.learn(from, event, view.event, view.context, []);
    const step = from.steps[event]!;
    if (this.compiling !== undefined) {
      const walks = (from.walks[event] ?? 0) + 1;
      from.walks[event] = walks;
      if (walks > this.compiling.afterWalks) {
        from.codes[event] = writeStepCode(step, view.event, this.compiling.evaluate);
        from.quietCodes[event] = isQuiet(step) ? from.codes[event] : undefined;
      }
    }
    return step;
  }

  /** Asks XState for the path from a configuration on which the first guards turned out like this, and writes it down. */
  learn(from: Configuration, eventNumber: number, event: MachineEvent, context: Context, outcomes: readonly boolean[]): void {
    from.codes[eventNumber] = from.quietCodes[eventNumber] = undefined;
    from.walks[eventNumber] = 0;
    // A copy of the event, because XState keeps it in the snapshots.
    const view = new View({ ...context }, { ...event });
    const path = new Path(this.skeleton, from, eventNumber, outcomes, view);
    path.end(from.isFinal ? from : this.configurationOf(this.skeleton.ask(from.snapshot, view.event, path)));
  }

  private bind(actions: Hooks['actions']): BoundActs {
    return this.skeleton.acts.map(({ name }) => (name === undefined ? undefined : actions?.[name]) ?? nothing);
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

const nothing = (): void => undefined;

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
