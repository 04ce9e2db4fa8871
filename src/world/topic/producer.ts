/**
 * A component as a producer of a topic that says how to publish: each record is sent until it is confirmed, its retries are used up, or its
 * time for delivery is over. An idempotent producer does so in the order of its records, by the rules of Kafka's (Sender, RecordAccumulator,
 * TransactionManager; KIP-98, KIP-360): a record gets its number when it is sent first; five at most are undecided at once
 * (max.in.flight.requests.per.connection; here of a partition); one that is tried again waits until all before it are decided, and those behind
 * it wait too, so what has to be repeated is repeated one by one.
 * A number that was sent and given up may be in the log or not: no new one is given until those on the way are decided. When one shows that the
 * number is missing (the broker finds the oldest too early), or nothing shows that it is there, a new epoch begins and numbers what is left anew.
 * Others send whenever they like.
 * Not modelled: batches and linger.ms, transactions. An epoch is of one partition; Kafka's is of the producer, whose other partitions take it
 * over as soon as they have nothing on the way.
 */
import type { Node } from '../node';
import type { Publishing } from './publishing';
import type { TopicNode } from './topic-node';

const IN_FLIGHT = 5;

/** What goes to one partition. */
interface Sequence {
  epoch: number;
  next: number;
  /** The last that was confirmed; −1 when none was. */
  confirmed: number;
  /** One that was sent is given up, and may be missing. */
  isUnresolved: boolean;
  /** What is not decided yet, in its order. Those that have a number come first. */
  readonly open: Publishing[];
}

export class Producer {
  private readonly sequences: readonly Sequence[];

  constructor(
    readonly topic: TopicNode,
    private readonly id: number,
    /** Whose process it is a part of: another process is another producer. */
    readonly incarnation: number,
  ) {
    const { partitions } = topic.model;
    this.sequences = Array.from({ length: partitions }, () => ({ epoch: 0, next: 0, confirmed: -1, isUnresolved: false, open: [] }));
  }

  begin(publishing: Publishing): void {
    if (this.isIdempotent) this.sequenceOf(publishing).open.push(publishing);
    this.send(publishing);
  }

  /** Sends it as soon as its turn has come. */
  send(publishing: Publishing): void {
    if (this.isIdempotent) this.pump(this.sequenceOf(publishing));
    else publishing.attempt();
  }

  end(publishing: Publishing, ok: boolean): void {
    if (!this.isIdempotent) return;
    const sequence = this.sequenceOf(publishing);
    const { open } = sequence;
    open.splice(open.indexOf(publishing), 1);
    const { number } = publishing;
    if (number?.epoch === sequence.epoch) {
      if (ok) sequence.confirmed = Math.max(sequence.confirmed, number.sequence);
      else sequence.isUnresolved = true;
    }
    if (sequence.isUnresolved && !open[0]?.number) {
      if (sequence.confirmed + 1 === sequence.next) sequence.isUnresolved = false;
      else this.beginEpoch(sequence);
    }
    this.pump(sequence);
  }

  /** Whether all before it are decided. */
  isOldest(publishing: Publishing): boolean {
    return this.isIdempotent && this.sequenceOf(publishing).open[0] === publishing;
  }

  /** The broker finds the oldest of a partition too early: what it waits for will not come. */
  missing({ partition }: Publishing): void {
    this.beginEpoch(this.sequences[partition]!);
  }

  private get isIdempotent(): boolean {
    return this.topic.model.producer!.idempotent;
  }

  private sequenceOf({ partition }: Publishing): Sequence {
    return this.sequences[partition]!;
  }

  private beginEpoch(sequence: Sequence): void {
    sequence.epoch++;
    sequence.next = 0;
    sequence.confirmed = -1;
    sequence.isUnresolved = false;
    for (const publishing of sequence.open) if (publishing.number) this.number(publishing, sequence);
  }

  private number(publishing: Publishing, sequence: Sequence): void {
    publishing.number = { producer: this.id, epoch: sequence.epoch, sequence: sequence.next++ };
  }

  private pump(sequence: Sequence): void {
    for (const publishing of sequence.open.slice(0, IN_FLIGHT)) {
      if (publishing.state === 'sent') continue;
      const isRetry = publishing.number !== undefined;
      if (publishing.state === 'backingOff' || (isRetry ? publishing !== sequence.open[0] : sequence.isUnresolved)) return;
      if (!isRetry) this.number(publishing, sequence);
      publishing.attempt();
    }
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
