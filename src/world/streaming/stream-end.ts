/**
 * One end of a streaming call: what its handler writes goes out as messages, what comes waits to be read. The `grpcStream` machine decides.
 * What is read gives the window of the stream back, so that who writes waits for who reads.
 */
import { copyValue } from '../../handlers/copy-value';
import { LIMITS } from '../../model/limits';
import { markHandled, type VirtualPromise } from '../../sim/virtual-promise';
import type { Chain } from '../chain';
import type { Definition, Instance } from '../driver';
import type { Invocation } from '../invocation';
import { Line } from '../line';
import type { Message } from '../message';
import { CallFailed } from '../status';
import { StreamOperation } from './stream-operation';
import type { PartReceiver, PartSource } from './stream-part';

/** Sends a message of the stream; without a body, it says that none follows. */
export type SendPart = (body: unknown, hasBody: boolean, isLast: boolean, gone: () => void) => void;

interface Write {
  readonly operation: StreamOperation;
  readonly body: unknown;
  readonly isLast: boolean;
}

/** How a call ended, seen from here: undefined for well; and what led to it. */
interface Ending {
  readonly error: CallFailed | undefined;
  readonly cause: Chain | undefined;
}

const EVENTS = ['write', 'writeLast', 'end', 'message', 'peerEnded', 'close'] as const;

export class StreamEnd implements PartReceiver {
  source: PartSource | undefined = undefined;
  /** The handler at this end; a server's is there when a worker is. */
  invocation: Invocation | undefined = undefined;
  private incarnation = 0;
  private readonly machine: Instance;
  private readonly events: Readonly<Record<(typeof EVENTS)[number], number>>;
  private readonly parts = new Line<Message>();
  private readonly readers = new Line<StreamOperation>();
  private readonly writes = new Set<StreamOperation>();
  private ending: Ending | undefined = undefined;
  /** Whoever waits for the last message reads to the end. */
  private last: StreamOperation | undefined = undefined;
  private lastBody: unknown = undefined;

  constructor(
    definition: Definition,
    private readonly sendPart: SendPart,
  ) {
    this.events = Object.fromEntries(EVENTS.map((name) => [name, definition.event(name)])) as StreamEnd['events'];
    const actions = {
      send: (write: unknown) => this.send(write as Write),
      halfClose: () => sendPart(undefined, false, true, () => undefined),
      refuse: (write: unknown) => (write as Write).operation.failed(this.whyNoMore()),
      stopSending: (ending: unknown) => this.stopSending(ending as Ending),
      deliver: (message: unknown) => this.deliver(message as Message),
      finish: (ending: unknown) => this.finish(ending as Ending),
    };
    this.machine = definition.create({}, { actions });
  }

  /** Its handler begins. */
  begins(invocation: Invocation): void {
    this.invocation = invocation;
    this.incarnation = invocation.node.incarnation;
  }

  get isHungry(): boolean {
    return this.readers.length > 0 || this.last !== undefined;
  }

  write(body: unknown, isLast: boolean): VirtualPromise {
    const copy = copyValue(body);
    const operation = this.operation();
    // How the call ends is told to whoever reads.
    markHandled(operation.promise);
    if (operation.isOver) return operation.promise;
    if (this.writes.size >= LIMITS.streamWrites) {
      operation.failed(new CallFailed('RESOURCE_EXHAUSTED', `${LIMITS.streamWrites} messages wait to be sent: await each write`));
      return operation.promise;
    }
    this.machine.send(this.events[isLast ? 'writeLast' : 'write'], { operation, body: copy, isLast } satisfies Write);
    return operation.promise;
  }

  end(): void {
    this.machine.send(this.events.end);
  }

  /** The next message, as a step of an iterator. */
  read(): VirtualPromise {
    const operation = this.operation();
    if (operation.isOver) return operation.promise;
    const part = this.parts.shift();
    if (part) {
      this.source?.consume(part.stream!.part!.bytes);
      operation.done({ value: this.take(part), done: false });
    } else if (this.ending) tellEnd(operation, this.ending.error);
    else {
      this.readers.push(operation);
      this.source?.consume(Infinity);
    }
    return operation.promise;
  }

  /** The last message, when the call has ended well: reads all that comes until then. */
  readLast(): VirtualPromise {
    if (this.last) return this.last.promise;
    const operation = (this.last = this.operation());
    markHandled(operation.promise);
    for (let part = this.parts.shift(); part; part = this.parts.shift()) this.take(part);
    this.source?.consume(Infinity);
    if (this.ending) this.tellLast(operation, this.ending.error);
    return operation.promise;
  }

  /** A message of the stream has come, or the word that none follows. */
  receive(message: Message): void {
    if (this.isForTheDead) return;
    const { hasBody, isLast } = message.stream!.part!;
    if (hasBody) this.machine.send(this.events.message, message);
    if (isLast) this.machine.send(this.events.peerEnded, { error: undefined, cause: message.chain } satisfies Ending);
  }

  /** The call is over, and nothing goes or comes any more. */
  close(error: CallFailed | undefined, cause: Chain | undefined): void {
    if (!this.isForTheDead) this.machine.send(this.events.close, { error, cause } satisfies Ending);
  }

  /** The process whose handler it was is gone. */
  private get isForTheDead(): boolean {
    return this.invocation !== undefined && this.invocation.node.incarnation !== this.incarnation;
  }

  private operation(): StreamOperation {
    const { stopped, node } = this.invocation!;
    const operation = new StreamOperation(this.invocation!).wait();
    if (stopped) operation.callOff(new CallFailed(stopped, `nobody waits for ${node.id} any more`));
    return operation;
  }

  private send({ operation, body, isLast }: Write): void {
    this.writes.add(operation);
    this.sendPart(body, true, isLast, () => {
      this.writes.delete(operation);
      operation.done(undefined);
    });
  }

  private deliver(message: Message): void {
    for (let reader = this.readers.shift(); reader; reader = this.readers.shift()) {
      // It may have been called off meanwhile.
      if (!reader.isOver) return reader.done({ value: this.take(message), done: false }, message.chain);
    }
    if (this.last) this.take(message);
    else this.parts.push(message);
  }

  private take({ body }: Message): unknown {
    this.lastBody = body;
    return body;
  }

  private finish(ending: Ending): void {
    this.ending = ending;
    for (let reader = this.readers.shift(); reader; reader = this.readers.shift()) tellEnd(reader, ending.error, ending.cause);
    if (this.last) this.tellLast(this.last, ending.error, ending.cause);
  }

  private tellLast(operation: StreamOperation, error: CallFailed | undefined, cause?: Chain): void {
    if (error) operation.failed(error, cause);
    else operation.done(this.lastBody, cause);
  }

  private stopSending({ error, cause }: Ending): void {
    this.ending ??= { error, cause };
    for (const operation of [...this.writes]) operation.failed(this.whyNoMore(), cause);
    this.writes.clear();
  }

  private whyNoMore(): CallFailed {
    return this.ending?.error ?? new CallFailed('FAILED_PRECONDITION', 'this stream takes no more messages');
  }
}

function tellEnd(operation: StreamOperation, error: CallFailed | undefined, cause?: Chain): void {
  if (error) operation.failed(error, cause);
  else operation.done({ value: undefined, done: true }, cause);
}
