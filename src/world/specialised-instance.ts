import { ACT, ASSIGN, CANCEL, DELAY, END, EVENT, GUARD, SCHEDULE, outcomesBefore, type Configuration, type Step } from './decision-trie';
import type { Hooks, Instance } from './driver-contract';
import { START } from './event-numbers';
import { View, type Act, type Context, type MachineEvent } from './machine-parts';
import { Mailbox } from './mailbox';
import type { SpecialisedDefinition } from './specialise';
import type { BoundActs, StepCode } from './step-code';

const NO_ACTS: BoundActs = [];

/** An instance that walks the tries of its definition. */
export class SpecialisedInstance extends Mailbox implements Instance {
  // A field of its own, because hooks come in many shapes.
  private readonly stateChanged: Hooks['stateChanged'];

  constructor(
    private readonly definition: SpecialisedDefinition,
    private at: Configuration,
    readonly context: Context,
    private readonly hooks: Hooks,
    private readonly acts: BoundActs,
  ) {
    super();
    this.stateChanged = hooks.stateChanged;
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
      const { at } = this;
      const step = at.steps[event];
      // Most transitions of most machines do nothing but move,
      if (step !== undefined && step.kind === END) {
        const to = step.to!;
        if (to.index === at.index || this.stateChanged === undefined) {
          this.at = to;
          return;
        }
      }
      // or ask and count before they move: then nothing can come between.
      const code = at.quietCodes[event];
      if (code !== undefined && this.moveQuietly(code, payload)) return;
    }
    this.deliver(event, payload);
  }

  /** False when the code does not know the branch: then it has only asked. */
  private moveQuietly(code: StepCode, payload: unknown): boolean {
    const { at: from, stateChanged } = this;
    try {
      const step = code(this.context, NO_ACTS, payload);
      if (step.kind !== END) return false;
      const to = (this.at = step.to!);
      if (stateChanged !== undefined && to.index !== from.index) stateChanged(to.index);
      return true;
    } catch (error) {
      this.busy = this.failed = true;
      throw error;
    }
  }

  protected process(event: number, payload: unknown): void {
    const { at: from, stateChanged } = this;
    const code = from.codes[event];
    let step = code?.(this.context, this.acts, payload);
    if (step?.kind !== END) {
      const view = new View(this.context, this.eventOf(event, payload));
      step = this.walk(from, event, step ?? this.definition.firstStep(from, event, view), view);
    }
    const to = (this.at = step.to!);
    if (stateChanged !== undefined && to.index !== from.index && event !== START) stateChanged(to.index);
  }

  private eventOf(event: number, payload: unknown): MachineEvent {
    return event === START
      ? ({ type: 'xstate.init', input: payload } as MachineEvent)
      : { type: this.definition.eventType(event), payload };
  }

  /** One transition, from a step of its trie to the END. */
  private walk(from: Configuration, number: number, first: Step, view: View): Step {
    const { definition, hooks } = this;
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
          this.carryOut(step.act!, view);
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
          return step;
      }
      step = step.next!;
    }
  }

  private carryOut(act: Act, { event }: View): void {
    const hook = act.name === undefined ? undefined : this.hooks.actions?.[act.name];
    if (hook !== undefined) hook(event.payload);
    // A function of the machine's author may keep what it is given.
    else if (act.run !== undefined) act.run(new View(this.context, { ...event }));
  }
}
