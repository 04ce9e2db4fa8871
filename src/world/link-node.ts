/** One way of a link: delays each message and loses some, each by itself. Replies and confirms come back by `opposite`. */
import type { LinkWay } from '../model/kinds/link';
import { MessageKind, RecordKind } from '../model/trace';
import type { Micros } from '../model/time';
import { makeSampler } from '../sim/sample';
import type { Lane } from '../sim/kernel';
import type { Stream } from '../sim/streams';
import type { Definition, Instance } from './driver';
import { EventKind } from './event-kind';
import type { Message } from './message';
import type { Node } from './node';
import type { World } from './world';

export class LinkNode {
  opposite!: LinkNode;
  private readonly machine: Instance;
  private readonly sendEvent: number;
  private readonly loseEvent: number;
  private readonly deliverEvent: number;
  private readonly sample: (source: Stream) => number;
  private readonly delays: Stream;
  private readonly losses: Stream;
  private readonly loss: number;
  /** A constant delay keeps its messages in order: a lane of the kernel holds them. */
  private readonly lane: Lane | undefined;
  private lastTimeout: Lane | undefined = undefined;

  constructor(
    private readonly world: World,
    readonly place: number,
    readonly from: Node,
    readonly to: Node,
    way: LinkWay,
    definition: Definition,
  ) {
    const name = `${from.id}>${to.id}`;
    this.delays = world.streams.stream(`${name}/delay`);
    this.losses = world.streams.stream(`${name}/loss`);
    this.sample = makeSampler(way.delay);
    this.loss = way.loss;
    this.lane = way.delay.kind === 'constant' ? world.kernel.lane(way.delay.micros) : undefined;
    this.machine = world.silentInstance(definition, place);
    this.sendEvent = definition.event('send');
    this.loseEvent = definition.event('lose');
    this.deliverEvent = definition.event('deliver');
  }

  send(message: Message): void {
    const { kernel, recorder } = this.world;
    const now = kernel.now;
    const lost = this.loss > 0 && this.losses.uniform() < this.loss;
    const delay = this.sample(this.delays);
    message.way = this;
    message.sentAt = now;
    this.machine.send(this.sendEvent);
    recorder.record(now, RecordKind.messageSent, this.place, message.request.id, message.id, message.kind, now + delay);
    if (lost) {
      this.machine.send(this.loseEvent);
      recorder.record(now, RecordKind.messageLost, this.place, message.request.id, message.id, message.kind, now + delay);
      message.request.lostMessages++;
      this.world.suspect(message.request);
      return;
    }
    message.request.hopes++;
    if (this.lane) kernel.scheduleOnLane(this.lane, EventKind.deliver, message);
    else kernel.schedule(delay, EventKind.deliver, message);
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
    message.chain.spend(isReturning(message.kind) ? 'tp' : 'tr', now);
    message.arrivedAt = now;
    this.to.receive(message);
  }
}

/** Replies, confirms and acknowledgements travel towards the one who asked. */
function isReturning(kind: MessageKind): boolean {
  return kind !== MessageKind.request && kind !== MessageKind.message && kind !== MessageKind.cancel && kind !== MessageKind.records;
}
