/** The mark beside a line of the event log: what stands for a message, and what went wrong. */
import { LogLevel } from '../../model/log-level';
import { RecordKind, type MessageKind } from '../../model/trace';
import type { TraceRow } from '../../metrics/trace-reader';
import { TOPIC_TROUBLE } from './topic-sentence';
import { lookOf, LOST_LOOK, RETRY_LOOK, type Look } from '../stage/message-shapes';

export function lookOfRow({ kind, detail }: TraceRow): Look | undefined {
  if (TOPIC_TROUBLE.has(kind)) return LOST_LOOK;
  switch (kind) {
    case RecordKind.messageSent:
    case RecordKind.messageDuplicated:
    case RecordKind.messageDelivered:
      return lookOf(detail as MessageKind);
    case RecordKind.messageLost:
    case RecordKind.refused:
    case RecordKind.dropped:
    case RecordKind.expired:
    case RecordKind.deadLettered:
    case RecordKind.aborted:
    case RecordKind.handlerFailed:
    case RecordKind.backendOut:
    case RecordKind.policyActed:
    case RecordKind.messageCorrupted:
    case RecordKind.abandoned:
    case RecordKind.alertFired:
    case RecordKind.attacked:
    case RecordKind.attackAccepted:
      return LOST_LOOK;
    case RecordKind.logged:
      return detail === LogLevel.error ? LOST_LOOK : undefined;
    case RecordKind.timedOut:
    case RecordKind.retried:
    case RecordKind.returned:
    case RecordKind.blocked:
      return RETRY_LOOK;
    default:
      return undefined;
  }
}
