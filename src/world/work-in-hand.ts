/** The work that a component is doing: it can be stopped, and done slower or faster from now on. Only components with faults have one. */
import type { ComponentTrouble } from '../model/faults/fault';
import { LIMITS } from '../model/limits';
import type { Micros } from '../model/time';
import { EventKind } from './event-kind';
import type { Message } from './message';
import type { Node } from './node';
import { Operation } from './operation';
import { ownerOf } from './owner';
import type { World } from './world';

type Slow = Extract<ComponentTrouble, { verb: 'slow' }>;
/** A message with work that the scenario gives, or a handler's `ctx.work`. */
type Work = Message | Operation;

interface Stopped {
  readonly kind: number;
  readonly work: Work;
  readonly leftMicros: Micros;
}

export class WorkInHand {
  private readonly slows = new Set<Slow>();
  private factor = 1;
  /** Undefined while work goes on. */
  private stopped: Stopped[] | undefined;

  constructor(
    private readonly world: World,
    private readonly node: Node,
  ) {}

  /** How long work takes that would take so long on a component without faults. */
  lengthOf(micros: Micros): Micros {
    return Math.min(LIMITS.delayMicros, Math.round(micros * this.factor));
  }

  slowDown(slow: Slow): void {
    this.slows.add(slow);
    this.setFactor();
  }

  speedUp(slow: Slow): void {
    this.slows.delete(slow);
    this.setFactor();
  }

  stop(): void {
    this.stopped = this.takeAll();
    for (const { work } of this.stopped) this.mark(work, undefined);
  }

  goOn(): void {
    const stopped = this.stopped ?? [];
    this.stopped = undefined;
    for (const { kind, work, leftMicros } of stopped) this.start(kind, work, leftMicros);
  }

  /** The process is gone: its stopped work is handed over, as events that never come. */
  forget(): (readonly [kind: number, work: Work])[] {
    const stopped = this.stopped ?? [];
    this.stopped = undefined;
    return stopped.map(({ kind, work }) => [kind, work]);
  }

  /** What is left of the work in hand takes longer or shorter by as much as the factor has changed. */
  private setFactor(): void {
    const before = this.factor;
    this.factor = [...this.slows].reduce((product, { factor }) => product * factor, 1);
    const change = ({ leftMicros, ...rest }: Stopped): Stopped => ({ ...rest, leftMicros: (leftMicros / before) * this.factor });
    if (this.stopped) {
      this.stopped = this.stopped.map(change);
      return;
    }
    for (const { kind, work, leftMicros } of this.takeAll().map(change)) {
      this.mark(work, undefined);
      this.start(kind, work, leftMicros);
    }
  }

  private takeAll(): Stopped[] {
    const { kernel } = this.world;
    const isWork = (kind: number, target: unknown): boolean =>
      (kind === EventKind.workDone || (kind === EventKind.wake && (target as Operation).part === 'ts')) &&
      ownerOf(kind, target) === this.node;
    return kernel.withdraw(isWork).map(([kind, target]) => {
      const work = target as Work;
      work.chain.spend('ts', kernel.now);
      return { kind, work, leftMicros: work.until - kernel.now };
    });
  }

  private start(kind: number, work: Work, leftMicros: Micros): void {
    const { kernel } = this.world;
    const micros = Math.min(LIMITS.delayMicros, Math.round(leftMicros));
    work.chain.spend('td', kernel.now);
    work.until = kernel.now + micros;
    this.mark(work, work.until);
    const timer = kernel.schedule(micros, kind, work);
    if (work instanceof Operation) work.timer = timer;
    else if (work.attempt?.message === work) work.attempt.workTimer = timer;
  }

  /** Writes that work goes on until an instant, or that it stands still. */
  private mark(work: Work, until: Micros | undefined): void {
    const message = work instanceof Operation ? work.invocation.message : work;
    if (!message) return;
    this.world.workStarted(this.node, message, until ?? this.world.kernel.now);
    if (until === undefined) this.world.workEnded(this.node, message);
  }
}
