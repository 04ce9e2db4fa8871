/** Clients and servers on one link, for the tests of what connections do; and their frames, read from the trace. */
import { FrameType, readFrame, type FrameRecord } from '../../../src/model/frame';
import type { LaneResult } from '../../../src/model/run-result';
import { RecordKind } from '../../../src/model/trace';

export interface WireSettings {
  /** Instants at which requests start. */
  readonly at: readonly string[];
  readonly link: Readonly<Record<string, unknown>>;
  readonly requestSize?: string;
  readonly replySize?: string;
  readonly work?: string;
  readonly duration?: string;
}

/** 50 ms each way, 50 ms of work, enough workers. */
export function wired({ at, link, requestSize, replySize, work = '50ms', duration = '60s' }: WireSettings): Record<string, unknown> {
  return {
    version: 1,
    duration,
    components: {
      client: { kind: 'client', arrivals: { list: at }, calls: 'server', ...(requestSize && { size: requestSize }) },
      server: { kind: 'service', workers: 1_000, work, ...(replySize && { size: replySize }) },
    },
    links: [{ from: 'client', to: 'server', delay: '50ms', ...link }],
  };
}

export interface SeenFrame extends FrameRecord {
  readonly kind: 'sent' | 'received';
  readonly timeMicros: number;
  readonly request: number;
  /** From the client to the server, or back. */
  readonly way: 'forth' | 'back';
  readonly place: { readonly from: string; readonly to: string };
  readonly name: string;
}

const NAMES = new Map<number, string>(Object.entries(FrameType).map(([name, type]) => [type, name]));

/** Every frame of the run, in the order of the trace. */
export function framesOf(lane: LaneResult): SeenFrame[] {
  const frames: SeenFrame[] = [];
  for (const { count, kind, place, detail, value, time, request } of lane.chunks) {
    for (let at = 0; at < count; at++) {
      if (kind[at] !== RecordKind.frameSent && kind[at] !== RecordKind.frameReceived) continue;
      const where = lane.places[place[at]!];
      const frame = readFrame(detail[at]!, value[at]!);
      frames.push({
        ...frame,
        kind: kind[at] === RecordKind.frameSent ? 'sent' : 'received',
        timeMicros: time[at]!,
        request: request[at]!,
        way: where?.kind === 'link' ? where.way : 'forth',
        place: where?.kind === 'link' ? where : { from: '', to: '' },
        name: NAMES.get(frame.type) ?? String(frame.type),
      });
    }
  }
  return frames;
}
