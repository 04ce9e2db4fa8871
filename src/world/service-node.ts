/** A service: workers, a bounded waiting line, and the work of each request. The `service` machine decides who waits and who is refused. */
import type { Service } from '../model/kinds/service';
import type { Store } from '../model/kinds/store';
import { replicaNumber } from '../model/replicas';
import { Abandoned, MessageKind, RecordKind } from '../model/trace';
import type { Component } from '../model/scenario';
import type { Micros } from '../model/time';
import { InvariantBroken } from '../sim/assert';
import { makeSampler } from '../sim/sample';
import type { RandomSource } from '../sim/streams';
import type { Definition, Instance } from './driver';
import { bringAbout } from './effect';
import { EventKind } from './event-kind';
import { Gate } from './gate';
import { Invocation, type InvocationOwner } from './invocation';
import { probeReplyOf, replyOf, type Message } from './message';
import { Node } from './node';
import { Door } from './policies/door';
import { noRoom, refuse } from './refuse';
import { fillReply } from './reply';
import { Answered } from './status';
import { errorOf } from './tracing/tracer';
import { hearStream } from './streaming/hear-stream';
import { handlerName, viewOf } from './views';
import { WaitingLine } from './waiting-line';
import type { World } from './world';

export class ServiceNode extends Node implements InvocationOwner {
  override readonly takesCalls: boolean = true;
  override readonly takesStreams: boolean = true;
  protected readonly machine: Instance;
  protected readonly doneEvent: number;
  private readonly arriveEvent: number;
  private readonly crashEvent: number;
  private readonly configureEvent: number;
  private readonly fillEvent: number;
  /** A worker's machine is made when it first serves: of ten thousand workers most never do. */
  private readonly workers: (Instance | undefined)[] = [];
  private readonly workerEvents: Readonly<Record<'take' | 'work' | 'worked' | 'release', number>>;
  private readonly freeWorkers: number[] = [];
  private readonly serving: (Message | undefined)[] = [];
  private readonly waiting: WaitingLine;
  private door: Door | undefined = undefined;
  private readonly gate: Gate | undefined;
  private sample: ((source: RandomSource) => Micros) | undefined;

  constructor(
    world: World,
    place: number,
    override model: Service | Store,
    definition: Definition,
    private readonly workerDefinition: Definition,
  ) {
    super(world, place, model.id);
    this.sample = model.work && makeSampler(model.work);
    this.gate = model.kind === 'service' ? Gate.of(model) : undefined;
    this.waiting = new WaitingLine(model.discipline);
    this.machine = world.instance(definition, place, { workers: model.workers, waitingLimit: model.waitingLimit }, this.actions());
    this.arriveEvent = definition.event('arrive');
    this.doneEvent = definition.event('done');
    this.crashEvent = definition.event('crash');
    this.configureEvent = definition.event('configure');
    this.fillEvent = definition.event('fill');
    this.workerEvents = {
      take: workerDefinition.event('take'),
      work: workerDefinition.event('work'),
      worked: workerDefinition.event('worked'),
      release: workerDefinition.event('release'),
    };
    this.hire(model.workers);
  }

  override connected(): void {
    const policies = this.model.kind === 'service' ? this.model.policies : [];
    if (policies.length > 0) this.door = new Door(this.world, this, policies);
  }

  override receive(message: Message): void {
    if (message.kind === MessageKind.confirm || message.kind === MessageKind.nack) message.ticket?.confirmed(message, this.now);
    else if (message.kind === MessageKind.reply && message.call) message.call.replied(message);
    else if (message.stream && message.kind !== MessageKind.request) hearStream(message);
    else if (message.kind === MessageKind.reply) {
      this.settleDelivery(message, 'ack');
      this.matchReply(message);
    } else if (message.kind === MessageKind.probe) message.way!.opposite.send(probeReplyOf(message, this.id));
    else if (message.kind === MessageKind.records) message.log!.fetch!.reader.receive(message);
    else if (message.kind === MessageKind.groupAnswer) message.log!.group!.member.receive(message);
    else if (message.kind === MessageKind.cancel) this.calledOff(message);
    else {
      message.attempt?.arrived(message, this.stop);
      const refusal = this.gate?.refusal(message) ?? this.door?.refusal(message);
      if (refusal) return refuse(this.world, this, message, refusal);
      this.machine.send(this.arriveEvent, message);
    }
  }

