/** A scenario brought to life: its components and links on one kernel, and the life of every request. Machines decide, this acts. */
import type { HandlerExports } from '../handlers/load-module';
import { beginTurn } from '../handlers/handler-budget';
import { availabilityMachine, callMachine, lifecycleMachine, linkMachine, transactionMachine } from '../machines/index';
import { LIMITS } from '../model/limits';
import { httpSettingsOf } from '../model/kinds/connection';
import type { LinkWay } from '../model/kinds/link';
import type { Component, Scenario } from '../model/scenario';
import { Outcome, OUTCOME_NAMES } from '../model/outcome';
import type { Chart } from '../model/chart';
import { RecordKind, type Place } from '../model/trace';
import type { Micros } from '../model/time';
import { Kernel } from '../sim/kernel';
import type { Recorder } from '../sim/recorder';
import { Streams, type Stream } from '../sim/streams';
import { drainJobs, takeUnhandledRejections } from '../sim/virtual-promise';
import { AlertWatch } from './alerts/alert-watch';
import { AttackerNode } from './attack/attacker-node';
import { Availability } from './availability';
import { Call } from './call';
import type { ClientNode } from './client-node';
import { ClientRequest } from './client-request';
import type { Definition, Driver, Hooks, Instance } from './driver';
import { EventKind } from './event-kind';
import { FaultPlan, hasTrouble } from './fault-plan';
import { fire } from './fire';
import type { Turns } from './invocation';
import { Journal } from './journal';
import { LinkNode } from './link-node';
import { makeNode, placeOf } from './make-node';
import type { Message } from './message';
import type { Node } from './node';
import { OpenRequests } from './open-requests';
import { codeAt, ownerOf } from './owner';
import { CallPolicies } from './policies/call-policies';
import { Hedging } from './policies/hedging';
import { writeRow } from './request-row';
import { ServiceNode } from './service-node';
import { LimitMet } from './stop';
import { Topology } from './topology';
import { Instruments } from './instruments';
import { Spans } from './tracing/spans';
import { TraceIds } from './tracing/trace-ids';
import { Tracer } from './tracing/tracer';
import { ConnectedLinkNode } from './transport/connected-link-node';
import { connectLink } from './transport/connect-link';

const NO_HOOKS = {};

export class World {
  readonly kernel: Kernel;
  readonly streams: Streams;
  /** Chance of back-offs with jitter. */
  readonly backoffs: Stream;
  readonly topology = new Topology();
  readonly journal: Journal;
  readonly instruments: Instruments;
  readonly spans: Spans;
  /** Only where the scenario has some. */
  readonly alerts: AlertWatch | undefined;
  /** Only where the scenario asks for the spans of everything. */
  readonly tracer: Tracer | undefined;
  readonly callPolicies: CallPolicies;
  readonly hedging: Hedging;
  readonly callMachine: Definition;
  readonly transactionMachine: Definition;
  readonly callEvents: Readonly<Record<'begin' | 'reply' | 'error' | 'timeout' | 'backoffOver' | 'giveUp', number>>;
  readonly callHooks = {
    actions: {
      attempt: (call: unknown) => (call as Call).attempt(),
      backOff: (call: unknown) => (call as Call).backOff(),
      answer: (call: unknown) => (call as Call).answer(),
      fail: (call: unknown) => (call as Call).fail(),
    },
  };
  /** The handler file entered last. */
  position = '';
  /** Stands for no request: what components tell each other on their own account belongs to it. */
  readonly background = ClientRequest.none();
  nextMessageId = 1;
  nextCallId = 1;
  readonly places: Place[] = [];
  readonly chartOfPlace: number[] = [];
  private readonly definitions: Definition[] = [];
  readonly openRequests = new OpenRequests();
  private readonly suspects: ClientRequest[] = [];
  /** Handlers on event loops whose code has run in this event: once it can run no further, each gives its worker back. */
  readonly turns: Turns[] = [];
  private nextRequestId = 1;
  /** What belongs to no client's request, such as health checks, is sent in the name of this one; nobody counts it. */
  readonly noRequest = ClientRequest.none();
  private readonly faults: FaultPlan | undefined;

