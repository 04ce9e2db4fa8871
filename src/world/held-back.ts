/** Publishes that a full queue holds back, first come first in. */
import { RecordKind } from '../model/trace';
import { InvariantBroken } from '../sim/assert';
import { Line } from './line';
import type { Message } from './message';
import type { World } from './world';

export class HeldBack {
  private readonly line = new Line<Message>();

  constructor(
    private readonly world: World,
    private readonly place: number,
  ) {}

  get count(): number {
    return this.line.length;
  }

  hold(message: Message): void {
    this.line.push(message);
    message.request.hopes++;
    this.record(RecordKind.blocked, message, 0, this.count);
  }

  /** There is room for the first one. */
  release(): Message {
    const message = this.line.shift();
    if (message === undefined) throw new InvariantBroken('a queue lets in what nobody holds back');
    const { now } = this.world.kernel;
    message.request.hopes--;
    message.chain.spend('td', now);
    this.record(RecordKind.unblocked, message, 0, now - message.arrivedAt);
    return message;
  }

  /** The broker is gone, and the connections on which they wait. */
  abandon(lose: (message: Message) => void): void {
    for (let message = this.line.shift(); message; message = this.line.shift()) {
      this.record(RecordKind.unblocked, message, 1, this.world.kernel.now - message.arrivedAt);
      message.request.hopes--;
      lose(message);
    }
  }

  private record(kind: RecordKind, { request, id }: Message, detail: number, value: number): void {
    this.world.recorder.record(this.world.kernel.now, kind, this.place, request.id, id, detail, value);
  }
}
