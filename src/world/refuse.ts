/** A service lets a request or a message in or not; who is not let in hears why, where anybody can be told. */
import type { Micros } from '../model/time';
import { MessageKind, RecordKind, Refusal } from '../model/trace';
import { replyOf, type Message } from './message';
import type { Node } from './node';
import type { Status } from './status';
import type { World } from './world';

export interface Refused {
  readonly reason: Refusal;
  readonly status: Status;
  readonly text: string;
  /** When to try again: after so long; −1: not at all; undefined: nothing is said. */
  readonly pushBackMicros?: Micros | undefined;
}

/** No room: another time there may be some. */
export function noRoom(text: string, pushBackMicros?: Micros): Refused {
  return { reason: Refusal.full, status: 'RESOURCE_EXHAUSTED', text, pushBackMicros };
}

/** Records that a service refuses what has just come, and tells the caller, the queue or the topic. */
export function refuse(world: World, node: Node, message: Message, { reason, status, text, pushBackMicros }: Refused): void {
  message.attempt?.over();
  message.taint?.judge(false);
  world.recorder.record(world.kernel.now, RecordKind.refused, node.place, message.request.id, message.id, reason, 0);
  if (message.kind === MessageKind.message) {
    // Who may not send it now will not be allowed to the next time.
    node.settleDelivery(message, reason === Refusal.full ? 'nack' : 'reject');
    message.log?.delivery?.source.handled(false);
    return;
  }
  const reply = replyOf(message, node.id);
  reply.status = status;
  reply.errorText = text;
  reply.pushBackMicros = pushBackMicros;
  message.way!.opposite.send(reply);
}
