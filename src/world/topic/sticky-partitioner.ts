/**
 * Where records without a key go: Kafka's uniform sticky partitioner (KIP-794, Kafka 3.3). A producer stays with one partition until it
 * has written a batch's worth of bytes to it, then draws the next, each partition as likely as any other.
 * Not modelled: choosing by the load of the brokers (`partitioner.adaptive.partitioning.enable`), and batches that wait (`linger.ms` is 0).
 */
import { utf8 } from '../../model/murmur2';
import type { RandomSource } from '../../sim/streams';

/** Kafka's batch.size. */
const BATCH_BYTES = 16_384;
/** Headers of a record in a batch, about. */
const OVERHEAD_BYTES = 20;

export class StickyPartitioner {
  private partition = -1;
  private bytes = 0;

  constructor(
    private readonly chance: RandomSource,
    private readonly partitions: number,
  ) {}

  /** The partition for the next record, which has so many bytes. */
  next(bytes: number): number {
    if (this.partition < 0 || this.bytes >= BATCH_BYTES) {
      this.partition = Math.floor(this.chance.uniform() * this.partitions);
      this.bytes = 0;
    }
    this.bytes += bytes;
    return this.partition;
  }
}

/** Bytes of a record: its body as JSON, and what a log adds. */
export function recordBytes(body: unknown): number {
  return OVERHEAD_BYTES + jsonBytes(body);
}

function jsonBytes(value: unknown): number {
  if (typeof value === 'string') return utf8(value).length + 2;
  if (typeof value !== 'object' || value === null) return String(value).length;
  const entries = Object.entries(value as Record<string, unknown>);
  const names = Array.isArray(value) ? 0 : entries.reduce((sum, [name]) => sum + utf8(name).length + 3, 0);
  return entries.reduce((sum, [, part]) => sum + jsonBytes(part), names + Math.max(2, entries.length + 1));
}
