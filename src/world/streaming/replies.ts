/** What `onStream` gives goes back as messages: each thing that it yields, once the one before has gone, or the one thing that it returns. */
import { VirtualAsyncGenerator } from '../../sim/async-generator';
import { catchable } from '../../sim/step-limit';
import { fulfil, observe, promiseOf, reject, VirtualPromise, type Settler } from '../../sim/virtual-promise';
import type { StreamEnd } from './stream-end';

/** @returns fulfilled with nothing when the last message has gone; rejected with what the handler throws */
export function sendReplies(end: StreamEnd, result: unknown): VirtualPromise {
  const replies = result instanceof VirtualAsyncGenerator ? new Yielded(end, result) : new Returned(end);
  replies.begin(result);
  return replies.result;
}

class Returned implements Settler {
  readonly result = new VirtualPromise();
  private isSent = false;

  constructor(private readonly end: StreamEnd) {}

  begin(result: unknown): void {
    observe(promiseOf(result), this);
  }

  settled(ok: boolean, value: unknown): void {
    if (!ok) reject(this.result, value);
    else if (this.isSent || value === undefined) fulfil(this.result, undefined);
    else {
      this.isSent = true;
      writing(this.end, value, this);
    }
  }
}

class Yielded implements Settler {
  readonly result = new VirtualPromise();
  private isWriting = false;

  constructor(
    private readonly end: StreamEnd,
    private readonly generator: VirtualAsyncGenerator,
  ) {}

  begin(): void {
    observe(this.generator.next(), this);
  }

  /** The generator has come to a `yield` or to its end; or what it yielded has gone, or will never. */
  settled(ok: boolean, value: unknown): void {
    if (this.isWriting) {
      this.isWriting = false;
      observe(ok ? this.generator.next() : this.generator.throw(value), this);
      return;
    }
    if (!ok) return reject(this.result, value);
    const step = value as { readonly value: unknown; readonly done: boolean };
    if (step.done) return fulfil(this.result, undefined);
    this.isWriting = true;
    writing(this.end, step.value, this);
  }
}

/** A value that cannot travel fails like any other write. */
function writing(end: StreamEnd, value: unknown, observer: Settler): void {
  let written: VirtualPromise;
  try {
    written = end.write(value, false);
  } catch (error) {
    written = VirtualPromise.reject(catchable(error));
  }
  observe(written, observer);
}
