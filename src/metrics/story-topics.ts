/**
 * When the records of a topic travelled to those who read them. One message brings many records, and belongs in the trace to the request of
 * the first of them; so the others find here by which way, and when, they came.
 */
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { MessageKind, RecordKind } from '../model/trace';

export interface Fetched {
  /** The way of the link. */
  readonly way: number;
  readonly sentMicros: Micros;
  readonly arrivedMicros: Micros;
  /** Of the first record that it brought. */
  readonly partition: number;
  readonly offset: number;
}

export class TopicTravels {
  /** By topic and by who reads, in the order of their coming. */
  private readonly fetched = new Map<string, Fetched[]>();

  constructor({ chunks, places }: LaneResult) {
    const appended = new Map<number, { readonly partition: number; readonly offset: number }>();
    for (const chunk of chunks) {
      for (let at = 0; at < chunk.count; at++) {
        const kind = chunk.kind[at];
        if (kind === RecordKind.appended) {
          appended.set(chunk.value[at]!, { partition: chunk.detail[at]!, offset: chunk.subject[at]! });
        } else if (kind === RecordKind.messageDelivered && chunk.detail[at] === MessageKind.records) {
          const way = chunk.place[at]!;
          const first = appended.get(chunk.subject[at]!);
          const place = places[way];
          if (!first || place?.kind !== 'link') continue;
          const key = `${place.from}>${place.to}`;
          const travel = { way, sentMicros: chunk.value[at]!, arrivedMicros: chunk.time[at]!, ...first };
          const list = this.fetched.get(key);
          if (list) list.push(travel);
          else this.fetched.set(key, [travel]);
        }
      }
    }
  }

  /** By what a record came that somebody is handed at an instant. */
  bringing(topic: string, reader: string, partition: number, offset: number, now: Micros): Fetched | undefined {
    return this.fetched
      .get(`${topic}>${reader}`)
      ?.findLast((one) => one.partition === partition && one.offset <= offset && one.arrivedMicros <= now);
  }
}
