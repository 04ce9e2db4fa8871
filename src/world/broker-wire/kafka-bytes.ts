/**
 * How long what passes between a log and those who use it is on the wire, by Kafka's protocol guide: Produce v8, Fetch v11, OffsetCommit v7,
 * JoinGroup v5, SyncGroup v3, Heartbeat v3 and LeaveGroup v3 with their responses, one partition in each, and record batches of magic 2 without compression.
 * Not modelled: what finds brokers; the lists of members and of their assignments that pass to and from a group's leader; fetches for several partitions at once; headers of records.
 */
import { MessageKind } from '../../model/trace';
import type { Message } from '../message';
import { jsonBytes } from '../transport/body-bytes';
import { utf8Bytes } from '../transport/utf8-bytes';
import { Commit } from '../topic/commit';
import type { LogRecord } from '../topic/log-record';

/** Length and, before a response, correlation id. */
const RESPONSE = 4 + 4;
/** The batch before its records: base offset to record count. */
const BATCH = 61;

export interface KafkaNames {
  readonly topic: string;
  /** Of the component at the other end: its client id, and its group's member id. */
  readonly client: string;
}

export function kafkaBytes(message: Message, bodyBytes: number, { topic, client }: KafkaNames): number {
  const name = 2 + utf8Bytes(topic);
  // Length, API key and version, correlation id, client id.
  const request = 4 + 2 + 2 + 4 + 2 + utf8Bytes(client);
  const group = 2 + utf8Bytes(client);
  const member = 2 + utf8Bytes(client) + 2;
  switch (message.kind) {
    case MessageKind.message: {
      const record = recordBytes(0, message.log?.publication?.key, bodyBytes);
      // Transactional id, acks, timeout, topics, partitions, index, size of the records.
      return request + 2 + 2 + 4 + 4 + name + 4 + 4 + 4 + BATCH + record;
    }
    case MessageKind.fetch:
      // Replica, waits and sizes, isolation, session, topics, one partition with its epoch, offsets and size, forgotten topics, rack.
      return request + 4 + 4 + 4 + 4 + 1 + 4 + 4 + 4 + name + 4 + (4 + 4 + 8 + 8 + 4) + 4 + 2;
    case MessageKind.records:
      // Throttle, error, session, topics, one partition with its error, offsets, aborted transactions, replica and size of the records.
      return RESPONSE + 4 + 2 + 4 + 4 + name + 4 + (4 + 2 + 8 + 8 + 8 + 4 + 4 + 4) + batchBytes(message.log?.fetch?.records ?? []);
    case MessageKind.commit: {
      // Group, generation, member, instance, topics, then for each partition its offset, epoch and metadata.
      const partitions = message.log?.commit?.offsets.size ?? 0;
      return request + (2 + utf8Bytes(client)) + 4 + (2 + utf8Bytes(client)) + 2 + 4 + name + 4 + partitions * (4 + 8 + 4 + 2);
    }
    case MessageKind.heartbeat:
      return request + group + 4 + member;
    case MessageKind.joinGroup:
      // Group, two timeouts, member, protocol type, one protocol: its name, and the subscription with its version and what is owned.
      return request + group + 4 + 4 + member + (2 + 8) + 4 + (2 + 5) + 4 + (2 + 4 + name + 4) + owned(message, name);
    case MessageKind.syncGroup:
      return request + group + 4 + member + 4;
    case MessageKind.leaveGroup:
      return request + group + 4 + member;
    case MessageKind.groupAnswer: {
      const { generation, assignment } = message.log!.group!.answer!;
      // Throttle and error; then generation, protocol, leader, member, members; or the assignment with its version.
      if (generation !== undefined) return RESPONSE + 4 + 2 + 4 + (2 + 5) + group + group + 4;
      return RESPONSE + 4 + 2 + (assignment ? 4 + (2 + 4 + name + 4 + 4 * assignment.size + 4) : 0);
    }
    default:
      // Throttle, topics, and one partition with its error; or the answer to a Produce.
      return RESPONSE + (message.ticket instanceof Commit ? 4 + 4 + name + 4 + (4 + 2) : produced(name));
  }
}

/** What a member says that it reads. */
function owned(message: Message, name: number): number {
  const partitions = message.log?.group?.claim?.partitions.length ?? 0;
  return 4 + (partitions > 0 ? name + 4 + 4 * partitions : 0);
}

/** Topics, partitions, index, error, offset, time, start offset, record errors, error text, throttle. */
function produced(name: number): number {
  return 4 + name + 4 + 4 + 2 + 8 + 8 + 8 + 4 + 2 + 4;
}

function batchBytes(records: readonly LogRecord[]): number {
  if (records.length === 0) return 0;
  return records.reduce((sum, { key, body }, at) => sum + recordBytes(at, key, body === undefined ? 0 : jsonBytes(body)), BATCH);
}

/** Length, attributes, times and offsets as differences, key, value, no headers. */
function recordBytes(offsetDelta: number, key: string | undefined, valueBytes: number): number {
  const keyBytes = key === undefined ? 0 : utf8Bytes(key);
  const inside =
    1 + 1 + varintBytes(offsetDelta) + varintBytes(key === undefined ? -1 : keyBytes) + keyBytes + varintBytes(valueBytes) + valueBytes + 1;
  return varintBytes(inside) + inside;
}

/** Zigzag, seven bits an octet. */
function varintBytes(value: number): number {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  let bytes = 1;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}
