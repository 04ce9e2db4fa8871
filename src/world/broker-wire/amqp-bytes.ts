/**
 * How long what passes between a queue and those who use it is on the wire, in the frames of AMQP 0-9-1 (its specification, §2.3.5 and §4.2;
 * methods in its XML). A message is a method, a content header and its body in frames; an acknowledgement is a method.
 * Not modelled: what opens connections, channels and consumers; heartbeats; headers and properties beyond those that the message needs.
 */
import { MessageKind } from '../../model/trace';
import type { Message } from '../message';
import { utf8Bytes } from '../transport/utf8-bytes';

/** Type, channel, size; and the end octet. */
const FRAME = 8;
/** RabbitMQ's default frame-max. */
const MOST_IN_FRAME = 131_072 - FRAME;
/** Class, method. */
const METHOD = 4;
/** Basic.Ack, Basic.Nack, Basic.Reject: delivery tag and flags. */
const SETTLEMENT = FRAME + METHOD + 8 + 1;
/** Class, weight, body size, property flags. */
const HEADER = FRAME + 2 + 2 + 8 + 2;
const DELIVERY_MODE = 1;

/** A text of at most 255 bytes behind its length. */
function short(text: string): number {
  return 1 + utf8Bytes(text);
}

export function amqpBytes(message: Message, bodyBytes: number, queue: string, consumer: string): number {
  switch (message.kind) {
    case MessageKind.message:
    case MessageKind.reply: {
      const isDelivery = message.delivery !== undefined;
      // Reserved, exchange "", routing key, flags; or consumer tag, delivery tag, redelivered, exchange "", routing key.
      const method = isDelivery ? short(consumer) + 8 + 1 + 1 + short(queue) : 2 + 1 + short(queue) + 1;
      return FRAME + METHOD + method + propertyBytes(message) + bodyBytes + FRAME * Math.ceil(bodyBytes / MOST_IN_FRAME);
    }
    default:
      return SETTLEMENT;
  }
}

function propertyBytes({ envelope, correlationId, replyTo }: Message): number {
  let bytes = HEADER + short('application/json') + DELIVERY_MODE;
  if (envelope && envelope.priority > 0) bytes += 1;
  if (correlationId !== undefined) bytes += short(correlationId);
  if (replyTo !== undefined) bytes += short(replyTo);
  if (envelope?.ttlMicros !== undefined) bytes += short(String(Math.round(envelope.ttlMicros / 1_000)));
  return bytes;
}
