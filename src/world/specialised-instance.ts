import { ACT, ASSIGN, CANCEL, DELAY, END, EVENT, GUARD, SCHEDULE, outcomesBefore, type Configuration, type Step } from './decision-trie';
import type { Hooks, Instance } from './driver-contract';
import { START } from './event-numbers';
import { View, type Act, type Context, type MachineEvent } from './machine-parts';
import { Mailbox } from './mailbox';
import type { SpecialisedDefinition } from './specialise';

const NO_ACTIONS: NonNullable<Hooks['actions']> = {};

/** An instance that walks the tries of its definition. */
export class SpecialisedInstance extends Mailbox implements Instance {
  private readonly actions: NonNullable<Hooks['actions']>;

  constructor(
    private readonly definition: SpecialisedDefinition,
    private at: Configuration,
    readonly context: Context,
    private readonly hooks: Hooks,
  ) {
    super();
    this.actions = hooks.actions ?? NO_ACTIONS;
  }

  get configuration(): number {
    return this.at.index;
  }

  start(input: Context): void {
    const step = this.at.steps[START];
    if (step !== undefined && step.kind === END) this.at = step.to!;
    else this.deliver(START, input);
  }

  send(event: number, payload?: unknown): void {
    if (!this.busy) {
      const step = this.at.steps[event];
      // Most transitions of most machines do nothing but move.
      if (step !== undefined && step.kind === END) {
        const to = step.to!;
        if (to.index === this.at.index || this.hooks.stateChanged === undefined) {
          this.at = to;
          return;
        }
      }
    }
    this.deliver(event, payload);
  }

  protected process(event: number, payload: unknown): void {
    const from = this.at.index;
    if (event === START) this.walk(START, undefined, { type: 'xstate.init', input: payload } as MachineEvent);
    else this.walk(event, payload, undefined);
    const to = this.at.index;
    if (to !== from && event !== START) this.hooks.stateChanged?.(to);
  }

  /** One transition. An event that the machine has raised itself is an object, one from outside a number and a payload. */
  private walk(number: number, payload: unknown, initial: MachineEvent | undefined): void {
    const { definition, at, context, hooks } = this;
    const { view } = definition;
    let event = initial;
    let delays: number[] | undefined;
    let step = at.steps[number];
    if (step === undefined) {
      definition.learn(at, number, initial ?? { type: definition.eventType(number), payload }, context, []);
      step = at.steps[number]!;
    }
    definition.show(context, event, number, payload);
    for (;;) {
      switch (step.kind) {
        case GUARD: {
          const passed = step.test!(view);
          let next: Step | undefined = passed ? step.next : step.otherwise;
          if (next === undefined) {
            const outcomes = [...outcomesBefore(step), Boolean(passed)];
            definition.learn(at, number, initial ?? { type: definition.eventType(number), payload }, context, outcomes);
            next = passed ? step.next! : step.otherwise!;
          }
          step = next;
          continue;
        }
        case ASSIGN:
          step.change!(view);
          break;
        case ACT:
          this.carryOut(step.act!, event, number, payload);
          // The action may have sent events to other instances, which look through the same view.
          definition.show(context, event, number, payload);
          break;
        case EVENT:
          event = step.event!;
          definition.show(context, event, number, payload);
          break;
        case DELAY:
          (delays ??= [])[-step.delayMicros] = step.delay!(view);
          break;
        case SCHEDULE:
          hooks.schedule?.(step.eventType, step.delayMicros < 0 ? delays![-step.delayMicros]! : step.delayMicros, step.id);
          break;
        case CANCEL:
          hooks.cancel?.(step.id);
          break;
        default:
          this.at = step.to!;
          return;
      }
      step = step.next!;
    }
  }

  private carryOut(act: Act, event: MachineEvent | undefined, number: number, payload: unknown): void {
    const hook = act.name === undefined ? undefined : this.actions[act.name];
    if (hook !== undefined) hook(event === undefined ? payload : event.payload);
    else if (act.run !== undefined) act.run(new View(this.context, event ?? { type: this.definition.eventType(number), payload }));
  }
}
