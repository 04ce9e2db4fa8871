/** What every component of a running world has in common: its place, its ways out, and the sends that wait for an answer. */
import type { HandlerExports } from '../handlers/load-module';
import type { Attacker } from '../model/attackers/attacker';
import type { Component } from '../model/scenario';
import type { Micros } from '../model/time';
import type { KeyedStream } from '../sim/streams';
import type { Availability } from './availability';
import { KnownDelays } from './known-delays';
import type { Lifecycle } from './lifecycle';
import type { LinkNode } from './link-node';
import { PLAIN_CALL, type CallOptions } from './call';
import { Message } from './message';
import { MessageKind, type RecordKind } from '../model/trace';
import type { Ticket } from './ticket';
import type { Way } from './way';
import type { World } from './world';

const NO_SECRETS: Readonly<Record<string, string>> = Object.freeze({});

export interface Resident {
  /** The process is gone, with all its timers. */
  crash(): void;
  /** A new process is there. */
  restart(): void;
  /** The process is to stop, and waits as long as this is leaving. */
  leave(): void;
  readonly isLeaving: boolean;
}

export abstract class Node {
  /** Ways out, by the id of the component at their end. */
  readonly ways = new Map<string, Way>();
  /** Sends of this component whose reply has not come, by correlation id. */
  readonly tickets = new Map<string, Ticket>();
  /** `ctx.state`: volatile, shared by the handlers of the component. */
  readonly state: Record<string, unknown> = {};
  /** The delays its handlers ask for. */
  readonly delays = new KnownDelays();
  readonly serviceTimes: KeyedStream;
  readonly randoms: KeyedStream;
  /** Whether `ctx.call` may name it; and whether `ctx.send` may. */
  readonly takesCalls: boolean = false;
  readonly takesMessages: boolean = false;
  /** Whether `ctx.stream` may name it. */
  readonly takesStreams: boolean = false;
  /** Whether `ctx.store` may mean it. */
  readonly isStore: boolean = false;
  /** Whether it tells who sends that it has the message. */
  readonly confirms: boolean = true;
  /** Whether `ctx.publish` may name it. */
  readonly takesPublications: boolean = false;
  /** Only of a component that a fault is about. */
  availability: Availability | undefined;
  /** Its process is gone, and its connections are closed. */
  isDown = false;
  /** Only of a service whose process is stopped and started during the run. */
  lifecycle: Lifecycle | undefined;
  /** Whether anything new is sent to it by those who have a choice: not while it is starting, stopping or stopped. */
  inRotation = true;
  /** How often its process has been started again: an answer to an earlier one finds nobody. */
  incarnation = 0;
  /** What else lives in its process. */
  readonly residents: Resident[] = [];
  handlers: HandlerExports = {};
  handlerFile = '';

  constructor(
    protected readonly world: World,
    readonly place: number,
    readonly id: string,
  ) {
    this.serviceTimes = world.streams.keyed(`${id}/service-time`);
    this.randoms = world.streams.keyed(`${id}/random`);
  }

  abstract readonly model: Component | Attacker;

  get secrets(): Readonly<Record<string, string>> {
    return 'secrets' in this.model ? this.model.secrets : NO_SECRETS;
  }

  /** How this component calls when the call says nothing else. */
  callDefaults(_way: Way): CallOptions {
    return PLAIN_CALL;
  }

  /** A message has come in by a link. */
  abstract receive(message: Message): void;

  /** Builds what the component needs once every link exists. */
  connected(): void {}

  /** Word has come that nobody waits any more for what a message asked for. */
  calledOff({ attempt }: Message): void {
    attempt?.stop('CANCELLED');
  }

  /** The process is gone: forgets, with records, everything it had in hand. Its timers, `state` and tickets are gone already. */
  crash(): void {}

  /** The process is there again, with nothing in hand. */
  restart(): void {}

  /** The process stood still and goes on. */
  resume(): void {}

  /** Its parameters are these from now on. */
  change(_model: Component): void {}

  /** What is at the end of a way from here has joined the rotation or left it. */
  rotationChanged(_way: LinkNode): void {}

  /** The process at the other end of a way has been started again. */
  peerIsBack(): void {}

  /** A reply that came through a queue: hands it to the send with its correlation id. Late and unknown ones are ignored. */
  protected matchReply(message: Message): boolean {
    const ticket = message.correlationId === undefined ? undefined : this.tickets.get(message.correlationId);
    if (!ticket) return message.kind === MessageKind.reply;
    this.tickets.delete(message.correlationId!);
    ticket.replied(message);
    return true;
  }

  /** Tells the broker how a delivery ended; once. */
  settleDelivery(message: Message, verdict: 'ack' | 'nack' | 'reject'): void {
    const { delivery } = message;
    if (!delivery?.stored.queue.manualAck || delivery.verdict) return;
    delivery.verdict = verdict;
    const kind = verdict === 'ack' ? MessageKind.ack : MessageKind.nack;
    const answer = new Message(message.id, kind, message.request, message.chain.copy(), this.id, undefined);
    answer.delivery = delivery;
    message.way!.opposite.send(answer);
  }

  protected record(kind: RecordKind, { request, id }: Message, detail: number, value: number): void {
    this.world.recorder.record(this.now, kind, this.place, request.id, id, detail, value);
  }

  protected get now(): Micros {
    return this.world.kernel.now;
  }
}
