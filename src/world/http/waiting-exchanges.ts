/** Requests for which no connection or stream is free, first come first served. Who gives up stays in the line and is passed over. */
import { Line } from '../line';

export class WaitingExchanges<Exchange extends { isGone: boolean }> {
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
  left(): void {
    this.count--;
  }

  /** The next one, which waits no longer; undefined when nobody does. */
  next(): Exchange | undefined {
    for (;;) {
      const exchange = this.line.shift();
      if (exchange?.isGone) continue;
      if (exchange) this.count--;
      return exchange;
    }
  }
}
