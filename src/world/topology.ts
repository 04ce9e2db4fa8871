/** Who is linked to whom in a running world. */
import type { LinkNode } from './link-node';
import type { Node } from './node';

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

  /** Only for ids that reading the scenario has found. */
  node(id: string): Node {
    return this.byId.get(id)!;
  }

  waysFrom(node: Node): LinkNode[] {
    return this.namedWays.filter((way) => way.from === node);
  }

  waysTo(node: Node): LinkNode[] {
    return this.ways.filter((way) => way.to === node);
  }

  /** The one queue that delivers to this component, if there is exactly one. */
  replyQueueOf(node: Node): string | undefined {
    const queues = this.namedWays.filter((way) => way.to === node && way.from.model.kind === 'queue');
    return queues.length === 1 ? queues[0]!.from.id : undefined;
  }

  whyNoWay(from: Node, target: string, verb: 'call' | 'send' | 'publish'): string {
    const wanted = { call: 'a service', send: 'a queue', publish: 'a topic' }[verb];
    if (!this.byId.has(target)) return `there is no component ${target}`;
    return from.ways.has(target) ? `${target} is not ${wanted}: ctx.${verb} needs one` : `no link leads from ${from.id} to ${target}`;
  }
}
