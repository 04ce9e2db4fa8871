/**
 * Attackers on a way whose records TLS protects. Each message passes them once, with its last record. A record that was changed, made up or sent
 * again does not decrypt at its place in the sequence: the receiver must end the connection (RFC 8446 §5.2, §5.3).
 */
import type { Message } from '../message';

interface Breakable {
  fail(): void;
}

export class SealedTap {
  private readonly connections = new Set<Breakable>();
  /** Each tells whether it has changed the record that passes. */
  readonly listeners: ((message: Message) => boolean)[] = [];

  opened(connection: Breakable): void {
    this.connections.add(connection);
  }

  closed(connection: Breakable): void {
    this.connections.delete(connection);
  }

  spoils(message: Message): boolean {
    let isSpoilt = false;
    for (const changes of this.listeners) if (changes(message)) isSpoilt = true;
    return isSpoilt;
  }

  /** Something that is no record of either end comes in on the oldest connection, if there is one. */
  breakIn(): void {
    const [connection] = this.connections;
    connection?.fail();
  }
}
