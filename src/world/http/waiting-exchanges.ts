/** Requests for which no connection or stream is free, first come first served. Who gives up stays in the line and is passed over. */
import type { Micros } from '../../model/time';
import { Line } from '../line';
import type { Message } from '../message';
import type { ConnectedLinkNode } from '../transport/connected-link-node';

/** A request that may have to wait before it gets on a connection; the trace hears of it when it does. */
export class WaitingExchange {
  /** Nobody waits any more for what comes of it. */
  isGone = false;
  private heldAt: Micros | undefined = undefined;

  constructor(
    readonly message: Message,
    readonly way: ConnectedLinkNode,
  ) {}

  hold(waiting: number): void {
    this.heldAt = this.way.now;
    this.way.heldBack(this.message, waiting);
  }

  /** It goes on, or is given up. */
  letOn(isLost: boolean): void {
    if (this.heldAt === undefined) return;
    this.way.letOn(this.message, isLost, this.way.now - this.heldAt);
    this.heldAt = undefined;
  }
}

export class WaitingExchanges<Exchange extends WaitingExchange> {
  private readonly line = new Line<Exchange>();
  /** Those that have not given up. */
  count = 0;

  push(exchange: Exchange): void {
    this.line.push(exchange);
    this.count++;
  }

  /** It is the next. */
  pushFirst(exchange: Exchange): void {
    this.line.unshift(exchange);
    this.count++;
  }

  /** One of those that wait has given up; its `isGone` says so. */
  left(exchange: Exchange): void {
    this.count--;
    exchange.letOn(true);
  }

  /** The next one, which waits no longer, because it goes on or because it is lost; undefined when nobody does. */
  next(isLost = false): Exchange | undefined {
    for (;;) {
      const exchange = this.line.shift();
      if (exchange?.isGone) continue;
      if (exchange) this.count--;
      exchange?.letOn(isLost);
      return exchange;
    }
  }
}
