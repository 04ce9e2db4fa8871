import type { AnyMachineSnapshot } from 'xstate';
import type { Act, Change, Delay, MachineEvent, Test, View } from './machine-parts';
import type { Listener, Skeleton } from './machine-skeleton';
import type { StepCode } from './step-code';

export const GUARD = 0;
export const ASSIGN = 1;
export const ACT = 2;
/** The machine goes on with an event that it raised itself. */
export const EVENT = 3;
export const DELAY = 4;
export const SCHEDULE = 5;
export const CANCEL = 6;
export const END = 7;

/**
 * One operation of a transition, and what follows it. A trie is a list of steps that forks at guards. All kinds share one shape, with
 * the fields that belong to other kinds left empty, so that walking stays fast.
 */
export class Step {
  /** What follows; after a guard, what follows when it passes. */
  next: Step | undefined = undefined;
  /** What follows when the guard fails. */
  otherwise: Step | undefined = undefined;
  test: Test | undefined = undefined;
  change: Change | undefined = undefined;
  act: Act | undefined = undefined;
  delay: Delay | undefined = undefined;
  event: MachineEvent | undefined = undefined;
  to: Configuration | undefined = undefined;
  /** EVENT, SCHEDULE: the type of the event; SCHEDULE, CANCEL: the id of the timer. */
  eventType = '';
  id = '';
  /** SCHEDULE: the delay; when negative, the result of the DELAY step that carries the same number. */
  delayMicros = 0;

  constructor(
    readonly kind: number,
    readonly parent: Step | undefined,
    /** Which guard, assign, act or delay of the skeleton. */
    readonly index: number,
  ) {}
}

/** How the guards before a step turned out, first to last. */
export function outcomesBefore(step: Step): boolean[] {
  const outcomes: boolean[] = [];
  for (let below = step; below.parent !== undefined; below = below.parent) {
    if (below.parent.kind === GUARD) outcomes.push(below.parent.next === below);
  }
  return outcomes.reverse();
}

/** Where a machine can rest, as exactly as XState tells it apart: active states in XState's order, history, status. */
export class Configuration {
  /** For each event the first step of its trie. */
  readonly steps: (Step | undefined)[] = [];
  /** For each event how often its trie was walked since it last grew, and the code that then took over. */
  readonly walks: number[] = [];
  readonly codes: (StepCode | undefined)[] = [];
  /** The codes that only ask, then assign, then move. */
  readonly quietCodes: (StepCode | undefined)[] = [];

  constructor(
    /** Index in the chart; −1 before the start. */
    readonly index: number,
    readonly snapshot: AnyMachineSnapshot | undefined,
  ) {}

  get isFinal(): boolean {
    return this.snapshot !== undefined && this.snapshot.status !== 'active';
  }
}

/**
 * Writes one path into a trie while XState goes along it. The guards already met answer as they did; from there on guards and assigns
 * run on a copy of the context. Actions are only written down: whoever walks the trie carries them out.
 */
export class Path implements Listener {
  private last: Step | undefined = undefined;
  private lastPassed = true;
  private testsMet = 0;
  private delaysMet = 0;
  private event: MachineEvent;

  constructor(
    private readonly skeleton: Skeleton,
    private readonly from: Configuration,
    private readonly eventNumber: number,
    /** The outcomes of the guards that have been passed already. */
    private readonly outcomes: readonly boolean[],
    /** A copy of the context as it is after those guards. */
    private readonly view: View,
  ) {
    this.event = view.event;
  }

  test(index: number, event: MachineEvent): boolean {
    const step = this.place(GUARD, index, event);
    step.test = this.skeleton.tests[index]!;
    const passed = this.outcomes[this.testsMet] ?? Boolean(step.test(this.view));
    this.testsMet++;
    this.lastPassed = passed;
    return passed;
  }

  change(index: number, event: MachineEvent): void {
    const step = this.place(ASSIGN, index, event);
    step.change = this.skeleton.changes[index]!;
    if (this.testsMet >= this.outcomes.length) step.change.run(this.view);
  }

  act(index: number, event: MachineEvent): void {
    this.place(ACT, index, event).act = this.skeleton.acts[index]!;
  }

  delay(index: number, event: MachineEvent): number {
    const step = this.place(DELAY, index, event);
    step.delay = this.skeleton.delays[index]!;
    step.delayMicros = -++this.delaysMet;
    return step.delayMicros;
  }

  schedule(eventType: string, delay: number, id: string): void {
    const step = this.put(SCHEDULE, 0, id);
    step.eventType = eventType;
    step.delayMicros = delay;
  }

  cancel(id: string): void {
    this.put(CANCEL, 0, id);
  }

  end(to: Configuration): void {
    this.put(END, 0, '').to = to;
  }

  private place(kind: number, index: number, event: MachineEvent): Step {
    if (event !== this.event) {
      this.event = event;
      this.view.event = event;
      const step = this.put(EVENT, 0, event.type);
      step.event = event;
    }
    return this.put(kind, index, '');
  }

  /** The step at the end of the path: the one that is there already, or a new one. */
  private put(kind: number, index: number, id: string): Step {
    const { last } = this;
    const there = last === undefined ? this.from.steps[this.eventNumber] : this.lastPassed ? last.next : last.otherwise;
    const step = there ?? new Step(kind, last, index);
    if (there === undefined) {
      step.id = id;
      if (last === undefined) this.from.steps[this.eventNumber] = step;
      else if (this.lastPassed) last.next = step;
      else last.otherwise = step;
    } else if (step.kind !== kind || step.index !== index || step.id !== id) {
      throw new Error('XState took another path for the same configuration, event and guards');
    }
    this.last = step;
    this.lastPassed = true;
    return step;
  }
}
