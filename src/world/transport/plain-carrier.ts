/** One connection for all messages of a link, one behind the other, opened by the link's first end when either end has something to send. */
import { FrameType } from '../../model/frame';
import type { Connection } from '../../model/kinds/connection';
import { Line } from '../line';
import type { Message } from '../message';
import { wireBytesBetween, type WireBytes } from '../broker-wire/broker-bytes';
import type { World } from '../world';
import { bodyBytes } from './body-bytes';
import type { Carrier, ConnectedLinkNode } from './connected-link-node';
import { Frame } from './frame';
import { Passage } from './passage';
import { TcpConnection, type ConnectionLayer, type ConnectionMachines } from './tcp-connection';
import type { Wire } from './wire';

interface Waiting {
  readonly passage: Passage;
  readonly bytes: number;
}

export class PlainCarrier implements Carrier, ConnectionLayer {
  private readonly there = new Line<Waiting>();
  private readonly back = new Line<Waiting>();
  private readonly underway = new Set<Passage>();
  private connection: TcpConnection | undefined = undefined;
  private connections = 0;
  private readonly bytesOf: WireBytes;

  constructor(
    private readonly world: World,
    private readonly machines: ConnectionMachines,
    private readonly model: Connection,
    private readonly wires: { readonly there: Wire; readonly back: Wire },
  ) {
    const { from, to } = wires.there.way;
    this.bytesOf = wireBytesBetween(from.model, to.model);
  }

  send(message: Message, way: ConnectedLinkNode): void {
    const isForth = way === this.wires.there.way;
    const bytes = this.bytesOf(message, bodyBytes(message, this.world.topology));
    (isForth ? this.there : this.back).push({ passage: new Passage(message, way), bytes });
    const connection = this.openConnection();
    (isForth ? connection.client : connection.server).wake();
  }

  ready(): void {
    this.connection?.client.wake();
    this.connection?.server.wake();
  }

  /** What was on its way is lost; what was not waits for the next connection. */
  failed(): void {
    this.connection = undefined;
    const lost = [...this.underway];
    this.underway.clear();
    for (const passage of lost) {
      passage.message.request.lostMessages++;
      passage.cancel();
    }
    if (this.there.length + this.back.length > 0) this.openConnection();
  }

  clientPull(): Frame | undefined {
    return this.next(this.there);
  }

  serverPull(): Frame | undefined {
    return this.next(this.back);
  }

  clientReceived(frame: Frame): void {
    this.underway.delete(frame.passage!);
    frame.passage!.take(frame);
  }

  serverReceived(frame: Frame): void {
    this.clientReceived(frame);
  }

  private next(line: Line<Waiting>): Frame | undefined {
    const waiting = line.shift();
    if (!waiting) return undefined;
    this.underway.add(waiting.passage);
    return waiting.passage.mark(new Frame(FrameType.message, waiting.bytes, this.connections), true);
  }

  private openConnection(): TcpConnection {
    if (!this.connection) {
      this.connection = new TcpConnection(this.world, ++this.connections, this.machines, this.model, this.wires, this);
      this.connection.open();
    }
    return this.connection;
  }
}
