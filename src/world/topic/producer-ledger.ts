/**
 * What a topic knows of idempotent producers (Kafka's ProducerStateManager): for each and each partition the epoch and the last sequence
 * number, and which records the last five were. A record that comes again is known again; one that comes too early is refused, and its
 * producer sends it again later. The log carries the numbers, so whoever leads knows them.
 * Not modelled: producers that are forgotten after a day. Before a producer's first record, one with another number than 0 came too early
 * (Kafka trusts TCP to keep the first ones in order).
 */
import type { LogRecord } from './log-record';
import type { PartitionLog } from './partition-log';

/** How many batches in flight Kafka remembers. */
const REMEMBERED = 5;

/** What a record of an idempotent producer carries. */
export interface SequenceNumber {
  readonly producer: number;
  readonly epoch: number;
  readonly sequence: number;
}

interface Known {
  epoch: number;
  last: number;
  recent: LogRecord[];
}

export type Verdict = 'next' | 'tooEarly' | 'oldEpoch' | 'forgotten' | LogRecord;

export class ProducerLedger {
  private readonly known: readonly Map<number, Known>[];

  constructor(partitions: number) {
    this.known = Array.from({ length: partitions }, () => new Map<number, Known>());
  }

  /** Whether it is the next of its producer. A record: it is this one, come again; `forgotten`: it was here, long ago. */
  judge(partition: number, { producer, epoch, sequence }: SequenceNumber): Verdict {
    const known = this.known[partition]!.get(producer);
    if (!known || epoch > known.epoch) return sequence === 0 ? 'next' : 'tooEarly';
    if (epoch < known.epoch) return 'oldEpoch';
    if (sequence > known.last) return sequence === known.last + 1 ? 'next' : 'tooEarly';
    return known.recent.find((record) => record.number?.sequence === sequence) ?? 'forgotten';
  }

  note(record: LogRecord): void {
    const { partition, number } = record;
    if (!number) return;
    const known = this.known[partition]!.get(number.producer);
    const recent = known?.epoch === number.epoch ? [...known.recent, record].slice(-REMEMBERED) : [record];
    this.known[partition]!.set(number.producer, { epoch: number.epoch, last: number.sequence, recent });
  }

  /** Another leads, with a log that is shorter. */
  rebuild(partition: number, log: PartitionLog): void {
    this.known[partition]!.clear();
    for (const record of log.slice(log.startOffset, log.length)) this.note(record);
  }
}
