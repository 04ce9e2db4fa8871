/** The scenario's list of faults at work: each begins and ends at its time, at the components and ways of links that it is about. */
import { FaultVerb, type BrokerFault, type Fault, type FaultyLink } from '../model/faults/fault';
import type { LiveChange } from '../model/faults/live';
import type { Service } from '../model/kinds/service';
import { replicaNumber } from '../model/replicas';
import type { Component, Scenario } from '../model/scenario';
import { RecordKind } from '../model/trace';
import type { Definition } from './driver';
import { EventKind } from './event-kind';
import { Lifecycle } from './lifecycle';
import type { LinkNode } from './link-node';
import type { Node } from './node';
import { Rollout } from './rollout';
import { ServiceNode } from './service-node';
import type { TopicNode } from './topic/topic-node';
import type { World } from './world';

/** Whether anything happens to a component or a link but what its messages do. */
export function hasTrouble({ faults, components }: Scenario): boolean {
  return faults.length > 0 || components.some((component) => component.kind === 'service' && component.idleMicros !== undefined);
}

export class FaultPlan {
  private readonly ways = new Map<string, LinkNode>();

  constructor(
    private readonly world: World,
    private readonly scenario: Scenario,
  ) {}

  isAboutComponent(component: Component): boolean {
    const { id } = component;
    if (this.scenario.faults.some((fault) => fault.kind === 'component' && fault.components.includes(id))) return true;
    return component.kind === 'service' && this.hasLifecycle(component);
  }

  /** Once every component and way is there. */
  giveLifecycles(definition: Definition): void {
    for (const node of this.world.topology.nodes) {
      const { model } = node;
      if (!(node instanceof ServiceNode) || model.kind !== 'service' || !this.hasLifecycle(model)) continue;
      const isWanted = replicaNumber(model.id) <= model.replicas;
      node.lifecycle = new Lifecycle(this.world, node, definition, isWanted, (file) => (node.handlerFile = file));
    }
  }

  /** Whether its process is stopped and started otherwise than at once. */
  private hasLifecycle({ id, startMicros, replicas, idleMicros }: Service): boolean {
    const { faults, liveChanges } = this.scenario;
    const isAbout = (fault: Fault): boolean => {
      if (fault.kind === 'deploy') return fault.components.includes(id);
      return fault.kind === 'component' && fault.trouble.verb === 'crash' && startMicros > 0 && fault.components.includes(id);
    };
    const scales = (change: LiveChange): boolean =>
      change.kind === 'component' && change.value.id === id && change.value.kind === 'service' && change.value.replicas !== replicas;
    return idleMicros !== undefined || faults.some(isAbout) || liveChanges.some(scales);
  }

  isAboutWay(link: number, way: 'forth' | 'back'): boolean {
    const { faults, liveChanges } = this.scenario;
    if (liveChanges.some((change) => change.kind === 'link' && change.index === link)) return true;
    return faults.some((fault) => fault.kind === 'link' && fault.links.some((faulty) => faulty.link === link && faulty[way]));
  }

  addWay(link: number, name: 'forth' | 'back', way: LinkNode): void {
    this.ways.set(`${link} ${name}`, way);
  }

  /** Before anything else is scheduled: of two things at one instant the fault is first. */
  schedule(): void {
    const { kernel } = this.world;
    for (const fault of this.scenario.faults) {
      kernel.schedule(fault.atMicros, EventKind.tick, { tick: () => this.begin(fault) });
    }
    for (const change of this.scenario.liveChanges) kernel.schedule(change.atMicros, EventKind.tick, { tick: () => this.apply(change) });
  }

  private begin(fault: Fault): void {
    const { kernel } = this.world;
    if (fault.kind === 'deploy') return new Rollout(this.world, fault, this.nodesOf(fault.components)).goOn();
    this.record(RecordKind.faultStarted, fault, fault.untilMicros ?? -1);
    if (fault.kind === 'component')
      for (const node of this.nodesOf(fault.components)) node.availability!.begin(fault.trouble, fault.untilMicros ?? Infinity);
    else if (fault.kind === 'broker') this.topicOf(fault).replication!.crash(fault.broker);
    else if (fault.kind === 'link') for (const way of this.waysOf(fault.links)) way.disturbance!.begin(fault.trouble);
    if (fault.untilMicros !== undefined) kernel.schedule(fault.untilMicros - kernel.now, EventKind.tick, { tick: () => this.end(fault) });
  }

  private end(fault: Fault): void {
    this.record(RecordKind.faultEnded, fault, 0);
    if (fault.kind === 'component') for (const node of this.nodesOf(fault.components)) node.availability!.end(fault.trouble);
    else if (fault.kind === 'broker') this.topicOf(fault).replication!.restart(fault.broker);
    else if (fault.kind === 'link') for (const way of this.waysOf(fault.links)) way.disturbance!.end(fault.trouble);
  }

  private topicOf({ components: [id] }: BrokerFault): TopicNode {
    return this.world.topology.node(id) as TopicNode;
  }

  private apply(change: LiveChange): void {
    if (change.kind === 'component') return this.world.topology.node(change.value.id).change(change.value);
    for (const way of ['forth', 'back'] as const) this.ways.get(`${change.index} ${way}`)!.change(change.value[way]);
  }

  private record(kind: RecordKind, fault: Fault, value: number): void {
    const { kernel, recorder } = this.world;
    for (const place of this.placesOf(fault)) {
      recorder.record(kernel.now, kind, place, 0, fault.index, FaultVerb[fault.trouble.verb], value);
    }
  }

  private placesOf(fault: Fault): number[] {
    const ofNodes = fault.kind === 'link' ? [] : this.nodesOf(fault.components).map(({ place }) => place);
    const links = fault.kind === 'set' ? fault.links.map((link) => ({ link, forth: true, back: true })) : [];
    const ways = this.waysOf(fault.kind === 'link' ? fault.links : links);
    return [...ofNodes, ...ways.map(({ place }) => place)];
  }

  private nodesOf(components: readonly string[]): Node[] {
    return components.map((id) => this.world.topology.node(id));
  }

  private waysOf(links: readonly FaultyLink[]): LinkNode[] {
    return links.flatMap(({ link, ...ways }) =>
      (['forth', 'back'] as const).filter((way) => ways[way]).map((way) => this.ways.get(`${link} ${way}`)!),
    );
  }
}
