/** Records that views mark where they happened. */
import { RecordKind } from './trace';

export const MARKED_KINDS: ReadonlySet<number> = new Set([
  RecordKind.messageLost,
  RecordKind.refused,
  RecordKind.dropped,
  RecordKind.expired,
  RecordKind.deadLettered,
  RecordKind.timedOut,
  RecordKind.retried,
  RecordKind.handlerFailed,
  RecordKind.aborted,
  RecordKind.backendOut,
  RecordKind.passedOver,
  RecordKind.commitRefused,
  RecordKind.acknowledgedLost,
  RecordKind.publishRefused,
  RecordKind.messageCorrupted,
  RecordKind.abandoned,
  RecordKind.attacked,
  RecordKind.alertFired,
]);
/** The latest of them are shown, so many at most. */
export const MARKS_SHOWN = 64;
