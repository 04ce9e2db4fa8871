/**
 * A handler on an event loop. Its code runs only while it holds a worker, in turns: from one await to the next. What it awaited waits
 * in the line of the service when it is there, and works asked for at the same time are done one after the other.
 */
import type { Micros } from '../model/time';
import type { EventLoopNode } from './event-loop-node';
import { EventKind } from './event-kind';
import { Invocation, type Turns } from './invocation';
import type { Message } from './message';
import type { Operation } from './operation';
import { CallFailed, type Status } from './status';
import type { World } from './world';

interface Work {
  readonly operation: Operation;
  readonly micros: Micros;
}

export class LoopInvocation extends Invocation implements Turns {
  override readonly turns = this;
  /** When it joined the line to go on; −1 while it is not in it. */
  inLineSince: Micros = -1;
  private working = false;
  /** What has come while it held no worker, in order. */
  private news: (() => void)[] = [];
  private readonly works: Work[] = [];

  constructor(
    world: World,
    private readonly loop: EventLoopNode,
    override readonly message: Message,
  ) {
    super(world, loop, message.request, message.chain, message);
  }

  /** `ctx.work`: at once when its code runs and nothing is being worked on; otherwise in its turn. */
  work(operation: Operation, micros: Micros): void {
    this.works.push({ operation, micros });
    if (this.holdsWorker && !this.working) this.beginWork();
    else if (!this.holdsWorker && this.inLineSince < 0) this.loop.woken(this);
  }

  /** Something that the handler awaits is there. */
  settle(settle: () => void): void {
    if (this.ended || (this.holdsWorker && !this.working)) settle();
    else this.later(settle);
  }

  /** Does something in its next turn. */
  later(act: () => void): void {
    this.news.push(act);
    if (!this.holdsWorker && this.inLineSince < 0) this.loop.woken(this);
  }

  override workEnded(): void {
    this.working = false;
    super.workEnded();
    this.world.turns.push(this);
  }

  override callOff(status: Status): void {
    const { works } = this;
    super.callOff(status);
    // Work that has not begun never will.
    for (const { operation } of works.splice(0)) operation.fail(new CallFailed(status, `nobody waits for ${this.node.id} any more`));
  }

  /** It has a worker: everything that has come is handed to its code. */
  begin(): void {
    this.inLineSince = -1;
    this.hear();
    this.world.turns.push(this);
  }

  /** Its code has run as far as it can. */
  turnOver(): void {
    if (this.ended || this.working || !this.holdsWorker) return;
    if (this.news.length > 0) {
      this.hear();
      this.world.turns.push(this);
    } else if (this.works.length > 0) this.beginWork();
    else this.loop.yielded(this);
  }

  private get holdsWorker(): boolean {
    return this.message.worker >= 0;
  }

  private hear(): void {
    const { news } = this;
    this.news = [];
    for (const settle of news) settle();
  }

  private beginWork(): void {
    const { world } = this;
    const { operation, micros: drawn } = this.works.shift()!;
    const { now } = world.kernel;
    const micros = this.loop.availability ? this.loop.availability.work.lengthOf(drawn) : drawn;
    operation.until = now + micros;
    this.working = true;
    operation.chain.spend('td', now);
    this.workStarted(operation.until);
    this.request.hopes++;
    operation.timer = world.kernel.schedule(micros, EventKind.wake, operation);
  }
}
