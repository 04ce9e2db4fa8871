/**
 * The process of a service that is stopped and started during a run: by a deploy, by a change of the number of replicas, or by a crash
 * after which it needs time to be ready. The `lifecycle` machine decides, this does what it names.
 *
 * While it stops, it still takes in what was on its way when it left the rotation, and refuses what is sent to it later by those who have
 * no other. What it has in hand when its grace period is over is gone as in a crash; a broker gets back what it had delivered.
 *
 * With an idle timeout it sleeps when it has had nothing in hand for so long: its process is gone with all that is volatile. The next request
 * wakes it, and waits at the door with those that come after it until the process is ready; nobody is refused.
 */
import type { Service } from '../model/kinds/service';
import { MessageKind, RecordKind } from '../model/trace';
import type { Micros } from '../model/time';
import type { Timer } from '../sim/kernel';
import type { Definition, Instance } from './driver';
import { EventKind } from './event-kind';
import type { Message } from './message';
import type { ServiceNode } from './service-node';
import type { World } from './world';

const EVENTS = ['start', 'stop', 'started', 'idle', 'graceOver', 'crash', 'restart', 'doze', 'arrive'] as const;
type LifecycleEvent = (typeof EVENTS)[number];

/** Another version of the service's code: none for the same once more. */
export interface Replacement {
  readonly handlerFile: string | undefined;
  /** The process that runs it is ready, or will never be because nobody wants the replica. */
  done(): void;
}

export class Lifecycle {
  private readonly machine: Instance;
  private readonly events: Readonly<Record<LifecycleEvent, number>>;
  private phase: 'ready' | 'stopping' | 'starting' | 'asleep' | 'waking' | 'gone' = 'ready';
  /** What the next process will run; and those who wait for it. */
  private fresh: readonly Replacement[] = [];
  private version = 1;
  /** When it left the rotation, and how much was on its way to it then and has not come. */
  private leftAt: Micros = 0;
  private firstLateId = 0;
  private onTheWay = 0;
  private timer: Timer | undefined;
  private checksIdle = false;

  constructor(
    private readonly world: World,
    private readonly node: ServiceNode,
    definition: Definition,
    /** How many replicas of the service there are to be decides whether this is one of them. */
    private isWanted: boolean,
    private readonly install: (handlerFile: string) => void,
  ) {
    this.events = Object.fromEntries(EVENTS.map((name) => [name, definition.event(name)])) as Record<LifecycleEvent, number>;
    const actions = {
      leave: () => this.leave(),
      halt: () => this.halt(),
      boot: () => this.boot(),
      serve: () => this.serve(),
      forget: () => this.forget(),
      retire: () => this.setRotation(false),
      sleep: () => this.sleep(),
      wake: () => this.wake(),
    };
    const place = world.addPlace({ kind: 'part', id: 'lifecycle', of: node.place, to: undefined, role: 'policy' });
    this.machine = world.instance(definition, place, { isWanted }, actions);
    if (isWanted) {
      this.watchIdle();
      return;
    }
    this.phase = 'gone';
    node.isDown = true;
    node.inRotation = false;
  }

  crash(): void {
    this.machine.send(this.events.crash);
    this.refresh();
  }

  restart(): void {
    this.machine.send(this.events.restart);
  }

  /** Its process is to stop, and one with this version to start. */
  replace(replacement: Replacement): void {
    this.fresh = [...this.fresh, replacement];
    this.machine.send(this.events.stop);
    this.refresh();
  }

  want(isWanted: boolean): void {
    if (isWanted === this.isWanted) return;
    this.isWanted = isWanted;
    this.machine.send(isWanted ? this.events.start : this.events.stop);
    this.refresh();
  }

  /** Sent after it left the rotation, by someone who has no other. */
  turnsAway(message: Message): boolean {
    const { kind } = message;
    return this.phase === 'stopping' && (kind === MessageKind.request || kind === MessageKind.message) && this.isLate(message);
  }

  /** Something that was sent to it has come. */
  arrived(message: Message): void {
    if (this.phase !== 'stopping' || this.isLate(message) || !this.world.topology.waysInto(this.node).includes(message.way!)) return;
    this.onTheWay--;
    this.checkIdle();
  }

  /** What has come has to wait until the process is there; a request has it started. Those who ask whether it is well are told by its platform. */
  keepsOut({ kind }: Message): boolean {
    if (this.phase === 'asleep' && kind === MessageKind.request) this.machine.send(this.events.arrive);
    return this.phase === 'waking' && kind !== MessageKind.probe;
  }

