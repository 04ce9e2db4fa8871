/** Which handler takes a request or a message, and what it sees of it. */
import { MessageKind } from '../model/trace';
import { identityOf } from './gate';
import type { Message } from './message';
import { RequestsView } from './streaming/stream-view';

export function handlerName({ kind, stream }: Message): 'onRequest' | 'onStream' | 'onMessage' {
  if (kind !== MessageKind.request) return 'onMessage';
  return stream ? 'onStream' : 'onRequest';
}

export function viewOf(message: Message): unknown {
  if (message.stream) return new RequestsView(message, message.stream.call.server);
  return message.kind === MessageKind.request ? requestView(message) : messageView(message);
}

function requestView(message: Message): unknown {
  return { id: message.id, body: message.body, from: message.from, identity: identityOf(message) };
}

function messageView(message: Message): unknown {
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
