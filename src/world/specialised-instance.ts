import { ACT, ASSIGN, CANCEL, DELAY, END, EVENT, GUARD, SCHEDULE, outcomesBefore, type Configuration, type Step } from './decision-trie';
import type { Hooks, Instance } from './driver-contract';
import { START } from './event-numbers';
import { View, type Act, type Context, type MachineEvent } from './machine-parts';
import { Mailbox } from './mailbox';
import type { SpecialisedDefinition } from './specialise';
import type { BoundActs } from './step-code';

/** An instance that walks the tries of its definition. */
export class SpecialisedInstance extends Mailbox implements Instance {
  /** The event from outside that is being processed. */
  private readonly external: { type: string; payload?: unknown } = { type: '', payload: undefined };
  private readonly view: View;

  constructor(
    private readonly definition: SpecialisedDefinition,
    private at: Configuration,
    readonly context: Context,
    private readonly hooks: Hooks,
    private readonly acts: BoundActs,
  ) {
    super();
    this.view = new View(context, this.external);
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
    const { at: from, view, external } = this;
    if (event === START) view.event = { type: 'xstate.init', input: payload } as MachineEvent;
    else {
      external.type = this.definition.eventType(event);
      external.payload = payload;
      view.event = external;
    }
    const code = from.codes[event];
    const step = code === undefined ? this.definition.firstStep(from, event, this.view) : code(view, this.acts, payload);
    this.at = step.kind === END ? step.to! : this.walk(from, event, step);
    const to = this.at.index;
    if (to !== from.index && event !== START) this.hooks.stateChanged?.(to);
  }

  /** One transition, from a step of its trie to the end. */
  private walk(from: Configuration, number: number, first: Step): Configuration {
    const { definition, view, hooks } = this;
    const initial = view.event;
    let delays: number[] | undefined;
    let step = first;
    for (;;) {
      switch (step.kind) {
        case GUARD: {
          const passed = step.test!(view);
          let next: Step | undefined = passed ? step.next : step.otherwise;
          if (next === undefined) {
            definition.learn(from, number, initial, this.context, [...outcomesBefore(step), Boolean(passed)]);
            next = passed ? step.next! : step.otherwise!;
          }
          step = next;
          continue;
        }
        case ASSIGN:
          step.change!.run(view);
          break;
        case ACT:
          this.carryOut(step.act!);
          break;
        case EVENT:
          view.event = step.event!;
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
          return step.to!;
      }
      step = step.next!;
    }
  }

  private carryOut(act: Act): void {
    const { event } = this.view;
    const hook = act.name === undefined ? undefined : this.hooks.actions?.[act.name];
    if (hook !== undefined) hook(event.payload);
    // A function of the machine's author may keep what it is given.
    else if (act.run !== undefined) act.run(new View(this.context, { ...event }));
  }
}