  constructor(
    readonly scenario: Scenario,
    seed: number,
    readonly recorder: Recorder,
    readonly driver: Driver,
    private readonly handlersOf: (component: Component) => HandlerExports,
  ) {
    this.kernel = new Kernel((kind, target) => this.dispatch(kind, target), {
      eventsAtOneInstant: LIMITS.eventsAtOneInstant,
      pending: LIMITS.openRequests,
    });
    this.journal = new Journal(this.kernel, recorder);
    this.instruments = new Instruments(this.kernel, recorder);
    this.spans = new Spans(this.kernel, recorder, new TraceIds(seed), scenario.tracing?.sample ?? 1);
    this.tracer = scenario.tracing && new Tracer(this.spans);
    this.callPolicies = new CallPolicies(this);
    this.hedging = new Hedging(this);
    this.streams = new Streams(seed);
    this.backoffs = this.streams.stream('call/backoff');
    this.callMachine = this.driver.define(callMachine);
    const event = (name: string) => this.callMachine.event(name);
    this.transactionMachine = this.driver.define(transactionMachine);
    this.callEvents = {
      begin: event('begin'),
      reply: event('reply'),
      error: event('error'),
      timeout: event('timeout'),
      backoffOver: event('backoffOver'),
      giveUp: event('giveUp'),
    };
    if (hasTrouble(scenario)) this.faults = new FaultPlan(this, scenario);
    // First and in the scenario's order, whatever parts a component brings along: a place below their number is a component's index.
    for (const component of scenario.components) this.addPlace(placeOf(component));
    for (const [place, component] of scenario.components.entries()) this.addComponent(component, place);
    scenario.links.forEach((link, index) => {
      const [from, to] = [this.topology.node(link.from), this.topology.node(link.to)];
      const { connection } = link;
      const Way = connection ? ConnectedLinkNode : LinkNode;
      const forth = this.addWay(Way, from, to, link.forth, index, 'forth');
      const back = this.addWay(Way, to, from, link.back, index, 'back');
      forth.opposite = back;
      back.opposite = forth;
      if (connection) connectLink(this, driver, { ...link, connection }, forth as ConnectedLinkNode, back as ConnectedLinkNode);
    });
    scenario.attackers.forEach((attacker, index) => new AttackerNode(this, index, attacker));
    this.topology.nameServices(this.streams);
    this.faults?.giveLifecycles(this.driver.define(lifecycleMachine));
    this.faults?.schedule();
    for (const node of this.topology.nodes) node.connected();
    this.alerts = scenario.alerts.length > 0 ? new AlertWatch(this) : undefined;
  }

  get charts(): readonly Chart[] {
    return this.definitions.map((definition) => ({ ...definition.chart, configurations: [...definition.chart.configurations] }));
  }

  /** A machine that belongs to a place; its changes of state are part of the trace. `subject` tells those of one place apart. */
  instance(
    definition: Definition,
    place: number,
    input: Record<string, unknown>,
    actions: Record<string, (payload: unknown) => void>,
    own?: Hooks,
    subject = 0,
  ): Instance {
    this.nameChart(definition, place);
    const stateChanged = (configuration: number): void => {
      this.recorder.record(this.kernel.now, RecordKind.stateChanged, place, 0, subject, configuration, 0);
      own?.stateChanged?.(configuration);
    };
    return definition.create(input, { ...own, actions, stateChanged });
  }

  /** Places of parts are added as the parts come to be. */
  addPlace(place: Place): number {
    return this.places.push(place) - 1;
  }

  /** Like `instance`, but without records: its state follows from what is on its way, which the trace tells. */
  silentInstance(definition: Definition, place: number): Instance {
    this.nameChart(definition, place);
    return definition.create({}, NO_HOOKS);
  }

  /** What its client says of it; all work done for the request inherits it. */
  priorityOf(request: ClientRequest): number {
    const client = this.scenario.components[request.client];
    return client?.kind === 'client' ? client.priority : 0;
  }

  startRequest(client: ClientNode): ClientRequest {
    if (this.openRequests.size >= LIMITS.openRequests) throw new LimitMet('problem.openRequests', { max: LIMITS.openRequests });
    const request = new ClientRequest(this.nextRequestId++, client.place, this.kernel.now);
    this.openRequests.add(request);
    this.recorder.record(this.kernel.now, RecordKind.requestStarted, client.place, request.id, 0, 0, 0);
    this.tracer?.requestStarts(request);
    return request;
  }

  /** The sender may go on. Only the first acceptance of a request counts. */
  accept(request: ClientRequest, now: Micros): void {
    if (request.acceptedAt >= 0 || request.decided) return;
    request.acceptedAt = now;
    this.recorder.record(now, RecordKind.requestAccepted, request.client, request.id, 0, 0, 0);
  }

