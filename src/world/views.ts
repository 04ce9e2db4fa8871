/** What handlers see of a request or a message. */
import { identityOf } from './gate';
import type { Message } from './message';

export function requestView(message: Message): unknown {
  return { id: message.id, body: message.body, from: message.from, identity: identityOf(message) };
}

export function messageView(message: Message): unknown {
  const record = message.log?.delivery;
  return {
    id: message.id,
    body: message.body,
    from: message.from,
    identity: identityOf(message),
    correlationId: message.correlationId,
    replyTo: message.replyTo,
    deliveries: message.delivery?.number ?? record?.number ?? 1,
    priority: message.envelope?.priority ?? 0,
    deadLetter: message.envelope?.death && { ...message.envelope.death },
    topic: record?.record.topic,
    partition: record?.record.partition,
    offset: record?.record.offset,
    key: record?.record.key,
  };
}
