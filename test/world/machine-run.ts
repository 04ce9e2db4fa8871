import { createActor, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import type { Definition, Instance } from '../../src/world/driver';
import type { Sink } from './random-machine';

/** One instance with its own timers: what a test sends to it, and what it can see of it. */
export interface MachineRun {
  send(type: string, payload: unknown): void;
  /** Lets virtual time pass; timers that are due send their events, in order. */
  pass(delay: number): void;
  /** Active states and context. */
  state(): string;
  readonly finished: boolean;
}

/** Timers in the order of (time, start), which is how the simulator's kernel orders them. */
class Timers {
  private readonly pending = new Set<{ at: number; run: () => void }>();
  private now = 0;

  start(delay: number, run: () => void): object {
    const timer = { at: this.now + delay, run };
    // A machine whose timers start ever more timers is held back, in every run alike.
    if (this.pending.size < 30) this.pending.add(timer);
    return timer;
  }

  stop(timer: object): boolean {
    return this.pending.delete(timer as { at: number; run: () => void });
  }

  pass(delay: number): void {
    const end = this.now + delay;
    for (;;) {
      // A Set keeps the order of insertion, so the first of the earliest is the one that was started first.
      const [next] = [...this.pending].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.pending.delete(next);
      this.now = next.at;
      next.run();
    }
    this.now = end;
  }
}

/** A plain XState actor, instance and driven without any code of ours but the clock. `legal`: was every configuration so far? */
export function runOnActor(machine: AnyStateMachine, sink: Sink): MachineRun & { readonly legal: boolean } {
  const timers = new Timers();
  const clock = {
    setTimeout: (run: () => void, delay: number) => {
      sink.log.push(`timer in ${delay}`);
      return timers.start(delay, run);
    },
    clearTimeout: (timer: object) => {
      if (timers.stop(timer)) sink.log.push('timer stopped');
    },
  };
  let failure: { cause: unknown } | undefined;
  const actor = createActor(machine, { clock });
  let legal = true;
  actor.subscribe({
    error: (cause) => (failure = { cause }),
    next: (snapshot) => (legal &&= isLegal(snapshot as AnyMachineSnapshot)),
  });
  // A finished actor stops its timers; a finished instance of the driver ignores their events, which nobody can tell apart.
  actor.system.scheduler.cancelAll = () => undefined;
  const checked = (act: () => void) => {
    act();
    if (failure) throw failure.cause;
  };
  // Whoever starts an instance has nothing to send events to until it has started.
  sink.send = () => undefined;
  checked(() => actor.start());
  sink.send = (type, payload) => actor.send({ type, payload } as never);
  const snapshot = () => actor.getSnapshot() as AnyMachineSnapshot;
  return {
    send: (type, payload) => checked(() => actor.send({ type, payload } as never)),
    pass: (delay) => checked(() => timers.pass(delay)),
    state: () => {
      const ids = [...snapshot()._nodes].sort((a, b) => a.order - b.order).map(({ id }) => id);
      return `${ids.join()} ${JSON.stringify(snapshot().context)}`;
    },
    get finished() {
      return snapshot().status !== 'active';
    },
    get legal() {
      return legal;
    },
  };
}

/** Each compound state has one active child, each parallel state all of them. */
function isLegal(snapshot: AnyMachineSnapshot): boolean {
  const active = new Set(snapshot._nodes);
  return [...active].every((node) => {
    const children = Object.values(node.states).filter(({ type }) => type !== 'history');
    const count = children.filter((child) => active.has(child)).length;
    const right = node.type === 'compound' ? 1 : node.type === 'parallel' ? children.length : 0;
    return count === right && (node.parent === undefined || active.has(node.parent));
  });
}

/** An instance of the driver. `hooked` and whatever else is given become hooks; the rest of the actions are the machine's own. */
export function runOnDriver(
  definition: Definition,
  sink: Sink,
  input = {},
  actions: Record<string, (payload: unknown) => void> = {},
): MachineRun {
  const timers = new Timers();
  const newest = new Map<string, object>();
  const reported: number[] = [];
  sink.send = () => undefined;
  const instance: Instance = definition.create(input, {
    actions,
    schedule: (type, delay, id) => {
      sink.log.push(`timer in ${delay}`);
      const timer = timers.start(delay, () => {
        newest.delete(id);
        instance.send(definition.event(type));
      });
      newest.set(id, timer);
    },
    cancel: (id) => {
      const timer = newest.get(id);
      newest.delete(id);
      if (timer !== undefined && timers.stop(timer)) sink.log.push('timer stopped');
    },
    stateChanged: (configuration) => reported.push(configuration),
  });
  sink.send = (type, payload) => instance.send(definition.event(type), payload);
  let last = instance.configuration;
  const checkReports = () => {
    for (const configuration of reported.splice(0)) {
      if (configuration === last) throw new Error('a change of state was reported where there was none');
      last = configuration;
    }
    if (last !== instance.configuration) throw new Error('a change of state was not reported');
  };
  return {
    send: (type, payload) => instance.send(definition.event(type), payload),
    pass: (delay) => timers.pass(delay),
    state: () => {
      checkReports();
      return `${definition.chart.configurations[instance.configuration]!.join()} ${JSON.stringify(instance.context)}`;
    },
    finished: false,
  };
}
