/** A streaming call, as handlers see its two ends. */
import { VirtualPromise } from '../../sim/virtual-promise';
import { identityOf } from '../gate';
import type { Message } from '../message';
import { CallFailed } from '../status';
import type { StreamCall } from './stream-call';
import type { StreamEnd } from './stream-end';

/** What `ctx.stream` gives. */
export class StreamView {
  readonly #call: StreamCall;

  constructor(call: StreamCall) {
    this.#call = call;
  }

  write(body?: unknown): VirtualPromise {
    return this.#call.client.write(body, false);
  }

  end(): void {
    this.#call.client.end();
  }

  get reply(): VirtualPromise {
    return this.#call.client.readLast();
  }

  cancel(): void {
    this.#call.giveUp(new CallFailed('CANCELLED', 'the caller has given the stream up'));
  }

  next(): VirtualPromise {
    return this.#call.client.read();
  }

  /** A `for await` is left early: nobody reads the rest. */
  return(value?: unknown): VirtualPromise {
    this.cancel();
    return VirtualPromise.resolve({ value, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** What `onStream` gets. */
export class RequestsView {
  readonly id: number;
  readonly from: string;
  readonly identity: string | null;
  readonly #end: StreamEnd;

  constructor(message: Message, end: StreamEnd) {
    this.id = message.id;
    this.from = message.from;
    this.identity = identityOf(message);
    this.#end = end;
  }

  next(): VirtualPromise {
    return this.#end.read();
  }

  return(value?: unknown): VirtualPromise {
    return VirtualPromise.resolve({ value, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

// As with Context: the way to the class would be one to the simulator.
for (const { prototype } of [StreamView, RequestsView]) Reflect.deleteProperty(prototype, 'constructor');
