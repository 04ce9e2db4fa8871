/**
 * A component as a producer of a topic that says how to publish: each record is sent until it is confirmed, its retries are used up, or its
 * time for delivery is over. An idempotent producer numbers its records, partition by partition; when it has to give one up, it begins a
 * new epoch and numbers those that are left anew (KIP-360).
 * It sends them in their order: while one waits to be tried again, those behind it wait too, and five at most are on the way at once
 * (max.in.flight.requests.per.connection; here of a partition). Others send whenever they like.
 * Not modelled: batches and linger.ms, transactions.
 */
import type { Node } from '../node';
import type { Publishing } from './publishing';
import type { TopicNode } from './topic-node';
import type { SequenceNumber } from './producer-ledger';

const IN_FLIGHT = 5;

export class Producer {
  private epoch = 0;
  private readonly next: number[];
  /** By partition, in the order of their numbers: what is not decided yet. */
  private readonly open: Publishing[][];

  constructor(
    readonly topic: TopicNode,
    private readonly id: number,
    /** Whose process it is a part of: another process is another producer. */
    readonly incarnation: number,
  ) {
    this.next = Array<number>(topic.model.partitions).fill(0);
    this.open = this.next.map(() => []);
  }

  begin(publishing: Publishing): SequenceNumber | undefined {
    if (!this.topic.model.producer!.idempotent) return undefined;
    this.open[publishing.partition]!.push(publishing);
    return this.number(publishing.partition);
  }

  end(publishing: Publishing, ok: boolean): void {
    if (!this.topic.model.producer!.idempotent) return;
    const open = this.open[publishing.partition]!;
    open.splice(open.indexOf(publishing), 1);
    if (ok) {
      this.pump(publishing.partition);
      return;
    }
    this.epoch++;
    this.next.fill(0);
    for (const left of this.open.flat()) left.renumber(this.number(left.partition));
    for (const partition of this.open.keys()) this.pump(partition);
  }

  /** Sends it as soon as its turn has come. */
  send(publishing: Publishing): void {
    if (this.topic.model.producer!.idempotent) this.pump(publishing.partition);
    else publishing.go();
  }

  private pump(partition: number): void {
    for (const publishing of this.open[partition]!.slice(0, IN_FLIGHT)) if (!publishing.go()) return;
  }

  private number(partition: number): SequenceNumber {
    return { producer: this.id, epoch: this.epoch, sequence: this.next[partition]!++ };
  }
}

/** The producers of a topic, one for each process that publishes. */
export class Producers {
  private readonly byNode = new Map<Node, Producer>();
  private count = 0;

  constructor(private readonly topic: TopicNode) {}

  of(node: Node): Producer {
    let producer = this.byNode.get(node);
    if (producer?.incarnation !== node.incarnation) {
      producer = new Producer(this.topic, ++this.count, node.incarnation);
      this.byNode.set(node, producer);
    }
    return producer!;
  }
}