  /** A record that the service itself has fetched from a topic. */
  handOver(delivery: Message): void {
    this.machine.send(this.arriveEvent, delivery);
  }

  /** The kernel's event: work that the scenario gives, instead of code, is done. */
  workDone(message: Message): void {
    message.chain.spend('ts', this.now);
    this.finish(message, true, undefined);
  }

  workStarted(message: Message, until: Micros): void {
    this.workers[message.worker]!.send(this.workerEvents.work);
    this.world.recorder.record(this.now, RecordKind.workStarted, this.place, message.request.id, message.id, message.worker, until);
  }

  workEnded(message: Message): void {
    if (message.worker >= 0) this.workers[message.worker]!.send(this.workerEvents.worked);
  }

  invocationEnded(invocation: Invocation, ok: boolean, value: unknown): void {
    const message = invocation.message!;
    message.chain.follow(invocation.chain);
    // A handler that stops because nobody waits, or answers with a status, does what it should.
    const isMeant = message.attempt?.stopped !== undefined || value instanceof Answered;
    if (!ok && !isMeant) this.world.journal.handlerFailed(this, invocation.request, value);
    this.finish(message, ok, value);
  }

  /** Nothing is in hand. */
  get isIdle(): boolean {
    return this.machine.context['busy'] === 0 && this.machine.context['waiting'] === 0;
  }

  /** Nobody waits for this request any more. What is in the line stays there until its turn comes. */
  private readonly stop = (message: Message): void => {
    const { invocation, workTimer, stopped } = message.attempt!;
    if (invocation) invocation.callOff(stopped!);
    else if (workTimer !== undefined && this.world.kernel.cancel(workTimer)) {
      message.request.hopes--;
      message.chain.spend('ts', this.now);
      this.finish(message, false, undefined);
    }
  };

  override crash(): void {
    this.door?.idempotency?.crash();
    this.machine.send(this.crashEvent);
    for (const message of [...this.serving]) {
      if (!message) continue;
      const { worker } = message;
      this.releaseWorker(message);
      this.abandon(message, worker + 1);
    }
    for (let message = this.waiting.next(); message; message = this.waiting.next()) {
      message.request.hopes--;
      this.abandon(message, Abandoned.waiting);
    }
  }

  /** The process that had it is gone. A broker sees its connection close and takes back what it has delivered. */
  protected abandon(message: Message, detail: number): void {
    const { request } = message;
    this.record(RecordKind.abandoned, message, detail, this.now - message.arrivedAt);
    message.attempt?.over();
    this.world.tracer?.handlingEnds(message, 'UNAVAILABLE');
    request.lostMessages++;
    if (message.kind === MessageKind.message) this.settleDelivery(message, 'nack');
    this.world.suspect(request);
  }

  /** Workers that are too many finish what they do; new ones take those who wait. */
  override change(model: Component): void {
    if (model.kind !== 'service' && model.kind !== 'store') return;
    if (model.kind === 'service') this.lifecycle?.want(replicaNumber(this.id) <= model.replicas);
    this.freeWorkers.splice(0, Infinity, ...this.freeWorkers.filter((worker) => worker < model.workers));
    const before = this.model.workers;
    this.model = model;
    this.sample = model.work && makeSampler(model.work);
    for (let worker = Math.min(model.workers, this.workers.length) - 1; worker >= before; worker--) {
      if (!this.serving[worker]) this.freeWorkers.push(worker);
    }
    this.hire(model.workers);
    this.machine.send(this.configureEvent, model);
    while (this.freeWorkers.length > 0 && this.lineLength > 0) this.machine.send(this.fillEvent);
    this.machine.send(this.configureEvent, model);
  }

  /** Makes worker slots up to so many. The first one is the next to serve. */
  private hire(workers: number): void {
    const first = this.workers.length;
    for (let worker = first; worker < workers; worker++) {
      this.workers.push(undefined);
      this.serving.push(undefined);
    }
    for (let worker = workers - 1; worker >= first; worker--) this.freeWorkers.push(worker);
  }

  /** What the machine's actions do. */
  protected actions(): Record<string, (payload: unknown) => void> {
    return {
      serve: (message) => this.serve(message as Message, 0),
      join: (message) => this.join(message as Message),
      refuse: (message) => this.refuse(message as Message),
      serveNext: () => this.serveNext(),
    };
  }

