/**
 * What instrumentation does that a framework brings along: spans for the requests of clients, for every attempt of a call, for what a
 * service handles, for what is sent and published. Only scenarios with `tracing` have one.
 *
 * Names and kinds as in OpenTelemetry's conventions: both ends of a call have the name of the service; a message has a producer's span for the
 * sending and a consumer's span for each delivery that is processed, linked to the producer's, whose context is the one the message was
 * created in ("Messaging spans", Trace structure). The consumer's span is a child of it as well, so that one trace shows the whole way.
 * A service's span begins when a worker takes the message: before, no code of the service has seen it.
 */
import { MessageKind } from '../../model/trace';
import type { Call } from '../call';
import type { ClientRequest } from '../client-request';
import type { Invocation } from '../invocation';
import type { Message } from '../message';
import { CallFailed } from '../status';
import type { StoreOperation } from '../stored-data';
import type { Way } from '../way';
import type { Spans } from './spans';
import { handlingRole, SpanRole, type SpanKey } from './trace-ids';

export class Tracer {
  private readonly roots = new WeakMap<ClientRequest, number>();
  /** In which span a call was made. */
  private readonly callers = new WeakMap<Call, SpanKey>();
  /** Spans of attempts, sends and publications under way, by the message. */
  private readonly sent = new Map<number, number>();
  private readonly handled = new WeakMap<Message, number>();

  constructor(private readonly spans: Spans) {}

  requestStarts(request: ClientRequest): void {
    const index = this.spans.start({
      key: requestKey(request),
      parent: undefined,
      links: [],
      name: 'request',
      kind: 'internal',
      place: request.client,
    });
    this.roots.set(request, index);
  }

  /** @param error why it ended badly, undefined when it did not */
  requestEnds(request: ClientRequest, error: string | undefined): void {
    this.spans.end(this.roots.get(request)!, error);
  }

  callBegins(call: Call, caller: SpanKey | undefined): void {
    this.callers.set(call, caller ?? requestKey(call.request));
  }

  /** An attempt of a call is on its way: each has a span of its own, retries and hedges too. */
  attemptStarts(call: Call, message: Message, way: Way): void {
    const parent = this.callers.get(call);
    this.start(message, parent, nameOf(message, way.target, way), 'client', way.from.place);
  }

  /** A message is on its way to a queue or a topic. */
  sendingStarts(message: Message, parent: SpanKey, name: string, place: number): void {
    this.start(message, parent, name, 'producer', place);
  }

  /** An attempt, a send or a publication has ended; nothing happens when it had before. */
  sendingEnds(messageId: number, error: string | undefined): void {
    const index = this.sent.get(messageId);
    if (index === undefined) return;
    this.sent.delete(messageId);
    this.spans.end(index, error);
  }

  handlingStarts(message: Message, place: number): void {
    const cause = sentKey(message);
    const isCall = message.kind === MessageKind.request;
    const index = this.spans.start({
      key: handlingKey(message, place),
      parent: cause,
      links: isCall ? [] : [cause],
      name: isCall ? nameOf(message, message.way!.to.id, message.way!) : `process ${sourceOf(message)}`,
      kind: isCall ? 'server' : 'consumer',
      place,
    });
    if (index >= 0) this.handled.set(message, index);
  }

  handlingEnds(message: Message, error: string | undefined): void {
    const index = this.handled.get(message);
    if (index !== undefined) this.spans.end(index, error);
  }

  private start(message: Message, parent: SpanKey | undefined, name: string, kind: 'client' | 'producer', place: number): void {
    const index = this.spans.start({ key: sentKey(message), parent, links: [], name, kind, place });
    if (index >= 0) this.sent.set(message.id, index);
  }
}

/** What a failure is called in a span. */
export function errorOf(error: unknown): string {
  if (error instanceof CallFailed) return error.status;
  return error instanceof Error ? error.message : 'INTERNAL';
}

function requestKey({ id }: ClientRequest): SpanKey {
  return { request: id, subject: id, role: SpanRole.request };
}

/** The span in which a message was sent. Copies that a link makes, and what a balancer hands on, carry the context of the original. */
export function sentKey(message: Message): SpanKey {
  return { request: message.request.id, subject: message.sentAs, role: SpanRole.sent };
}

function handlingKey(message: Message, place: number): SpanKey {
  const delivery = message.delivery?.number ?? message.log?.delivery?.number ?? 0;
  return { request: message.request.id, subject: message.id, role: handlingRole(place, delivery) };
}

/** The span of a handler that runs, whether it is kept or not. */
export function handlerKey({ message, request, node }: Invocation): SpanKey {
  return message ? handlingKey(message, node.place) : requestKey(request);
}

function nameOf({ body }: Message, target: string, { to }: Way): string {
  return to.isStore ? `${(body as StoreOperation).op} ${target}` : `call ${target}`;
}

function sourceOf({ delivery, log, from }: Message): string {
  return delivery?.stored.queue.id ?? log?.delivery?.record.topic ?? from;
}
