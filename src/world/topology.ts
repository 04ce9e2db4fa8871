/** Who is linked to whom in a running world. */
import type { Service } from '../model/kinds/service';
import type { LinkNode } from './link-node';
import { serviceOf } from '../model/replicas';
import type { ServiceNode } from './service-node';
import type { Node } from './node';
import { ReplicaWays } from './replica-ways';
import type { Streams } from '../sim/streams';

export class Topology {
  private readonly byId = new Map<string, Node>();
  /** The ways that a scenario names; their opposites carry answers only. */
  private readonly namedWays: LinkNode[] = [];
  private readonly ways: LinkNode[] = [];

  get nodes(): Iterable<Node> {
    return this.byId.values();
  }

  addNode(node: Node): void {
    this.byId.set(node.id, node);
  }

  addWay(way: LinkNode, name: 'forth' | 'back'): void {
    if (name === 'forth') this.namedWays.push(way);
    this.ways.push(way);
    way.from.ways.set(way.to.id, way);
  }

  /** Once every way is there: whoever is linked to replicas can name their service. */
  nameServices(streams: Streams): void {
    for (const from of this.nodes) {
      const replicas = new Map<string, LinkNode[]>();
      for (const way of this.ways) {
        const service = serviceOf(way.to.id);
        if (way.from !== from || service === way.to.id) continue;
        replicas.set(service, [...(replicas.get(service) ?? []), way]);
      }
      for (const [service, ways] of replicas) {
        const { spread } = (ways[0]!.to as ServiceNode).model as Service;
        from.ways.set(service, new ReplicaWays(service, ways, spread, streams.stream(`${from.id}>${service}/replica`)));
      }
    }
  }

  find(id: string): Node | undefined {
    return this.byId.get(id);
  }

  /** Only for ids that reading the scenario has found. */
  node(id: string): Node {
    return this.byId.get(id)!;
  }

  /** Of a link of the scenario, by its index. */
  way(link: number, name: 'forth' | 'back'): LinkNode {
    return this.ways[2 * link + (name === 'forth' ? 0 : 1)]!;
  }

  waysFrom(node: Node): LinkNode[] {
    return this.namedWays.filter((way) => way.from === node);
  }

  waysTo(node: Node): LinkNode[] {
    return this.ways.filter((way) => way.to === node);
  }

  /** The ways by which others ask something of a component. */
  waysInto(node: Node): LinkNode[] {
    return this.namedWays.filter((way) => way.to === node);
  }

  /** The one queue that delivers to this component, if there is exactly one. */
  replyQueueOf(node: Node): string | undefined {
    const queues = this.namedWays.filter((way) => way.to === node && way.from.model.kind === 'queue');
    return queues.length === 1 ? queues[0]!.from.id : undefined;
  }

  whyNoWay(from: Node, target: string, verb: 'call' | 'send' | 'publish' | 'stream'): string {
    const wanted = { call: 'a service', stream: 'a service', send: 'a queue', publish: 'a topic' }[verb];
    if (![...this.byId.keys()].some((id) => id === target || serviceOf(id) === target)) return `there is no component ${target}`;
    return from.ways.has(target) ? `${target} is not ${wanted}: ctx.${verb} needs one` : `no link leads from ${from.id} to ${target}`;
  }
}
