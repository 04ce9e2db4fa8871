/** A service whose handlers free their worker while they await: `threads: "event-loop"`. Its machine is `event loop`. */
import type { Service } from '../model/kinds/service';
import type { Micros } from '../model/time';
import { Abandoned, RecordKind } from '../model/trace';
import { InvariantBroken } from '../sim/assert';
import type { Definition } from './driver';
import { Line } from './line';
import { LoopInvocation } from './loop-invocation';
import type { Message } from './message';
import { ServiceNode } from './service-node';
import type { World } from './world';

export class EventLoopNode extends ServiceNode {
  private readonly wakeEvent: number;
  /** New requests, and handlers that can go on. */
  private readonly line = new Line<Message | LoopInvocation>();

  /** Handlers that hold no worker and are not in the line, kept where a crash may come for them. */
  private readonly awaiting = new Set<LoopInvocation>();

  constructor(world: World, place: number, model: Service, definition: Definition, workerDefinition: Definition) {
    super(world, place, model, definition, workerDefinition);
    this.wakeEvent = definition.event('wake');
  }

  /** What a handler awaited is there: it needs a worker to go on. */
  woken(invocation: LoopInvocation): void {
    const { message } = invocation;
    invocation.inLineSince = this.now;
    if (this.availability) this.awaiting.delete(invocation);
    message.request.hopes++;
    this.record(RecordKind.woken, message, 0, 0);
    this.machine.send(this.wakeEvent, invocation);
  }

  /** A handler awaits: its worker is free for others. */
  yielded(invocation: LoopInvocation): void {
    const { message } = invocation;
    this.record(RecordKind.yielded, message, message.worker, 0);
    this.releaseWorker(message);
    if (this.availability) this.awaiting.add(invocation);
    this.machine.send(this.doneEvent, message);
  }

  override get isIdle(): boolean {
    return super.isIdle && this.awaiting.size === 0;
  }

  override crash(): void {
    super.crash();
    for (const { message } of this.awaiting) this.abandon(message, Abandoned.awaiting);
    this.awaiting.clear();
    for (let item = this.line.shift(); item; item = this.line.shift()) {
      item.request.hopes--;
      if (item instanceof LoopInvocation) this.abandon(item.message, Abandoned.woken);
      else this.abandon(item, Abandoned.waiting);
    }
  }

  protected override actions(): Record<string, (payload: unknown) => void> {
    return {
      ...super.actions(),
      resume: (invocation) => this.resumeHandler(invocation as LoopInvocation),
      rejoin: (invocation) => this.line.push(invocation as LoopInvocation),
      next: () => this.next(),
    };
  }

  protected override lineUp(message: Message): number {
    this.line.push(message);
    return this.lineLength;
  }

  protected override get lineLength(): number {
    return this.line.length;
  }

  protected override invoke(message: Message): LoopInvocation {
    const invocation = new LoopInvocation(this.world, this, message);
    this.world.turns.push(invocation);
    return invocation;
  }

  override invocationEnded(invocation: LoopInvocation, ok: boolean, value: unknown): void {
    // A handler that ends while another runs, because both awaited the same promise, still needs a turn of its own to answer.
    if (invocation.message.worker < 0) invocation.later(() => super.invocationEnded(invocation, ok, value));
    else super.invocationEnded(invocation, ok, value);
  }

  private next(): void {
    const first = this.line.shift();
    if (first === undefined) throw new InvariantBroken(`${this.id} takes the next of an empty line`);
    if (first instanceof LoopInvocation) return this.resumeHandler(first);
    first.request.hopes--;
    this.serve(first, this.now - first.arrivedAt);
  }

  private resumeHandler(invocation: LoopInvocation): void {
    const { message } = invocation;
    const waited: Micros = this.now - invocation.inLineSince;
    message.request.hopes--;
    const worker = this.takeWorker(message);
    this.record(RecordKind.resumed, message, worker, waited);
    invocation.begin();
  }
}
