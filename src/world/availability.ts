/**
 * Whether a component is there, for components that a fault of the scenario is about. It stands at the door of its component: what comes
 * while the component is down is turned away, what comes while it is paused waits. It also knows how fast the component works and what
 * its clock says. The `availability` machine decides, this does what it names.
 *
 * A crash closes the connections of the process: calls that arrive are refused at once (UNAVAILABLE), a broker gets back what it has
 * delivered and hands out nothing until the consumer is back. A request in hand is never answered. Arrivals that wait at the door of a
 * paused component are counted by it from the moment it goes on: the time before is part of the request's Td, but no paused process
 * can measure it.
 */
import type { ComponentTrouble } from '../model/faults/fault';
import { RecordKind, Refusal } from '../model/trace';
import type { Micros } from '../model/time';
import type { Definition, Instance } from './driver';
import { EventKind } from './event-kind';
import type { Message } from './message';
import { MessageKind } from '../model/trace';
import type { Node } from './node';
import { ownerOf, requestOf } from './owner';
import { takeIn, turnAway } from './turn-away';
import { WorkInHand } from './work-in-hand';
import type { World } from './world';

type Skew = Extract<ComponentTrouble, { verb: 'skew' }>;

export class Availability {
  isUp = true;
  readonly work: WorkInHand;
  private readonly machine: Instance;
  private readonly events: Readonly<Record<'crash' | 'restart' | 'pause' | 'resume', number>>;
  private readonly skews = new Map<Skew, Micros>();
  private atDoor: Message[] = [];
  /** When each pause that is on will be over. */
  private readonly pauses = new Map<ComponentTrouble, Micros>();

  constructor(
    private readonly world: World,
    private readonly node: Node,
    definition: Definition,
    /** Loads the component's code anew: the variables of its modules are as volatile as `ctx.state`. */
    private readonly reload: () => void,
  ) {
    this.work = new WorkInHand(world, node);
    const actions = {
      goDown: () => this.goDown(),
      comeUp: () => this.comeUp(),
      standStill: () => this.standStill(),
      goOn: () => this.goOn(),
    };
    this.machine = definition.create({}, { actions });
    const event = (name: string) => definition.event(name);
    this.events = { crash: event('crash'), restart: event('restart'), pause: event('pause'), resume: event('resume') };
  }

  begin(trouble: ComponentTrouble, untilMicros: Micros): void {
    if (trouble.verb === 'pause') this.pauses.set(trouble, untilMicros);
    if (trouble.verb === 'skew') this.skews.set(trouble, this.world.kernel.now);
    else if (trouble.verb === 'slow') this.work.slowDown(trouble);
    else this.machine.send(this.events[trouble.verb]);
  }

  end(trouble: ComponentTrouble): void {
    this.pauses.delete(trouble);
    if (trouble.verb === 'skew') this.skews.delete(trouble);
    else if (trouble.verb === 'slow') this.work.speedUp(trouble);
    else this.machine.send(trouble.verb === 'crash' ? this.events.restart : this.events.resume);
  }

  /** What the clock of the component says. Its timers are not touched: they run by the monotonic clock. */
  clock(now: Micros): Micros {
    let shown = now;
    for (const [{ offsetMicros, drift }, since] of this.skews) shown += offsetMicros + Math.round(drift * (now - since));
    return shown;
  }

  /** A message has come in by a link. */
  receive(message: Message): void {
    const { lifecycle } = this.node;
    if (this.node.isDown || lifecycle?.turnsAway(message) === true) turnAway(this.world, this.node, message, Refusal.down);
    else if (!this.isUp || lifecycle?.keepsOut(message) === true) {
      message.request.hopes++;
      this.atDoor.push(message);
      this.record(RecordKind.heldAtDoor, message, 0);
      return;
    } else if (!this.isForTheDead(message)) takeIn(this.world, this.node, message);
    lifecycle?.arrived(message);
  }

  /** An event of this component's process has come due. True when it has to wait, because the process stands still. */
  postpones(target: unknown): boolean {
    if (this.isUp) return false;
    const { kernel } = this.world;
    kernel.postpone(Math.max(...this.pauses.values()) - kernel.now, target);
    return true;
  }

  private goDown(): void {
    this.isUp = false;
    this.kill();
    this.node.lifecycle?.crash();
  }

  /** The process is gone, and all that it had. */
  kill(): void {
    const { world, node } = this;
    node.isDown = true;
    const withdrawn = world.kernel.withdraw((kind, target) => ownerOf(kind, target) === node);
    for (const [kind, target] of [...withdrawn, ...this.work.forget()]) {
      if (kind === EventKind.tick) continue;
      const request = requestOf(kind, target);
      request.hopes--;
      request.lostMessages++;
      world.suspect(request);
    }
    node.incarnation++;
    node.tickets.clear();
    for (const key of Object.keys(node.state)) delete node.state[key];
    node.crash();
    for (const resident of node.residents) resident.crash();
    this.openDoor();
  }

  private comeUp(): void {
    this.isUp = true;
    if (this.node.lifecycle) this.node.lifecycle.restart();
    else this.boot();
  }

  /** There is a process again, with nothing in hand. */
  boot(): void {
    this.node.isDown = false;
    this.reload();
    this.node.restart();
    for (const resident of this.node.residents) resident.restart();
    for (const way of this.world.topology.waysTo(this.node)) way.from.peerIsBack();
  }

  private standStill(): void {
    this.isUp = false;
    this.work.stop();
  }

  private goOn(): void {
    this.isUp = true;
    this.work.goOn();
    this.node.resume();
    this.openDoor();
  }

  /** Those who wait at the door come in. */
  openDoor(): void {
    const { now } = this.world.kernel;
    const waiting = this.atDoor;
    this.atDoor = [];
    for (const message of waiting) {
      this.record(RecordKind.letIn, message, now - message.arrivedAt);
      message.arrivedAt = now;
      message.chain.spend('td', now);
      this.receive(message);
      message.request.hopes--;
      this.world.suspect(message.request);
    }
  }

  /** An answer to something that an earlier life of the process has asked. */
  private isForTheDead({ kind, call, ticket }: Message): boolean {
    if (kind === MessageKind.reply) return call?.way.from === this.node && call.incarnation !== this.node.incarnation;
    if (ticket?.incarnation === undefined || kind === MessageKind.message) return false;
    return ticket.incarnation !== this.node.incarnation;
  }

  private record(kind: RecordKind, { request, id, kind: messageKind }: Message, value: Micros): void {
    this.world.recorder.record(this.world.kernel.now, kind, this.node.place, request.id, id, messageKind, value);
  }
}
