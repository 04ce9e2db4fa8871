/** What `ctx.publish`, `ctx.commit` and `ctx.seek` do. */
import { copyValue } from '../../handlers/copy-value';
import { MessageKind } from '../../model/trace';
import type { VirtualPromise } from '../../sim/virtual-promise';
import { readOffset, readPublishOptions } from '../call-options';
import { Effect } from '../effect';
import type { Invocation } from '../invocation';
import { Message } from '../message';
import { Operation } from '../operation';
import { CallFailed } from '../status';
import type { SpanKey } from '../tracing/trace-ids';
import type { Confirmable } from '../ticket';
import { Publishing } from './publishing';
import { PublishTicket, type PublishTicketView } from './publish-ticket';
import { PartitionReader } from './partition-reader';
import { TopicNode } from './topic-node';

/** @param span in which it is published */
export function publish(invocation: Invocation, target: string, body: unknown, options: unknown, span: () => SpanKey): PublishTicketView {
  const { world, node, request, chain } = invocation;
  const { now } = world.kernel;
  const topic = node.ways.get(target)?.to;
  const id = world.nextMessageId++;
  if (!(topic instanceof TopicNode)) {
    const ticket = new PublishTicket(invocation, id, -1);
    const refusal = new Message(id, MessageKind.nack, request, chain.copy(), node.id, undefined);
    refusal.status = 'UNAVAILABLE';
    refusal.errorText = world.topology.whyNoWay(node, target, 'publish');
    invocation.hold(now);
    ticket.confirmed(refusal, now);
    return ticket.view;
  }
  const { key, partition: wanted } = readPublishOptions(options, topic.model.partitions);
  const copy = copyValue(body);
  const partition = wanted ?? topic.partitionFor(node, key, copy);
  const ticket = new PublishTicket(invocation, id, partition);
  const message = new Message(id, MessageKind.message, request, chain.copy(), node.id, copy);
  message.log = { publication: { partition, key } };
  message.ticket = ticket;
  message.effect = new Effect(request);
  invocation.hold(now);
  world.tracer?.sendingStarts(message, span(), `publish ${target}`, node.place);
  const way = node.ways.get(target)!;
  const producer = topic.producers?.of(node);
  if (!producer) way.send(message);
  else if (topic.model.producer!.acks === 0) {
    way.send(message);
    ticket.sent(now);
  } else new Publishing(world, producer, node, way, message, ticket).begin();
  return ticket.view;
}

/** Without an offset: all up to the message in hand, itself included. */
export function commit(invocation: Invocation, offset: unknown): VirtualPromise {
  const { world, chain, request, node } = invocation;
  const reader = readerOf(invocation, 'ctx.commit');
  const offsets = new Map([
    [reader.partition, offset === undefined ? invocation.message!.log!.delivery!.record.offset + 1 : readOffset(offset)],
  ]);
  const operation = new CommitOperation(invocation, chain.copy(), 'td');
  invocation.hold(world.kernel.now);
  const message = new Message(world.nextMessageId++, MessageKind.commit, request, chain.copy(), node.id, undefined);
  reader.consumer.commit(message, offsets, operation);
  return operation.promise;
}

export function seek(invocation: Invocation, offset: unknown): void {
  readerOf(invocation, 'ctx.seek').seek(readOffset(offset));
}

function readerOf({ message }: Invocation, member: string): PartitionReader {
  const source = message?.log?.delivery?.source;
  if (source instanceof PartitionReader) return source;
  throw new CallFailed('INVALID_ARGUMENT', `${member} needs a message in hand that comes from a topic with retention`);
}

class CommitOperation extends Operation implements Confirmable {
  confirmed(answer: Message, now: number): void {
    this.invocation.release(now);
    this.chain.follow(answer.chain);
    if (answer.status) this.fail(new CallFailed(answer.status, answer.errorText));
    else this.succeed(undefined);
  }
}