  /** The request has ended at its client, or can never end. */
  endRequest(request: ClientRequest, given: Outcome): void {
    const { now } = this.kernel;
    const { deadlineMicros } = this.scenario;
    const late = given === Outcome.ok && deadlineMicros !== undefined && now - request.startedAt > deadlineMicros;
    const outcome = late ? Outcome.deadline : given;
    if (given === Outcome.ok) this.accept(request, now);
    request.outcome = outcome;
    this.openRequests.remove(request);
    this.recorder.record(now, RecordKind.requestEnded, request.client, request.id, 0, outcome, now - request.startedAt);
    writeRow(this.recorder, request, now);
    this.tracer?.requestEnds(request, outcome === Outcome.ok ? undefined : OUTCOME_NAMES[outcome]);
  }

  /** At the end of the run: those still in flight are counted and shown, never dropped. */
  closeBooks(endMicros: Micros): void {
    this.openRequests.forEach((request) => writeRow(this.recorder, request, endMicros));
    this.recorder.flush();
  }

  /** A request whose last hope is gone, by a lost message or an effect that nothing can bring about, is decided now, or at its deadline when it has one. */
  checkHope(request: ClientRequest): void {
    if (request.hopes > 0 || (request.lostMessages === 0 && !request.answered) || request.decided) return;
    const { deadlineMicros } = this.scenario;
    if (deadlineMicros === undefined) this.giveUp(request, request.answered ? request.failure : Outcome.lost);
    else {
      request.hopes++;
      this.kernel.schedule(Math.max(0, request.startedAt + deadlineMicros - this.kernel.now), EventKind.deadline, request);
    }
  }

  workStarted(node: Node, message: Message, until: Micros): void {
    if (node instanceof ServiceNode && message.worker >= 0) node.workStarted(message, until);
  }

  workEnded(node: Node, message: Message): void {
    if (node instanceof ServiceNode) node.workEnded(message);
  }

  /** A message of this request has just been lost: after the event it may have no hope left. */
  suspect(request: ClientRequest): void {
    this.suspects.push(request);
  }

  private dispatch(kind: number, target: unknown): void {
    if (this.faults && ownerOf(kind, target)?.availability?.postpones(target)) return;
    beginTurn(LIMITS.steps);
    const request = fire(this, kind, target);
    drainJobs();
    while (this.turns.length > 0) {
      this.turns.shift()!.turnOver();
      drainJobs();
    }
    const reasons = takeUnhandledRejections();
    if (reasons.length > 0) this.journal.unhandled(reasons, codeAt(kind, target));
    if (request !== undefined) {
      request.hopes--;
      if (request.lostMessages > 0 || request.answered) this.checkHope(request);
    }
    while (this.suspects.length > 0) this.checkHope(this.suspects.pop()!);
  }

  /** The caller waits for ever, and the picture shows it waiting: only the books are closed. */
  giveUp(request: ClientRequest, outcome: Outcome): void {
    if (request.decided) return;
    if (request.answered) request.answered.effectsFailed(request, outcome);
    else this.endRequest(request, outcome);
  }

  nameChart(definition: Definition, place: number): void {
    let chart = this.definitions.indexOf(definition);
    if (chart < 0) chart = this.definitions.push(definition) - 1;
    this.chartOfPlace[place] = chart;
  }

  private addComponent(component: Component, place: number): void {
    const node = makeNode(this, component, place, this.driver);
    node.handlerFile = 'handler' in component ? (component.handler ?? '') : '';
    const load = (): void => void (node.handlers = this.handlersOf(running(component, node.handlerFile)));
    load();
    if (this.faults?.isAboutComponent(component)) {
      node.availability = new Availability(this, node, this.driver.define(availabilityMachine), load);
    }
    this.topology.addNode(node);
  }

  private addWay(Way: typeof LinkNode, from: Node, to: Node, way: LinkWay, link: number, name: 'forth' | 'back'): LinkNode {
    const http = httpSettingsOf(this.scenario.links[link]!.connection);
    const place = this.addPlace({ kind: 'link', from: from.id, to: to.id, link, way: name, ...http });
    const hasFaults = this.faults?.isAboutWay(link, name) === true;
    const node = new Way(this, place, from, to, way, this.driver.define(linkMachine), hasFaults);
    this.topology.addWay(node, name);
    this.faults?.addWay(link, name, node);
    return node;
  }
}

/** The component as the version says that runs now. */
function running(component: Component, handlerFile: string): Component {
  return component.kind === 'service' && component.handler !== undefined ? { ...component, handler: handlerFile } : component;
}