  /** Something is done with: looks, when this event is over, whether anything is left to finish. */
  checkIdle(): void {
    if (this.phase === 'ready') return this.watchIdle();
    if (this.phase !== 'stopping' || this.checksIdle) return;
    this.checksIdle = true;
    this.world.kernel.schedule(0, EventKind.tick, { tick: () => this.lookWhetherIdle() });
  }

  private lookWhetherIdle(): void {
    this.checksIdle = false;
    const { node } = this;
    if (this.phase !== 'stopping' || this.onTheWay > 0 || !node.isIdle || node.residents.some(({ isLeaving }) => isLeaving)) return;
    this.machine.send(this.events.idle);
    this.refresh();
  }

  /** Sent when it had left, which at the same instant the numbers of messages tell. */
  private isLate({ sentAt, id }: Message): boolean {
    return sentAt > this.leftAt || (sentAt === this.leftAt && id >= this.firstLateId);
  }

  private leave(): void {
    const { world, node } = this;
    this.stopTimer();
    this.phase = 'stopping';
    this.leftAt = world.kernel.now;
    this.firstLateId = world.nextMessageId;
    this.onTheWay = world.topology.waysInto(node).reduce((sum, { inFlight }) => sum + inFlight, 0);
    this.setRotation(false);
    for (const resident of node.residents) resident.leave();
    this.timer = world.kernel.schedule(this.model.stopMicros, EventKind.tick, { tick: () => this.graceOver() });
    this.checkIdle();
  }

  private graceOver(): void {
    this.timer = undefined;
    this.machine.send(this.events.graceOver);
    this.refresh();
  }

  /** From now on it counts how long nothing is in hand. */
  private watchIdle(): void {
    const { idleMicros } = this.model;
    if (idleMicros === undefined) return;
    this.stopTimer();
    const tick = (): void => {
      this.timer = undefined;
      if (this.node.isIdle) this.machine.send(this.events.doze);
    };
    this.timer = this.world.kernel.schedule(idleMicros, EventKind.tick, { tick, owner: this.node });
  }

  private sleep(): void {
    this.phase = 'asleep';
    this.node.availability!.kill();
    // Its platform still listens for it.
    this.node.isDown = false;
  }

  private wake(): void {
    this.phase = 'waking';
    this.start();
  }

  private halt(): void {
    this.stopTimer();
    this.phase = 'gone';
    this.setRotation(false);
    this.node.availability!.kill();
  }

  /** The crash has done what `halt` would do. */
  private forget(): void {
    this.stopTimer();
    this.phase = 'gone';
  }

  private boot(): void {
    this.phase = 'starting';
    this.setRotation(false);
    this.start();
  }

  private start(): void {
    const tick = (): void => {
      this.timer = undefined;
      this.machine.send(this.events.started);
    };
    this.timer = this.world.kernel.schedule(this.model.startMicros, EventKind.tick, { tick, owner: this.node });
  }

  private serve(): void {
    const { world, node, fresh } = this;
    this.phase = 'ready';
    node.availability!.boot();
    this.setRotation(true);
    this.version += fresh.length;
    if (fresh.length > 0) world.recorder.record(world.kernel.now, RecordKind.versionServes, node.place, 0, 0, this.version, 0);
    this.settle();
    node.availability!.openDoor();
    this.watchIdle();
  }

  /** Once the old process is gone, the next version takes its place. */
  private refresh(): void {
    if (this.phase !== 'gone') return;
    const next = this.fresh.at(-1);
    if (next?.handlerFile !== undefined) this.install(next.handlerFile);
    if (this.isWanted) this.machine.send(this.events.start);
    else {
      this.version += this.fresh.length;
      this.settle();
    }
  }

  private settle(): void {
    const done = this.fresh;
    this.fresh = [];
    for (const replacement of done) replacement.done();
  }

  private stopTimer(): void {
    if (this.timer !== undefined) this.world.kernel.cancel(this.timer);
    this.timer = undefined;
  }

  private setRotation(isIn: boolean): void {
    const { node, world } = this;
    if (node.inRotation === isIn) return;
    node.inRotation = isIn;
    for (const way of world.topology.waysInto(node)) way.from.rotationChanged(way);
  }

  private get model(): Service {
    return this.node.model as Service;
  }
}
