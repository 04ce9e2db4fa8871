/** What a broker's protocol adds to the messages on a connection: AMQP's for a queue or a topic that keeps nothing, Kafka's for a log. */
import type { Node } from '../node';
import type { Message } from '../message';
import { amqpBytes } from './amqp-bytes';
import { kafkaBytes } from './kafka-bytes';

/** How long a message is on the wire whose body has so many bytes. */
export type WireBytes = (message: Message, bodyBytes: number) => number;

/** For the connections between two components. */
export function wireBytesBetween(one: Node['model'], other: Node['model']): WireBytes {
  for (const [broker, { id }] of [
    [one, other],
    [other, one],
  ] as const) {
    if (broker.kind === 'topic' && broker.retention)
      return (message, bytes) => kafkaBytes(message, bytes, { topic: broker.id, client: id });
    if (broker.kind === 'queue' || broker.kind === 'topic') return (message, bytes) => amqpBytes(message, bytes, broker.id, id);
  }
  return (_message, bytes) => bytes;
}
