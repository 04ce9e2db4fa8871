/** What happens to a message that its receiver does not take in: the component is down, or the message is damaged. */
import { MessageKind, RecordKind, Refusal } from '../model/trace';
import { Message } from './message';
import type { Node } from './node';
import type { Status } from './status';
import type { World } from './world';

/** Hands a message to a component that is up. A checksum that is wrong turns it away. */
export function takeIn(world: World, node: Node, message: Message): void {
  if (!message.damaged) node.receive(message);
  else if (message.kind === MessageKind.reply && message.call) {
    message.body = undefined;
    message.status = 'DATA_LOSS';
    message.errorText = `the reply of ${message.from} was damaged on its way`;
    node.receive(message);
  } else turnAway(world, node, message, Refusal.damaged);
}

/**
 * Refuses a message as a host does on which nobody listens (TCP's RST), or a receiver whose checksum is wrong: whoever can be told is
 * told. A message of a queue goes back to it. An answer that cannot be used is as good as lost.
 */
export function turnAway(world: World, node: Node, message: Message, reason: Refusal): void {
  const { request, kind } = message;
  message.taint?.judge(false);
  const isQueue = node.model.kind === 'queue';
  const isArrival = isQueue
    ? kind === MessageKind.message || kind === MessageKind.reply
    : kind === MessageKind.request || kind === MessageKind.message;
  if (isArrival && node.model.kind !== 'client') {
    world.recorder.record(world.kernel.now, RecordKind.refused, node.place, request.id, message.id, reason, 0);
  }
  const status: Status = reason === Refusal.down ? 'UNAVAILABLE' : 'DATA_LOSS';
  const text = reason === Refusal.down ? `${node.id} is down` : `what reached ${node.id} was damaged on its way`;
  if (kind === MessageKind.probe) return answer(node, message, MessageKind.probeReply, status, text);
  if (kind === MessageKind.request) return answer(node, message, MessageKind.reply, status, text);
  if (message.delivery && !isQueue) return node.settleDelivery(message, 'nack');
  if (message.ticket && isQueue) return answer(node, message, MessageKind.nack, status, text);
  request.lostMessages++;
  world.suspect(request);
}

function answer(node: Node, message: Message, kind: MessageKind, status: Status, text: string): void {
  const refusal = new Message(message.id, kind, message.request, message.chain.copy(), node.id, undefined);
  refusal.call = message.call;
  refusal.stream = message.stream;
  refusal.ticket = message.ticket;
  refusal.status = status;
  refusal.errorText = text;
  message.way!.opposite.send(refusal);
}
