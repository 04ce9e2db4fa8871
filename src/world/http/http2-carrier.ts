/** HTTP/2 on a way of a link: one connection for all requests, each on a stream of its own; those above the limit wait in line. */
import type { Connection, Http2 } from '../../model/kinds/connection';
import { MessageKind } from '../../model/trace';
import { isReply } from '../link-node';
import type { Message } from '../message';
import type { Carrier, ConnectedLinkNode } from '../transport/connected-link-node';
import type { Wire } from '../transport/wire';
import type { World } from '../world';
import { Http2Connection, type Http2Machines } from './http2-connection';
import { dropPart, Http2Exchange } from './http2-exchange';
import type { StreamFormat } from './stream-format';
import { tellUnavailable } from './unavailable';
import { WaitingExchanges } from './waiting-exchanges';

export class Http2Carrier implements Carrier {
  private readonly waiting = new WaitingExchanges<Http2Exchange>();
  /** By the id of the request's message, until both ends of its stream are closed. */
  private readonly exchanges = new Map<number, Http2Exchange>();
  private current: Http2Connection | undefined = undefined;
  private connections = 0;

  constructor(
    private readonly world: World,
    private readonly machines: Http2Machines,
    private readonly model: Connection,
    private readonly http2: Http2,
    private readonly format: StreamFormat,
    private readonly wires: { readonly there: Wire; readonly back: Wire },
  ) {}

  get speaksGrpc(): boolean {
    return this.format.speaksGrpc;
  }

  send(message: Message, way: ConnectedLinkNode): void {
    if (message.kind === MessageKind.part) {
      this.sendPart(message, way);
      return;
    }
    if (isReply(message.kind) || message.kind === MessageKind.replyPart) {
      ((way.opposite as ConnectedLinkNode).carrier as Http2Carrier).answer(message, way);
      return;
    }
    const exchange = new Http2Exchange(message, way);
    this.exchanges.set(message.id, exchange);
    this.waiting.push(exchange);
    this.pump();
    if (!exchange.client) exchange.hold(this.waiting.count);
  }

  cancel(message: Message): void {
    const exchange = this.exchanges.get(message.id);
    if (!exchange || exchange.isGone) return;
    exchange.isGone = true;
    if (exchange.client) {
      exchange.connection!.cancel(exchange.client);
      return;
    }
    this.waiting.left(exchange);
    this.forget(exchange);
    exchange.lose();
  }

  /** What was refused unseen is first in line. */
  again(refused: Http2Exchange): void {
    const { message, way, request, isGone } = refused;
    if (isGone || message.stream) {
      refused.lose();
      // What was said on a stream is gone: whoever said it may say it again.
      if (!isGone) tellUnavailable(message, way, this.world.kernel.now);
      return;
    }
    message.request.hopes++;
    request.cancel();
    const exchange = new Http2Exchange(message, way);
    this.exchanges.set(message.id, exchange);
    this.waiting.pushFirst(exchange);
    exchange.hold(this.waiting.count);
  }

  forget(exchange: Http2Exchange): void {
    if (this.exchanges.get(exchange.message.id) === exchange) this.exchanges.delete(exchange.message.id);
  }

  /** Opens streams as long as some wait and more are allowed. */
  pump(): void {
    if (this.current?.isUsable === false) this.current = undefined;
    while (this.waiting.count > 0) {
      this.current ??= this.dial();
      if (!this.current.canOpen) return;
      this.current.open(this.waiting.next()!);
    }
  }

  /** Everything that waits: there is no connection to be had. */
  takeWaiting(): readonly Http2Exchange[] {
    const taken: Http2Exchange[] = [];
    for (let exchange = this.waiting.next(true); exchange; exchange = this.waiting.next(true)) taken.push(exchange);
    return taken;
  }

  private answer(reply: Message, way: ConnectedLinkNode): void {
    const part = reply.kind === MessageKind.replyPart ? reply.stream!.part : undefined;
    const exchange = this.exchanges.get(part ? part.of : reply.id);
    if (exchange?.server?.isClosed !== false) {
      if (part) dropPart(reply, way);
      else way.cancelled(reply, false);
    } else if (part) exchange.connection!.sendPart(exchange, reply, way);
    else exchange.connection!.answer(exchange, reply, way);
  }

  private sendPart(message: Message, way: ConnectedLinkNode): void {
    const exchange = this.exchanges.get(message.stream!.part!.of);
    if (!exchange || exchange.isGone || exchange.client?.isClosed === true) dropPart(message, way);
    else if (exchange.client) exchange.connection!.sendPart(exchange, message, way);
    else exchange.keep(message);
  }

  private dial(): Http2Connection {
    return new Http2Connection(this.world, this, this.machines, this.model, this.http2, this.format, this.wires, ++this.connections);
  }
}
