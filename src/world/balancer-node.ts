/**
 * A load balancer at work: it hands a request that its rate limit lets through on, and its reply back, without time of its own, and keeps
 * the count of what is under way at each backend; a stream counts as one request, as long as it is open. A request whose reply is lost stays counted there, as a connection does that nobody closes.
 */
import type { Balancer } from '../model/kinds/balancer';
import type { Component } from '../model/scenario';
import { MessageKind, PolicyAct, RecordKind } from '../model/trace';
import { Backend, type BackendObserver } from './backend';
import { chooserFor, type Choose } from './balancing';
import type { Definition, Instance } from './driver';
import type { LinkNode } from './link-node';
import { Message, replyOf } from './message';
import { Node } from './node';
import { RateLimit } from './policies/rate-limit';
import { isServerFault, type Status } from './status';
import { needsGrpc } from './streaming/begin-stream';
import { hearStream } from './streaming/hear-stream';
import { NOBODY, relayStream } from './streaming/stream-relay';
import type { World } from './world';

interface Pending {
  readonly message: Message;
  readonly backend: Backend;
  readonly onward: Message;
}

export class BalancerNode extends Node implements BackendObserver {
  override readonly takesCalls = true;
  override readonly takesStreams = true;
  private machine!: Instance;
  private backends: Backend[] = [];
  private healthy: readonly Backend[] = [];
  private choose!: Choose;
  private rateLimit: RateLimit | undefined;
  /** By the id under which a request was handed on. */
  private readonly pending = new Map<number, Pending>();
  private readonly askEvent: number;
  private readonly downEvent: number;
  private readonly upEvent: number;

  constructor(
    world: World,
    place: number,
    override model: Balancer,
    private readonly definition: Definition,
    private readonly backendDefinition: Definition,
  ) {
    super(world, place, model.id);
    this.askEvent = definition.event('ask');
    this.downEvent = definition.event('backendDown');
    this.upEvent = definition.event('backendUp');
  }

  override connected(): void {
    const { world, model } = this;
    this.backends = world.topology.waysFrom(this).map((way, at) => new Backend(world, at, way, model, this.backendDefinition, this));
    this.healthy = this.backends;
    this.choose = chooserFor(model, this.backends, world.streams.stream(`${model.id}/choice`));
    this.limitRate();
    const actions = {
      forward: (message: unknown) => this.forward(message as Message),
      refuse: (message: unknown) => this.refuse(message as Message, 'UNAVAILABLE', `no backend of ${model.id} is healthy`),
    };
    this.machine = world.instance(this.definition, this.place, { backends: this.backends.length }, actions);
    for (const backend of this.backends) backend.rotationChanged();
  }

  override receive(message: Message): void {
    if (message.stream?.part) hearStream(message);
    else if (message.kind === MessageKind.request) this.ask(message);
    else if (message.kind === MessageKind.reply) this.handBack(message);
    else if (message.kind === MessageKind.cancel) this.calledOff(message);
    else if (message.kind === MessageKind.probeReply) this.backendAt(message).probeAnswered(message.status === undefined);
  }

  /** Passes it on to whoever works on the request, and waits for no reply. */
  override calledOff(word: Message): void {
    const { attempt } = word;
    for (const { message, backend, onward } of this.pending.values()) {
      if (message !== word && (!attempt || message.attempt !== attempt)) continue;
      this.pending.delete(onward.id);
      backend.requestCalledOff();
      this.record(RecordKind.answered, message, backend.index, this.now - message.arrivedAt);
      backend.way.cancel(onward, word.chain);
    }
  }

  private ask(request: Message): void {
    if (request.stream) request.stream.hop.server = NOBODY;
    const rateLimit = this.model.rateLimit && this.rateLimit;
    if (!rateLimit || rateLimit.take()) return this.machine.send(this.askEvent, request);
    rateLimit.record(PolicyAct.refused, request.request, request.id);
    this.refuse(request, 'RESOURCE_EXHAUSTED', `the rate limit of ${this.id} lets no more through`);
  }

