/** A client: makes load, open (arrivals) or closed (users), and decides how its requests ended. */
import type { Client } from '../model/kinds/client';
import type { Component } from '../model/scenario';
import type { Micros } from '../model/time';
import { Outcome } from '../model/outcome';
import { MessageKind } from '../model/trace';
import { rampSampler } from '../sim/ramp';
import { makeSampler, sampleArrivalGap } from '../sim/sample';
import { NO_TIMER, type Timer } from '../sim/kernel';
import type { Stream } from '../sim/streams';
import { PLAIN_CALL, type Call, type CallObserver, type CallOptions } from './call';
import { ClientRequest, type Answered } from './client-request';
import type { Definition, Instance } from './driver';
import { bringAbout } from './effect';
import { EventKind } from './event-kind';
import { Invocation, type InvocationOwner } from './invocation';
import type { Message } from './message';
import { Node } from './node';
import { beginCall } from './policies/begin-call';
import { outcomeOf, type CallFailed } from './status';
import type { Way } from './way';
import { hearStream } from './streaming/hear-stream';
import type { World } from './world';

export class ClientNode extends Node implements InvocationOwner, CallObserver, Answered {
  private readonly machine: Instance;
  private readonly startEvent: number;
  private readonly settleEvent: number;
  private readonly arrivals: Stream;
  private arrived = 0;
  /** Since when the arrivals are as they are, and the next of them. */
  private since: Micros = 0;
  private nextArrival: Timer = NO_TIMER;
  /** Of a ramp, when the next one comes since it began. */
  private nextOfRamp: ((source: Stream) => Micros) | undefined;
  /** Requests that could not start, because the client was paused or down. */
  private missed = 0;
  /** The way of a client without code: it calls what is at the end. */
  private callWay: Way | undefined;
  private callOptions: CallOptions = PLAIN_CALL;
  private think: ((source: Stream) => number) | undefined;

  constructor(
    world: World,
    place: number,
    override model: Client,
    definition: Definition,
  ) {
    super(world, place, model.id);
    this.arrivals = world.streams.stream(`${model.id}/arrivals`);
    this.machine = world.instance(definition, place, {}, {});
    this.startEvent = definition.event('start');
    this.settleEvent = definition.event('settle');
  }

  override connected(): void {
    const { calls, arrivals } = this.model;
    if (calls !== undefined) this.callWay = this.ways.get(calls);
    if (this.callWay) this.callOptions = this.callDefaults(this.callWay);
    if (arrivals.kind === 'closed') {
      this.think = makeSampler(arrivals.thinkTime);
      for (let user = 0; user < arrivals.users; user++) this.thinkThenAsk();
    } else this.planArrival();
  }

  /** The kernel's event: a request arrives. */
  arrive(): void {
    this.arrived++;
    const { arrivals } = this.model;
    if (arrivals.kind === 'bursts') for (let extra = 1; extra < arrivals.size; extra++) this.startRequest();
    if (arrivals.kind !== 'closed') this.planArrival();
    this.startRequest();
  }

  override callDefaults(way: Way): CallOptions {
    return this.model.policies.length === 0 ? PLAIN_CALL : this.world.callPolicies.optionsFor(way, this.model.policies);
  }

  /** Other arrivals begin now; the one that was planned does not come. */
  override change(model: Component): void {
    if (model.kind !== 'client') return;
    const { arrivals } = model;
    this.model = model;
    this.world.kernel.cancel(this.nextArrival);
    this.since = this.now;
    this.nextOfRamp = undefined;
    this.arrived = arrivals.kind === 'list' ? arrivals.atMicros.filter((at) => at <= this.now).length : 0;
    this.planArrival();
  }

  override receive(message: Message): void {
    if (message.kind === MessageKind.confirm || message.kind === MessageKind.nack) {
      message.ticket?.confirmed(message, this.now);
      return;
    }
    if (message.call) {
      message.call.replied(message);
      return;
    }
    if (message.stream) {
      hearStream(message);
      return;
    }
    this.settleDelivery(message, 'ack');
    this.matchReply(message);
    if (message.effect) bringAbout(message.effect, message, true);
  }

