/** One way of a link: delays each message and loses some, each by itself. Replies and confirms come back by `opposite`. */
import type { LinkWay } from '../model/kinds/link';
import { isReturning } from '../model/returning';
import { MessageKind, RecordKind } from '../model/trace';
import type { Micros } from '../model/time';
import { makeSampler } from '../sim/sample';
import type { Lane } from '../sim/kernel';
import type { Stream } from '../sim/streams';
import type { Chain } from './chain';
import { Band } from './transport/band';
import type { Definition, Instance } from './driver';
import { Disturbance } from './disturbance';
import { EventKind } from './event-kind';
import { cancelOf, type Message } from './message';
import type { Node } from './node';
import type { Way } from './way';
import { takeIn } from './turn-away';
import type { World } from './world';

export class LinkNode implements Way {
  opposite!: LinkNode;
  /** What protects messages on it from others: with `mtls` both ends have proved who they are. */
  protection: 'none' | 'tls' | 'mtls' = 'none';
  /** Only on a way where more can go wrong than a loss. */
  readonly disturbance: Disturbance | undefined;
  protected readonly machine: Instance;
  protected readonly sendEvent: number;
  protected readonly loseEvent: number;
  protected readonly deliverEvent: number;
  private readonly duplicateEvent: number;
  /** The component at the end, or who stands at its door. */
  protected receiver: { receive(message: Message): void };
  private sample: (source: Stream) => number;
  private readonly delays: Stream;
  private readonly losses: Stream;
  private loss: number;
  /** A constant delay keeps its messages in order: a lane of the kernel holds them. */
  private lane: Lane | undefined;
  private readonly band: Band | undefined;
  private lastTimeout: Lane | undefined = undefined;

  constructor(
    protected readonly world: World,
    readonly place: number,
    readonly from: Node,
    readonly to: Node,
    way: LinkWay,
    definition: Definition,
    hasFaults: boolean,
  ) {
    const name = `${from.id}>${to.id}`;
    this.delays = world.streams.stream(`${name}/delay`);
    this.losses = world.streams.stream(`${name}/loss`);
    this.sample = makeSampler(way.delay);
    this.loss = way.loss;
    this.band = way.bytesPerSecond === undefined ? undefined : new Band(way.bytesPerSecond);
    this.lane = way.delay.kind === 'constant' && !this.band ? world.kernel.lane(way.delay.micros) : undefined;
    this.machine = world.silentInstance(definition, place);
    this.sendEvent = definition.event('send');
    this.loseEvent = definition.event('lose');
    this.deliverEvent = definition.event('deliver');
    this.duplicateEvent = definition.event('duplicate');
    if (hasFaults || way.duplicate > 0 || way.corrupt > 0 || way.order === 'keep') this.disturbance = new Disturbance(world, this, way);
    const checked = this.disturbance && { receive: (message: Message) => takeIn(world, to, message) };
    this.receiver = to.availability ?? checked ?? to;
  }

  /** Messages on this way that will arrive. */
  get inFlight(): number {
    return this.machine.context['inFlight'] as number;
  }

  /** Somebody sits right before the receiver: whatever arrives passes them first. */
  interpose(passes: (message: Message) => void): void {
    const { receiver } = this;
    this.receiver = {
      receive: (message) => {
        passes(message);
        receiver.receive(message);
      },
    };
  }

  get target(): string {
    return this.to.id;
  }

  send(message: Message): void {
    const lost = this.drawLoss();
    const delay = this.drawDelay();
    if (this.disturbance) this.disturbance.carry(message, lost, delay);
    else this.putOn(message, lost, delay, RecordKind.messageSent);
  }

  /** The message, or a copy of one that is already on the way (`messageDuplicated`), begins its way. */
  putOn(message: Message, lost: boolean, travelMicros: Micros, sent: RecordKind): void {
    const { kernel, recorder } = this.world;
    const now = kernel.now;
    const delay = this.band === undefined ? travelMicros : travelMicros + this.band.take(message, this.world.topology, now);
    message.way = this;
    message.sentAt = now;
    this.machine.send(sent === RecordKind.messageSent ? this.sendEvent : this.duplicateEvent);
    recorder.record(now, sent, this.place, message.request.id, message.id, message.kind, now + delay);
    if (lost) return this.lose(message, now + delay);
    message.request.hopes++;
    if (this.lane?.delayMicros === delay) kernel.scheduleOnLane(this.lane, EventKind.deliver, message);
    else kernel.post(delay, EventKind.deliver, message);
  }

  private lose(message: Message, due: Micros): void {
    const { world, place } = this;
    this.machine.send(this.loseEvent);
    world.recorder.record(world.kernel.now, RecordKind.messageLost, place, message.request.id, message.id, message.kind, due);
    message.request.lostMessages++;
    world.suspect(message.request);
  }

  /** Its parameters are these from now on; what is on its way goes on as it was. */
  change(way: LinkWay): void {
    this.sample = makeSampler(way.delay);
    this.loss = way.loss;
    this.lane = way.delay.kind === 'constant' && !this.band ? this.world.kernel.lane(way.delay.micros) : undefined;
    this.disturbance!.setWay(way);
  }

  /** Nobody waits any more for what a message asked for: another tells so, where the caller has prepared for it. */
  cancel(message: Message, chain: Chain): void {
    this.world.tracer?.sendingEnds(message.id, 'CANCELLED');
    if (message.attempt) this.send(cancelOf(this.world.nextMessageId++, message, chain.copy()));
  }

  /** Whether a service is told of every call that its caller gives up, with or without a deadline. */
  get speaksGrpc(): boolean {
    return false;
  }

  drawDelay(): Micros {
    return this.delayFrom(this.delays);
  }

  drawLoss(): boolean {
    const lost = this.loss > 0 && this.losses.uniform() < this.loss;
    return this.disturbance ? this.disturbance.loses() || lost : lost;
  }

  /** Whether anything on this way can ever get lost. */
  get canLose(): boolean {
    return this.loss > 0 || this.disturbance !== undefined;
  }

  delayFrom(source: Stream): Micros {
    const drawn = this.sample(source);
    return this.disturbance ? this.disturbance.delayOf(drawn) : drawn;
  }

  /** The lane for the timeouts of calls that go this way: nearly always the same. */
  timeoutLane(timeoutMicros: Micros): Lane {
    if (this.lastTimeout?.delayMicros !== timeoutMicros) this.lastTimeout = this.world.kernel.lane(timeoutMicros);
    return this.lastTimeout!;
  }

  /** The kernel's event: the message is there. */
  deliver(message: Message): void {
    const { now } = this.world.kernel;
    this.machine.send(this.deliverEvent);
    this.world.recorder.record(now, RecordKind.messageDelivered, this.place, message.request.id, message.id, message.kind, message.sentAt);
    if (this.band !== undefined) message.chain.spend('td', message.sentAt + message.waitedMicros);
    message.chain.spend(isReturning(message.kind) ? 'tp' : 'tr', now);
    message.arrivedAt = now;
    if (message.damaged) {
      this.world.recorder.record(now, RecordKind.messageCorrupted, this.place, message.request.id, message.id, message.kind, 0);
    }
    this.receiver.receive(message);
  }
}

/** What answers a request or a probe, under its id. */
export function isReply(kind: MessageKind): boolean {
  return kind === MessageKind.reply || kind === MessageKind.probeReply;
}