  /** A limit that comes back goes on with the bucket that it had. */
  private limitRate(): void {
    const { rateLimit } = this.model;
    if (!rateLimit) return;
    if (this.rateLimit) this.rateLimit.change(rateLimit);
    else this.rateLimit = new RateLimit(this.world, { id: 'rateLimit', of: this, to: undefined }, rateLimit);
  }

  backendOut(backend: Backend): void {
    this.world.recorder.record(this.now, RecordKind.backendOut, this.place, 0, 0, backend.index, 0);
    this.healthy = this.backends.filter(({ isHealthy }) => isHealthy);
    this.machine.send(this.downEvent);
  }

  backendBack(backend: Backend): void {
    this.world.recorder.record(this.now, RecordKind.backendBack, this.place, 0, 0, backend.index, 0);
    this.healthy = this.backends.filter(({ isHealthy }) => isHealthy);
    this.machine.send(this.upEvent);
  }

  override rotationChanged(way: LinkNode): void {
    this.backends.find((backend) => backend.way === way)!.rotationChanged();
  }

  /** The next request is given away as the new policy says; what is under way stays where it is. */
  override change(model: Component): void {
    if (model.kind !== 'balancer') return;
    const { policy, choices, rateLimit } = this.model;
    this.model = model;
    if (model.policy !== policy || model.choices !== choices) {
      this.choose = chooserFor(model, this.backends, this.world.streams.stream(`${model.id}/choice`));
    }
    if (JSON.stringify(model.rateLimit) !== JSON.stringify(rateLimit)) this.limitRate();
    for (const backend of this.backends) backend.change(model);
  }

  /** Whoever asked waits in vain: the connections are gone, and with them what was known of the backends' load. */
  override crash(): void {
    for (const { message } of this.pending.values()) {
      const { request, id, arrivedAt } = message;
      this.world.recorder.record(this.now, RecordKind.abandoned, this.place, request.id, id, 1, this.now - arrivedAt);
      request.lostMessages++;
      this.world.suspect(request);
    }
    this.pending.clear();
    for (const backend of this.backends) backend.outstanding = 0;
  }

  private backendAt(message: Message): Backend {
    return this.backends.find(({ way }) => way === message.way!.opposite)!;
  }

  private forward(message: Message): void {
    const { world } = this;
    const backend = this.choose(this.healthy, message);
    const { way } = backend;
    if (message.stream && !way.speaksGrpc) return this.refuse(message, 'UNIMPLEMENTED', needsGrpc(this.id, way.to.id));
    const onward = new Message(world.nextMessageId++, MessageKind.request, message.request, message.chain, message.from, message.body);
    onward.call = message.call;
    onward.key = message.key;
    onward.attempt = message.attempt;
    onward.standsFor(message);
    if (message.stream) relayStream(world, message, onward, way);
    backend.outstanding++;
    this.pending.set(onward.id, { message, backend, onward });
    this.record(RecordKind.forwarded, message, backend.index, 0);
    way.send(onward);
  }

  private handBack(reply: Message): void {
    const pending = this.pending.get(reply.id);
    // A link may deliver a reply twice; the second finds nobody who waits.
    if (!pending) return;
    this.pending.delete(reply.id);
    const { message, backend } = pending;
    backend.requestEnded(!isServerFault(reply.status));
    this.record(RecordKind.answered, message, backend.index, this.now - message.arrivedAt);
    const onward = new Message(message.id, MessageKind.reply, message.request, reply.chain, reply.from, reply.body);
    onward.call = message.call;
    onward.stream = message.stream;
    onward.status = reply.status;
    onward.errorText = reply.errorText;
    onward.pushBackMicros = reply.pushBackMicros;
    message.way!.opposite.send(onward);
  }

  private refuse(message: Message, status: Status, why: string): void {
    this.record(RecordKind.refused, message, 0, 0);
    const reply = replyOf(message, this.id);
    reply.status = status;
    reply.errorText = why;
    message.way!.opposite.send(reply);
  }
}
