/** `ctx`, as a handler sees it. Its types for the editor are in handlers/async-lab-types.d.ts.txt; the two must say the same. */
import { copyValue } from '../handlers/copy-value';
import { isStatus, STATUSES } from '../model/status-codes';
import { MessageKind } from '../model/trace';
import type { VirtualPromise } from '../sim/virtual-promise';
import { PLAIN_SEND, readCallOptions, readPushBack, readRequeue, readSendOptions } from './call-options';
import { CallOperation } from './call-operation';
import { CryptoView } from './crypto-view';
import { Effect } from './effect';
import { EventKind } from './event-kind';
import type { Invocation } from './invocation';
import { logText } from './log-text';
import { logView, type LogView } from './log-view';
import { Message } from './message';
import { Operation } from './operation';
import { beginCall } from './policies/begin-call';
import { GuardedCall } from './policies/guarded-call';
import { Answered, CallFailed } from './status';
import { StoreView } from './store-view';
import { beginStream } from './streaming/begin-stream';
import type { StreamView } from './streaming/stream-view';
import { Ticket, type TicketView } from './ticket';
import type { PublishTicketView } from './topic/publish-ticket';
import { commit, publish, seek } from './topic/topic-operations';
import { handlerSpan } from './tracing/handler-span';
import type { SpanKey } from './tracing/trace-ids';
import { handlerKey, sentKey } from './tracing/tracer';

/** The client's request for which a handler got this `ctx`; 0 for anything else. */
export let requestOf: (context: unknown) => number;

export class Context {
  readonly #invocation: Invocation;
  #store: StoreView | undefined = undefined;
  #crypto: CryptoView | undefined = undefined;
  #log: LogView | undefined = undefined;
  /** The span of `ctx.span` in which it is; undefined: that of the handler. */
  readonly #span: SpanKey | undefined;

  static {
    requestOf = (context) =>
      typeof context === 'object' && context !== null && #invocation in context ? context.#invocation.request.id : 0;
  }

  constructor(invocation: Invocation, span?: SpanKey) {
    this.#invocation = invocation;
    this.#span = span;
  }

  /** Virtual time in milliseconds, as the clock of the component shows it. */
  get now(): number {
    const { world, node } = this.#invocation;
    const { now } = world.kernel;
    return (node.availability ? node.availability.clock(now) : now) / 1000;
  }

  get state(): Record<string, unknown> {
    return this.#invocation.node.state;
  }

  /** Virtual time in milliseconds at which the request is too late; undefined without a deadline. */
  get deadline(): number | undefined {
    const { world, request, deadlineAt } = this.#invocation;
    const { deadlineMicros } = world.scenario;
    const ofClient = deadlineMicros === undefined || request.id === 0 ? -1 : request.startedAt + deadlineMicros;
    if (deadlineAt < 0 && ofClient < 0) return undefined;
    return (deadlineAt < 0 || (ofClient >= 0 && ofClient < deadlineAt) ? ofClient : deadlineAt) / 1000;
  }

  /** Whether nobody waits any more for the request in hand: its deadline is over, or its caller has called it off. */
  get cancelled(): boolean {
    return this.#invocation.stopped !== undefined;
  }

