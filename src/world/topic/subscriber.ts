/** A subscriber of a topic that keeps nothing: each record is sent to it once, and nobody asks whether it came. */
import { MessageKind, RecordKind } from '../../model/trace';
import type { LinkNode } from '../link-node';
import { Message } from '../message';
import type { LogRecord } from './log-record';
import type { RecordSource } from './log-traffic';
import type { TopicNode } from './topic-node';

export class Subscriber {
  constructor(
    private readonly topic: TopicNode,
    /** Of the group that it is by itself. */
    private readonly group: number,
    private readonly way: LinkNode,
    /** Counts the subscribers of the topic. */
    private readonly number: number,
  ) {}

  push(record: LogRecord): void {
    const { topic } = this;
    const { world } = topic;
    const slot = this.group * topic.model.partitions + record.partition;
    const note = (kind: RecordKind): void => {
      const { now } = world.kernel;
      world.recorder.record(now, kind, topic.place, record.request.id, record.offset, slot, now - record.appendedAt);
    };
    const delivery = new Message(record.message, MessageKind.message, record.request, record.chain.copy(), record.from, record.body);
    const source: RecordSource = { handled: (ok) => ok && note(RecordKind.handled) };
    delivery.effect = record.effect;
    delivery.log = { delivery: { record, receiver: this.number, number: 1, source } };
    note(RecordKind.delivered);
    this.way.send(delivery);
  }
}
