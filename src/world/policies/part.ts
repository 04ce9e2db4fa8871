/** A machine of a component beside its own, such as a policy: it has a place in the trace, where its changes of state are recorded. */
import { RecordKind, type PartPlace, type PolicyAct } from '../../model/trace';
import type { ClientRequest } from '../client-request';
import type { Definition, Instance } from '../driver';
import { MachineTimers } from '../machine-timers';
import type { Node } from '../node';
import type { World } from '../world';

/** What the scenario calls it, the component it belongs to, and the component at the other end if it is about one. */
export interface PartNames {
  readonly id: string;
  readonly of: Node;
  readonly to: string | undefined;
}

export abstract class Part {
  readonly place: number;
  private readonly machine: Instance;
  private isPermitted = false;

  constructor(
    protected readonly world: World,
    readonly names: PartNames,
    definition: Definition,
    input: Readonly<Record<string, unknown>>,
    actions: Record<string, () => void> = {},
    role: PartPlace['role'] = 'policy',
  ) {
    this.place = world.addPlace({ kind: 'part', id: names.id, of: names.of.place, to: names.to, role });
    const timers = new MachineTimers(world.kernel, (type) => this.send(definition.event(type)));
    this.machine = world.instance(
      definition,
      this.place,
      input,
      { permit: () => (this.isPermitted = true), refuse: () => (this.isPermitted = false), ...actions },
      {
        schedule: (type, delay, id) => timers.schedule(type, delay, id),
        cancel: (id) => timers.cancel(id),
        stateChanged: () => this.stateChanged(),
      },
    );
  }

  /** The machine is in another state now. */
  protected stateChanged(): void {}

  protected send(event: number, payload?: unknown): void {
    this.machine.send(event, payload);
  }

  /** Sends an event that asks for leave. A machine that says nothing refuses. */
  protected ask(event: number, payload?: unknown): boolean {
    this.isPermitted = false;
    this.machine.send(event, payload);
    return this.isPermitted;
  }

  record(act: PolicyAct, request: ClientRequest, subject: number): void {
    this.world.recorder.record(this.world.kernel.now, RecordKind.policyActed, this.place, request.id, subject, act, 0);
  }
}