  /** The store that is linked to this component. */
  get store(): StoreView {
    return (this.#store ??= new StoreView(this.#invocation));
  }

  get crypto(): CryptoView {
    return (this.#crypto ??= new CryptoView(this.#invocation));
  }

  /** What this component knows and others do not, by name. */
  get secrets(): Readonly<Record<string, string>> {
    return this.#invocation.node.secrets;
  }

  work(delay: unknown): VirtualPromise {
    return this.#pause(delay, true);
  }

  sleep(delay: unknown): VirtualPromise {
    return this.#pause(delay, false);
  }

  random(): number {
    const { node, request } = this.#invocation;
    return node.randoms.at(request.id, request.nextDraw(node.place)).uniform();
  }

  /** Callable, and with a function for each level. */
  get log(): LogView {
    return (this.#log ??= logView(this.#invocation));
  }

  /** The context that the request or message in hand came with; undefined for a client. */
  get receivedTraceparent(): string | undefined {
    const { world, message } = this.#invocation;
    return message && world.spans.traceparent(sentKey(message));
  }

  /** The context that this handler, or the span around, would hand on. */
  get traceparent(): string {
    return this.#invocation.world.spans.traceparent(this.#spanKey);
  }

  span(...parameters: unknown[]): unknown {
    const invocation = this.#invocation;
    return handlerSpan(invocation, this.#spanKey, (key) => new Context(invocation, key), parameters);
  }

  metric(name: unknown, value: unknown, options?: unknown): void {
    const { world, node, request } = this.#invocation;
    world.instruments.measure(node, request, name, value, options);
  }

  call(target: unknown, body?: unknown, options?: unknown): VirtualPromise {
    const invocation = this.#invocation;
    const { world, node, request, chain, stopped } = invocation;
    const operation = new CallOperation(invocation, chain.copy());
    const way = node.ways.get(textual(target));
    if (!way || !way.to.takesCalls) {
      operation.fail(new CallFailed('UNAVAILABLE', world.topology.whyNoWay(node, String(target), 'call')));
      return operation.promise;
    }
    const defaults = node.callDefaults(way);
    const callOptions = options === undefined ? defaults : readCallOptions(options, node.delays, defaults, way, world.callPolicies);
    if (stopped) {
      operation.fail(new CallFailed(stopped, `nobody waits for ${node.id} any more`));
      return operation.promise;
    }
    invocation.hold(world.kernel.now);
    const span = world.tracer && this.#spanKey;
    const setting = { world, request, chain: operation.chain, way, body: copyValue(body), options: callOptions, observer: operation, span };
    const call = beginCall(setting, invocation.deadlineAt);
    if (call instanceof GuardedCall && call.canBeCalledOff) {
      operation.call = call;
      (invocation.open ??= new Set()).add(operation);
    }
    return operation.promise;
  }

  stream(target: unknown, body?: unknown, options?: unknown): StreamView {
    return beginStream(this.#invocation, textual(target), body, options);
  }

  /** Answers with a status, on purpose. */
  fail(status: unknown, text?: unknown, options?: unknown): never {
    if (!isStatus(status)) throw new RangeError(`the status must be one of ${STATUSES.join(', ')}`);
    const pushBack = options === undefined ? undefined : readPushBack(options, this.#invocation.node.delays);
    throw new Answered(status, text === undefined ? status : logText(text), pushBack);
  }

  send(target: unknown, body?: unknown, options?: unknown): TicketView {
    const { world, node, request, chain } = this.#invocation;
    const { replyTo, confirm, envelope } = options === undefined ? PLAIN_SEND : readSendOptions(options, node.delays);
    const way = node.ways.get(String(target));
    const id = world.nextMessageId++;
    const returnQueue = replyTo ?? world.topology.replyQueueOf(node);
    const ticket = new Ticket(this.#invocation, id, String(target), returnQueue);
    if (!way || !way.to.takesMessages) {
      const refusal = new Message(id, MessageKind.nack, request, chain.copy(), node.id, undefined);
      refusal.status = 'UNAVAILABLE';
      refusal.errorText = world.topology.whyNoWay(node, String(target), 'send');
      this.#invocation.hold(world.kernel.now);
      ticket.confirmed(refusal, world.kernel.now);
      return ticket.view;
    }
    const message = new Message(id, MessageKind.message, request, chain.copy(), node.id, copyValue(body));
    message.envelope = envelope;
    message.effect = new Effect(request);
    if (returnQueue !== undefined) {
      message.replyTo = returnQueue;
      message.correlationId = ticket.view.id;
      node.tickets.set(ticket.view.id, ticket);
    }
    world.tracer?.sendingStarts(message, this.#spanKey, `send ${way.to.id}`, node.place);
    if (confirm ?? way.to.confirms) {
      message.ticket = ticket;
      this.#invocation.hold(world.kernel.now);
      way.send(message);
    } else {
      way.send(message);
      ticket.sent(world.kernel.now);
    }
    return ticket.view;
  }

  /** Tells the broker now, not at the end of the handler, that the message in hand is done with. */
  ack(): void {
    this.#settle('ack');
  }

  /** Gives the message in hand back now: to be delivered again, or with `requeue: false` to the dead letters. */
  nack(options?: unknown): void {
    this.#settle(options === undefined || readRequeue(options) ? 'nack' : 'reject');
  }

  publish(topic: unknown, body?: unknown, options?: unknown): PublishTicketView {
    return publish(this.#invocation, String(topic), body, options, () => this.#spanKey);
  }

  /** Tells the topic of the message in hand from where its group would go on. */
  commit(offset?: unknown): VirtualPromise {
    return commit(this.#invocation, offset);
  }

  /** After the message in hand, its partition is read from here on. */
  seek(offset: unknown): void {
    seek(this.#invocation, offset);
  }

  /** Step 4 of asking through a queue: answers the message in hand, on the queue it names. */
  reply(body?: unknown): void {
    const { world, node, request, chain, message } = this.#invocation;
    if (!message?.replyTo) throw new CallFailed('INVALID_ARGUMENT', 'this message asks for no reply: it has no replyTo');
    const way = node.ways.get(message.replyTo);
    if (!way) throw new CallFailed('UNAVAILABLE', world.topology.whyNoWay(node, message.replyTo, 'send'));
    const reply = new Message(world.nextMessageId++, MessageKind.reply, request, chain.copy(), node.id, copyValue(body));
    reply.correlationId = message.correlationId;
    world.tracer?.sendingStarts(reply, this.#spanKey, `send ${way.to.id}`, node.place);
    way.send(reply);
    world.tracer?.sendingEnds(reply.id, undefined);
  }

  get #spanKey(): SpanKey {
    return this.#span ?? handlerKey(this.#invocation);
  }

  #settle(verdict: 'ack' | 'nack' | 'reject'): void {
    const { node, message, chain } = this.#invocation;
    const name = verdict === 'ack' ? 'ctx.ack' : 'ctx.nack';
    if (!message?.delivery) throw new CallFailed('INVALID_ARGUMENT', `${name} needs a message from a queue in hand`);
    if (message.delivery.verdict) throw new CallFailed('INVALID_ARGUMENT', `${name}: this message is acknowledged or given back already`);
    // The answer goes its way from where the handler stands.
    message.chain.follow(chain);
    node.settleDelivery(message, verdict);
  }

  #pause(delay: unknown, isWork: boolean): VirtualPromise {
    const invocation = this.#invocation;
    const { world, node, request } = invocation;
    const { fixedMicros, sample } = node.delays.read(delay);
    const drawn = fixedMicros ?? sample(node.serviceTimes.at(request.id, request.nextDraw(node.place)));
    const micros = isWork && node.availability ? node.availability.work.lengthOf(drawn) : drawn;
    const operation = new Operation(invocation, invocation.chain.copy(), isWork ? 'ts' : 'td');
    const { now } = world.kernel;
    if (invocation.stopped) {
      operation.fail(new CallFailed(invocation.stopped, `nobody waits for ${node.id} any more`));
      return operation.promise;
    }
    invocation.hold(now);
    if (isWork && invocation.turns) {
      invocation.open?.add(operation);
      invocation.turns.work(operation, drawn);
      return operation.promise;
    }
    operation.until = now + micros;
    if (isWork) invocation.workStarted(operation.until);
    request.hopes++;
    if (invocation.open) {
      operation.timer = world.kernel.schedule(micros, EventKind.wake, operation);
      invocation.open.add(operation);
    } else world.kernel.post(micros, EventKind.wake, operation);
    return operation.promise;
  }
}

// The way to the class would be one to the simulator: whoever makes a Context chooses what it talks to.
Reflect.deleteProperty(Context.prototype, 'constructor');

function textual(value: unknown): string {
  return typeof value === 'string' ? value : String(value);
}
