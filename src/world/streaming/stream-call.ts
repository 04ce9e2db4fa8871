/**
 * A streaming call: the request that opens it, its two ends, its deadline. The stream is open as soon as the request's HEADERS are at the
 * service, before any message; it is over when the trailers are back, or when its caller gives it up.
 */
import { grpcStreamMachine } from '../../machines/index';
import { MessageKind, RecordKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import type { Timer } from '../../sim/kernel';
import { markHandled } from '../../sim/virtual-promise';
import { Attempt } from '../attempt';
import { EventKind } from '../event-kind';
import type { Invocation } from '../invocation';
import { Message } from '../message';
import { Operation } from '../operation';
import { CallFailed } from '../status';
import type { Way } from '../way';
import { StreamEnd } from './stream-end';
import { StreamHop, StreamPart } from './stream-part';

export class StreamCall {
  readonly client: StreamEnd;
  readonly server: StreamEnd;
  private readonly request: Message;
  private readonly life: StreamLife;
  private deadlineTimer: Timer | undefined = undefined;

  /** @param deadlineAt −1 for none */
  constructor(
    private readonly invocation: Invocation,
    private readonly way: Way,
    private readonly deadlineAt: Micros,
  ) {
    const { world, request, chain, node } = invocation;
    this.request = new Message(world.nextMessageId++, MessageKind.request, request, chain.copy(), node.id, undefined);
    this.request.attempt = new Attempt(world, deadlineAt);
    const definition = world.driver.define(grpcStreamMachine);
    this.client = new StreamEnd(definition, (body, hasBody, isLast, gone) => {
      const message = this.message(
        this.client,
        MessageKind.part,
        body,
        this.request,
        new StreamPart(this.request.id, hasBody, isLast, gone),
      );
      // Where several replicas are, the messages go where the request went.
      (this.request.way ?? way).send(message);
    });
    this.server = new StreamEnd(definition, (body, hasBody, isLast, gone) => {
      // The status in the trailers says that none follows.
      if (!hasBody) return;
      // As the service has it: a balancer has handed it on under another name.
      const asked = this.server.invocation!.message!;
      const message = this.message(this.server, MessageKind.replyPart, body, asked, new StreamPart(asked.id, hasBody, isLast, gone));
      asked.way!.opposite.send(message);
    });
    this.request.stream = { call: this, hop: new StreamHop(this.client, this.server), part: undefined };
    this.client.begins(invocation);
    this.life = new StreamLife(invocation, this);
  }

  begin(): void {
    const { world, request } = this.invocation;
    (this.invocation.open ??= new Set()).add(this.life);
    this.way.send(this.request);
    if (this.deadlineAt < 0) return;
    request.hopes++;
    const ring = (): void => {
      this.deadlineTimer = undefined;
      const { now } = world.kernel;
      world.recorder.record(now, RecordKind.timedOut, this.way.from.place, request.id, this.request.id, 1, 0);
      this.giveUp(
        new CallFailed('DEADLINE_EXCEEDED', `${this.way.target} did not end before the deadline at ${this.deadlineAt / 1000} ms`),
      );
    };
    const { node: owner } = this.invocation;
    const left = Math.max(0, this.deadlineAt - world.kernel.now);
    this.deadlineTimer = world.kernel.schedule(left, EventKind.alarm, { request, ring, owner });
  }

  /** The status has come. */
  ended({ status, errorText, chain }: Message): void {
    this.isOver();
    this.client.close(status === undefined ? undefined : new CallFailed(status, errorText), chain);
  }

  /** The caller does not want it any more. */
  giveUp(error: CallFailed): void {
    if (this.life.isOver) return;
    this.isOver();
    this.way.cancel(this.request, this.invocation.chain);
    this.client.close(error, undefined);
  }

  private isOver(): void {
    const { world, request, open } = this.invocation;
    this.life.isOver = true;
    open?.delete(this.life);
    if (this.deadlineTimer !== undefined && world.kernel.cancel(this.deadlineTimer)) request.hopes--;
    this.deadlineTimer = undefined;
  }

  private message(end: StreamEnd, kind: MessageKind, body: unknown, asked: Message, part: StreamPart): Message {
    const { world, node, request, chain } = end.invocation!;
    const message = new Message(world.nextMessageId++, kind, request, chain.copy(), node.id, body);
    message.stream = { call: this, hop: asked.stream!.hop, part };
    return message;
  }
}

/** What a handler leaves open when it ends: the stream itself, whoever reads or writes on it. */
class StreamLife extends Operation {
  isOver = false;

  constructor(
    invocation: Invocation,
    private readonly call: StreamCall,
  ) {
    super(invocation, invocation.chain, 'td');
    markHandled(this.promise);
  }

  override callOff(error: CallFailed): void {
    this.call.giveUp(error);
  }
}
