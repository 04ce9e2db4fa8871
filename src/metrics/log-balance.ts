/**
 * The books of topics: offsets are dense, records of a partition are handed over in their order, nobody commits what is not there, and a
 * partition has one reader in a group at most.
 */
import { RecordKind, type Place } from '../model/trace';
import type { Micros } from '../model/time';
import { LogCuts } from './log-cuts';
import type { Report } from './report';

const NOBODY = -1;

interface Books {
  appended: number;
  /** Publishes that were refused, or had come before. */
  turnedAway: number;
  readonly partitions: number;
  readonly skipsKept: readonly boolean[];
  // By partition.
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** The furthest it ever ended, and the high watermark; infinite where there is one copy only. */
  readonly furthest: Float64Array;
  readonly mark: Float64Array;
  // By slot, a group's view of a partition.
  readonly reader: Int32Array;
  readonly last: Float64Array;
  /** Where the reader was told to go on; −1 for nowhere but the next. */
  readonly jump: Float64Array;
  /** Where it must go on after the log was cut off, once it has done with what it had fetched; −1 for nowhere. */
  readonly fallBack: Float64Array;
  readonly cuts: LogCuts;
}

export class LogBalance {
  private readonly books: readonly (Books | undefined)[];

  constructor(
    places: readonly Place[],
    private readonly report: Report,
  ) {
    this.books = places.map((place) => (place.kind === 'topic' ? booksOf(place.partitions, place.skipsKept) : undefined));
  }

  take(kind: number, place: number, detail: number, subject: number, value: number, now: Micros): void {
    const books = this.books[place];
    if (!books) return this.report('records of a log are of a topic', place, now, `kind ${kind}`);
    switch (kind) {
      case RecordKind.appended:
        books.appended++;
        if (subject !== books.end[detail])
          this.report('offsets are dense', place, now, `${subject} in partition ${detail}, not ${books.end[detail]}`);
        books.end[detail] = subject + 1;
        books.furthest[detail] = Math.max(books.furthest[detail]!, subject + 1);
        break;
      case RecordKind.recordsExpired:
        books.start[detail]! += value;
        if (subject !== books.start[detail] || subject > books.end[detail]!)
          this.report('appended = kept + expired', place, now, `partition ${detail} begins at ${subject}, not ${books.start[detail]}`);
        break;
      case RecordKind.handled:
      case RecordKind.passedOver:
        // Without a reader that fetches, many may be in hand at once.
        if (books.reader[detail] !== NOBODY && subject !== books.last[detail])
          this.report('handled is what was delivered', place, now, `offset ${subject}, and ${books.last[detail]} is in hand`);
        break;
      case RecordKind.offsetCommitted:
        if (subject > books.furthest[detail % books.partitions]!)
          this.report('committed ≤ appended', place, now, `offset ${subject} in partition ${detail % books.partitions}`);
        break;
      case RecordKind.assigned:
        if (subject !== NOBODY && books.reader[detail] !== NOBODY)
          this.report('one reader for a partition', place, now, `slot ${detail} has one already`);
        books.reader[detail] = subject;
        books.jump[detail] = value;
        break;
      case RecordKind.sought:
        books.jump[detail] = subject;
        break;
      case RecordKind.duplicateDropped:
      case RecordKind.publishRefused:
        books.turnedAway++;
        break;
      case RecordKind.leaderElected:
        if (books.mark[detail] === Infinity) books.mark[detail] = 0;
        break;
      case RecordKind.truncated:
        this.cut(books, detail, subject, value, place, now);
        books.cuts.cut(detail, subject, now);
        break;
      case RecordKind.highWatermark:
        // It falls only to where the log has been cut off.
        if (subject > books.end[detail]! || (subject < books.mark[detail]! && subject !== books.end[detail]))
          this.report('the high watermark rises', place, now, `${subject} in partition ${detail} after ${books.mark[detail]}`);
        books.mark[detail] = subject;
    }
  }

  private cut(books: Books, partition: number, end: number, count: number, place: number, now: Micros): void {
    if (end + count !== books.end[partition])
      this.report(
        'appended = kept + expired',
        place,
        now,
        `partition ${partition} is cut off at ${end}, ${count} less than ${books.end[partition]}`,
      );
    books.end[partition] = end;
    for (let slot = partition; slot < books.last.length; slot += books.partitions) {
      const before = books.fallBack[slot]!;
      books.fallBack[slot] = before < 0 ? end : Math.min(before, end);
    }
  }

  /** Answers with the place of the service that gets it, as far as the topic is read by fetching; else −1. */
  delivered(place: number, slot: number, offset: number, waited: Micros, now: Micros): number {
    const books = this.books[place];
    if (!books) return NOBODY;
    const partition = slot % books.partitions;
    const [last, jump, fallBack] = [books.last[slot]!, books.jump[slot]!, books.fallBack[slot]!];
    // What has expired is left out; some groups then also pass over what is kept, up to the end at that instant.
    const skips = books.skipsKept[Math.floor(slot / books.partitions)]!;
    // What was cut off after it was fetched is still handed over.
    const isGone = books.cuts.isGone(partition, offset, now - waited);
    const isSeen = isGone || offset < Math.min(books.end[partition]!, books.mark[partition]!);
    const follows = (from: number): boolean =>
      offset === Math.max(from, Math.min(offset, books.start[partition]!)) || (skips && offset > from && from < books.start[partition]!);
    const fallsBack = fallBack >= 0 && !isGone && follows(fallBack);
    if (!isSeen || !(offset === last || fallsBack || follows(last + 1) || (jump >= 0 && follows(jump))))
      this.report('the order inside a partition', place, now, `offset ${offset} of partition ${partition} after ${last}`);
    if (offset !== last) books.jump[slot] = -1;
    if (fallsBack) books.fallBack[slot] = -1;
    books.last[slot] = offset;
    return books.reader[slot]!;
  }

  balance(place: number, reached: number, endMicros: Micros, slack: number): void {
    const { appended, turnedAway } = this.books[place]!;
    if (Math.abs(reached - appended - turnedAway) > slack)
      this.report('arrivals = appended + refused', place, endMicros, `${reached} arrivals, ${appended} appended, ${turnedAway} not`);
  }
}

function booksOf(partitions: number, skipsKept: readonly boolean[]): Books {
  const slots = partitions * skipsKept.length;
  return {
    appended: 0,
    turnedAway: 0,
    partitions,
    skipsKept,
    start: new Float64Array(partitions),
    end: new Float64Array(partitions),
    furthest: new Float64Array(partitions),
    mark: new Float64Array(partitions).fill(Infinity),
    reader: new Int32Array(slots).fill(NOBODY),
    last: new Float64Array(slots).fill(-1),
    jump: new Float64Array(slots).fill(-1),
    fallBack: new Float64Array(slots).fill(-1),
    cuts: new LogCuts(),
  };
}