  invocationEnded(invocation: Invocation, ok: boolean, value: unknown): void {
    if (ok) this.answered(invocation.request);
    else {
      this.world.journal.handlerFailed(this, invocation.request, value);
      this.end(invocation.request, outcomeOf(value));
    }
  }

  callAnswered(call: Call, reply: Message): void {
    call.request.chain.follow(reply.chain);
    this.answered(call.request);
  }

  callFailed(call: Call, error: CallFailed): void {
    call.request.chain.follow(call.chain);
    this.end(call.request, outcomeOf(error));
  }

  effectsAreThere(request: ClientRequest): void {
    this.end(request, Outcome.ok);
  }

  effectsFailed(request: ClientRequest, outcome: Outcome): void {
    this.end(request, outcome);
  }

  checkHope(request: ClientRequest): void {
    this.world.suspect(request);
  }

  /** Whoever asked has gone with the process: the requests can never end well, except those that need nobody any more. Nobody arrives until it is back, except its users. */
  override crash(): void {
    for (const request of this.world.openRequests.of(this.place)) if (!request.answered) this.end(request, Outcome.lost);
  }

  override restart(): void {
    const { missed } = this;
    this.missed = 0;
    if (this.think) for (let user = 0; user < missed; user++) this.thinkThenAsk();
  }

  override resume(): void {
    const { missed } = this;
    this.missed = 0;
    for (let start = 0; start < missed; start++) this.startRequest();
  }

  private startRequest(): void {
    if (this.availability?.isUp === false) {
      this.missed++;
      return;
    }
    const request = this.world.startRequest(this);
    this.machine.send(this.startEvent);
    if (this.callWay) {
      request.hold(this.now);
      const { world, callWay: way, callOptions: options } = this;
      beginCall({ world, request, chain: request.chain, way, body: undefined, options, observer: this, span: undefined }, -1);
      return;
    }
    new Invocation(this.world, this, request, request.chain, undefined).start(this.handlers.onTick!, undefined);
  }

  /** Its own part is over, and its user goes on. The request is over when its effects are there too. */
  private answered(request: ClientRequest): void {
    if (request.effects === 0) this.end(request, Outcome.ok);
    else if (!request.decided) {
      this.world.accept(request, this.now);
      request.goOn(this, this.now);
      if (this.think) this.thinkThenAsk();
    }
  }

  private end(request: ClientRequest, outcome: Outcome): void {
    if (request.decided) return;
    this.machine.send(this.settleEvent);
    this.world.endRequest(request, outcome);
    if (this.think && !request.answered) this.thinkThenAsk();
  }

  private thinkThenAsk(): void {
    this.world.kernel.schedule(this.think!(this.arrivals), EventKind.arrival, this);
  }

  private planArrival(): void {
    const { arrivals } = this.model;
    switch (arrivals.kind) {
      case 'poisson':
        if (arrivals.perSecond > 0) this.planIn(sampleArrivalGap(arrivals.perSecond, this.arrivals));
        return;
      case 'constant':
        // From the start, not from the last arrival: rounding to whole microseconds must not change the rate.
        if (arrivals.perSecond > 0) this.planAt(this.since + Math.round(((this.arrived + 1) * 1e6) / arrivals.perSecond));
        return;
      case 'ramp':
        this.planAt(this.since + (this.nextOfRamp ??= rampSampler(arrivals))(this.arrivals));
        return;
      case 'bursts':
        this.planAt(this.since + this.arrived * arrivals.everyMicros);
        return;
      case 'list': {
        const at = arrivals.atMicros[this.arrived];
        if (at !== undefined) this.planAt(at);
        return;
      }
      case 'closed':
    }
  }

  private planAt(atMicros: number): void {
    this.planIn(Math.max(0, atMicros - this.now));
  }

  private planIn(micros: Micros): void {
    this.nextArrival = this.world.kernel.schedule(micros, EventKind.arrival, this);
  }
}
