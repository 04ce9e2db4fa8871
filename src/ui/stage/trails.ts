/** Which ways carried something just now: at normal speed a message crosses a link within one frame, and the eye would miss it. */
import type { TraceReader } from '../../metrics/trace-reader';
import { RecordKind, type MessageKind } from '../../model/trace';
import type { Micros } from '../../model/time';

export interface Trail {
  readonly place: number;
  readonly kind: MessageKind;
  /** Since the newest arrival. */
  readonly ageMicros: Micros;
}

/** Enough to find the newest arrival on every way of a busy run, and little enough for every frame. */
const LOOK_BACK = 512;

/** The newest arrival of each kind on each way, among the records before `nextRecord` that are younger than `glowMicros`. */
export function trailsBefore(trace: TraceReader, nextRecord: number, timeMicros: Micros, glowMicros: Micros): Trail[] {
  const trails = new Map<number, Trail>();
  const oldest = Math.max(trace.first, nextRecord - LOOK_BACK);
  for (let record = nextRecord - 1; record >= oldest; record--) {
    const row = trace.row(record);
    const ageMicros = timeMicros - row.timeMicros;
    if (ageMicros >= glowMicros) break;
    const key = row.place * 8 + row.detail;
    if (row.kind === RecordKind.messageDelivered && !trails.has(key)) {
      trails.set(key, { place: row.place, kind: row.detail as MessageKind, ageMicros });
    }
  }
  return [...trails.values()];
}
