/** A way of a link whose messages travel on connections. What opens them, and how messages share them, is the carrier's business. */
import { isReturning } from '../../model/returning';
import { ARRIVES_LATER, RecordKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import type { SealedTap } from '../attack/sealed-tap';
import type { Chain } from '../chain';
import { LinkNode } from '../link-node';
import type { Message } from '../message';

/** How messages get onto connections. */
export interface Carrier {
  /** Takes a message that is to go this way. */
  send(message: Message, way: ConnectedLinkNode): void;
  /** Nobody waits any more for the reply to a request. Missing where the protocol has no way to say so. */
  cancel?(message: Message): void;
  /** See `LinkNode`. */
  readonly speaksGrpc?: boolean;
}

export class ConnectedLinkNode extends LinkNode {
  carrier!: Carrier;
  /** Only where an attacker is on a way whose records are protected. */
  tap: SealedTap | undefined = undefined;

  override send(message: Message): void {
    message.request.hopes++;
    this.carrier.send(message, this);
  }

  override get speaksGrpc(): boolean {
    return this.carrier.speaksGrpc === true;
  }

  override cancel(message: Message, chain: Chain): void {
    if (this.carrier.cancel) this.carrier.cancel(message);
    else super.cancel(message, chain);
  }

  /** No connection or stream is free: so many wait now. */
  heldBack(message: Message, waiting: number): void {
    this.note(RecordKind.heldBack, message, waiting);
  }

  /** It has a connection or stream now, or is given up. */
  letOn(message: Message, isLost: boolean, heldMicros: Micros): void {
    const { id, request } = message;
    this.world.recorder.record(this.now, RecordKind.letOn, this.place, request.id, id, isLost ? 1 : 0, heldMicros);
  }

  get now(): Micros {
    return this.world.kernel.now;
  }

  /** Its first byte goes on the wire. */
  depart(message: Message): void {
    message.way = this;
    message.sentAt = this.now;
    this.machine.send(this.sendEvent);
    this.note(RecordKind.messageSent, message, ARRIVES_LATER);
  }

  /** Its last byte is there. Of the time since it was handed over, `travelMicros` were spent on the link and the rest waiting. */
  arrive(message: Message, travelMicros: Micros): void {
    const { now } = this;
    this.machine.send(this.deliverEvent);
    this.note(RecordKind.messageDelivered, message, message.sentAt);
    const { chain, request } = message;
    chain.spend('td', Math.max(chain.at, now - travelMicros));
    chain.spend(isReturning(message.kind) ? 'tp' : 'tr', now);
    message.arrivedAt = now;
    this.receiver.receive(message);
    this.settle(request);
  }

  /** It will not arrive. */
  cancelled(message: Message, hasDeparted: boolean): void {
    if (hasDeparted) {
      this.machine.send(this.loseEvent);
      this.note(RecordKind.messageCancelled, message, message.sentAt);
    }
    this.settle(message.request);
  }

  /** A message has come to its end on the link. */
  settle(request: Message['request']): void {
    request.hopes--;
    if (request.lostMessages > 0) this.world.suspect(request);
  }

  private note(kind: RecordKind, message: Message, value: number): void {
    this.world.recorder.record(this.now, kind, this.place, message.request.id, message.id, message.kind, value);
  }
}
