/** HTTP/1.1 on a way of a link: a pool of connections that opens as many as are needed at once, up to its limit; the rest wait in line. */
import type { Connection, Http1 } from '../../model/kinds/connection';
import type { Definition } from '../driver';
import { EventKind } from '../event-kind';
import { isReply } from '../link-node';
import type { Message } from '../message';
import { bodyBytes } from '../transport/body-bytes';
import type { Carrier, ConnectedLinkNode } from '../transport/connected-link-node';
import { TcpConnection, type ConnectionMachines } from '../transport/tcp-connection';
import type { Wire } from '../transport/wire';
import type { World } from '../world';
import { Http1Connection, Http1Exchange } from './http1-connection';
import { tellUnavailable } from './unavailable';
import { WaitingExchanges } from './waiting-exchanges';

export interface Http1Machines extends ConnectionMachines {
  readonly http1: Definition;
}

export class Http1Carrier implements Carrier {
  private readonly waiting = new WaitingExchanges<Http1Exchange>();
  /** By the id of the request's message. */
  private readonly exchanges = new Map<number, Http1Exchange>();
  private readonly idle: Http1Connection[] = [];
  private open = 0;
  private connecting = 0;
  private connections = 0;

  constructor(
    private readonly world: World,
    readonly machines: Http1Machines,
    private readonly model: Connection,
    private readonly http1: Http1,
    private readonly wires: { readonly there: Wire; readonly back: Wire },
  ) {}

  send(message: Message, way: ConnectedLinkNode): void {
    if (isReply(message.kind)) {
      ((way.opposite as ConnectedLinkNode).carrier as Http1Carrier).answer(message, way);
      return;
    }
    const exchange = new Http1Exchange(message, way, bodyBytes(message, this.world.topology));
    this.exchanges.set(message.id, exchange);
    this.waiting.push(exchange);
    this.pump();
    if (!exchange.connection) exchange.hold(this.waiting.count);
  }

  cancel(message: Message): void {
    const exchange = this.exchanges.get(message.id);
    if (!exchange) return;
    this.ended(exchange);
    const { connection } = exchange;
    if (!connection) {
      exchange.isGone = true;
      this.waiting.left(exchange);
    }
    exchange.request.cancel();
    exchange.reply?.cancel();
    connection?.abort();
    const { attempt } = message;
    if (!connection || !attempt) return;
    // The server sees the connection closed as soon as that has travelled there.
    const tick = (): void => exchange.request.way.to.calledOff(message);
    this.world.kernel.schedule(exchange.request.way.drawDelay(), EventKind.tick, { tick });
  }

  ended({ message }: Http1Exchange): void {
    this.exchanges.delete(message.id);
  }

  /** A connection has shaken hands. */
  connected(connection: Http1Connection): void {
    this.connecting--;
    this.freed(connection);
  }

  freed(connection: Http1Connection): void {
    this.idle.push(connection);
    this.pump();
  }

  closed(): void {
    this.open--;
    this.pump();
  }

  /** TCP has given up, before or after the handshake. */
  failed(connection: Http1Connection): void {
    let { exchange } = connection;
    const at = this.idle.indexOf(connection);
    if (at >= 0) this.idle.splice(at, 1);
    else if (!exchange) {
      // Whoever has waited longest for a connection has waited for this one.
      this.connecting--;
      exchange = this.waiting.next(true);
    }
    this.open--;
    if (exchange) {
      this.ended(exchange);
      exchange.request.cancel();
      exchange.reply?.cancel();
      tellUnavailable(exchange.message, this.wires.there.way, this.world.kernel.now);
    }
    this.pump();
  }

  private answer(reply: Message, way: ConnectedLinkNode): void {
    const connection = this.exchanges.get(reply.id)?.connection;
    if (connection) connection.respond(reply, bodyBytes(reply, this.world.topology), way);
    else way.cancelled(reply, false);
  }

  private pump(): void {
    while (this.waiting.count > 0 && this.idle.length > 0) this.idle.pop()!.assign(this.waiting.next()!);
    while (this.connecting < this.waiting.count && this.open < this.http1.connections) this.dial();
  }

  private dial(): void {
    this.open++;
    this.connecting++;
    const connection = new Http1Connection(this, this.http1, this.model.tls !== 'none');
    connection.tcp = new TcpConnection(this.world, ++this.connections, this.machines, this.model, this.wires, connection);
    connection.tcp.open();
  }
}