  /** Puts a message into the line; how many wait then. */
  protected lineUp(message: Message, priority: number): number {
    this.waiting.push(message, priority);
    return this.lineLength;
  }

  protected get lineLength(): number {
    return this.waiting.length;
  }

  private join(message: Message): void {
    const priority = this.model.discipline === 'priority' ? this.world.priorityOf(message.request) : 0;
    message.request.hopes++;
    this.record(RecordKind.joined, message, priority, this.lineUp(message, priority));
  }

  private refuse(message: Message): void {
    this.door?.left(0);
    refuse(this.world, this, message, noRoom(`the waiting line of ${this.id} is full`));
  }

  private serveNext(): void {
    const message = this.waiting.next();
    if (message === undefined) throw new InvariantBroken(`${this.id} serves the next of an empty line`);
    message.request.hopes--;
    this.serve(message, this.now - message.arrivedAt);
  }

  protected serve(message: Message, waited: Micros): void {
    const { now } = this;
    const worker = this.takeWorker(message);
    message.chain.spend('td', now);
    this.record(RecordKind.workerTaken, message, worker, waited);
    this.world.tracer?.handlingStarts(message, this.place);
    if (message.attempt?.isVain(now)) return this.finish(message, false, undefined);
    const instead = this.door?.idempotency?.insteadOf(message);
    if (instead) return this.invoke(message).start(instead, undefined);
    if (this.sample) {
      const { request } = message;
      const drawn = this.sample(this.serviceTimes.at(request.id, request.nextDraw(this.place)));
      const micros = this.availability ? this.availability.work.lengthOf(drawn) : drawn;
      message.until = now + micros;
      this.workStarted(message, message.until);
      request.hopes++;
      const timer = this.world.kernel.schedule(micros, EventKind.workDone, message);
      if (message.attempt?.message === message) message.attempt.workTimer = timer;
      return;
    }
    const name = handlerName(message);
    const handler = this.handlers[name];
    const invocation = this.invoke(message);
    if (message.attempt?.message === message) message.attempt.invocation = invocation;
    message.stream?.call.server.begins(invocation);
    if (handler) invocation.start(handler, viewOf(message));
    else invocation.settled(false, new Error(`${this.handlerFile} has no ${name}`));
  }

  protected invoke(message: Message): Invocation {
    return new Invocation(this.world, this, message.request, message.chain, message);
  }

  protected finish(message: Message, ok: boolean, value: unknown): void {
    if (message.kind === MessageKind.message) this.settleDelivery(message, ok ? 'ack' : 'nack');
    const reply = message.kind === MessageKind.message ? undefined : fillReply(this.world, replyOf(message, this.id), this, ok, value);
    if (reply && !message.attempt?.stopped) message.way!.opposite.send(reply);
    this.door?.idempotency?.ended(message, ok, value, reply);
    message.attempt?.over();
    message.stream?.call.server.close(undefined, undefined);
    this.world.tracer?.handlingEnds(message, message.attempt?.stopped ?? (ok ? undefined : errorOf(value)));
    message.taint?.judge(ok);
    this.door?.left(this.now - message.arrivedAt);
    this.record(RecordKind.workerFreed, message, message.worker, this.now - message.arrivedAt);
    this.releaseWorker(message);
    this.machine.send(this.doneEvent);
    if (message.log) message.log.delivery?.source.handled(ok);
    if (message.effect) bringAbout(message.effect, message, ok);
    this.lifecycle?.checkIdle();
  }

  protected takeWorker(message: Message): number {
    const worker = this.freeWorkers.pop();
    if (worker === undefined || this.serving[worker]) throw new InvariantBroken(`a worker of ${this.id} serves two things at once`);
    message.worker = worker;
    this.serving[worker] = message;
    (this.workers[worker] ??= this.workerDefinition.create({}, {})).send(this.workerEvents.take);
    return worker;
  }

  protected releaseWorker(message: Message): void {
    const { worker } = message;
    this.workers[worker]!.send(this.workerEvents.release);
    this.serving[worker] = undefined;
    message.worker = -1;
    if (worker < this.model.workers) this.freeWorkers.push(worker);
  }
}
