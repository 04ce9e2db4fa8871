/** How the logs of topics stand: where each begins and ends, who reads it for which group, and how far that is. One number for each fact. */
import { RecordKind, type Place } from '../model/trace';

/** One group's view of one partition. */
export interface ReaderScene {
  /** The place of the service that reads it; −1 for nobody. */
  readonly member: number;
  /** The offset that comes after the last one handled; the one in hand, when there is one. */
  readonly next: number;
  /** The offset of the record that the service has in hand; −1 for none. */
  readonly inHand: number;
  /** From where the group would go on; −1 when nothing was committed. */
  readonly committed: number;
}

export interface PartitionScene {
  readonly start: number;
  readonly end: number;
  /** Of a partition with several copies only. */
  readonly replicas: ReplicasScene | undefined;
}

export interface ReplicasScene {
  /** The broker, counted from 1; undefined for none. */
  readonly leader: number | undefined;
  /** The leader's broker has crashed, and the controller has not noticed yet. */
  readonly isLeaderDown: boolean;
  readonly inSync: number;
  readonly copies: number;
  /** Records before this offset are known to be in sync; consumers get no others. */
  readonly highWatermark: number;
}

export interface LogScene {
  readonly partitions: readonly PartitionScene[];
  readonly groups: readonly { readonly name: string; readonly readers: readonly ReaderScene[] }[];
}

/** Facts of a topic, of a partition, and of a slot. `down`: the brokers that have crashed, each a bit. */
const Of = {
  ...{ down: 0, topic: 1 },
  ...{ start: 0, end: 1, leader: 2, inSync: 3, highWatermark: 4, partition: 5 },
  ...{ member: 0, next: 1, inHand: 2, committed: 3, slot: 4 },
} as const;

export class LogFacts {
  /** Where the facts of a place begin: its partitions first, then its slots. */
  private readonly begin: readonly number[];
  private readonly size: number;

  constructor(private readonly places: readonly Place[]) {
    let size = 0;
    this.begin = places.map((place) => {
      const at = size;
      if (place.kind === 'topic') size += Of.topic + place.partitions * (Of.partition + place.groups.length * Of.slot);
      return at;
    });
    this.size = size;
  }

  /** Nothing has happened yet. */
  initial(): Float64Array {
    const facts = new Float64Array(this.size);
    for (const [at, place] of this.places.entries()) {
      if (place.kind !== 'topic') continue;
      for (let partition = 0; partition < place.partitions; partition++) facts[this.partitionAt(at, partition) + Of.inSync] = place.copies;
      for (let slot = 0; slot < place.partitions * place.groups.length; slot++) {
        const first = this.slotAt(at, place.partitions, slot);
        facts[first + Of.member] = facts[first + Of.inHand] = facts[first + Of.committed] = -1;
      }
    }
    return facts;
  }

  take(facts: Float64Array, at: number, kind: number, detail: number, subject: number, value: number): void {
    const place = this.places[at];
    if (place?.kind !== 'topic') return;
    const first = this.partitionAt(at, detail);
    const slot = this.slotAt(at, place.partitions, detail);
    switch (kind) {
      case RecordKind.appended:
        facts[first + Of.end] = subject + 1;
        if (!place.keeps) facts[first + Of.start] = subject + 1;
        break;
      case RecordKind.leaderElected:
        facts[first + Of.leader] = Math.max(0, subject);
        break;
      case RecordKind.inSyncChanged:
        facts[first + Of.inSync] = subject;
        break;
      case RecordKind.highWatermark:
        facts[first + Of.highWatermark] = subject;
        break;
      case RecordKind.brokerDown:
        facts[this.begin[at]! + Of.down]! |= 1 << subject;
        break;
      case RecordKind.brokerUp:
        facts[this.begin[at]! + Of.down]! &= ~(1 << subject);
        break;
      case RecordKind.truncated:
        facts[first + Of.end] = subject;
        for (let group = 0; group < place.groups.length; group++) {
          const reader = this.slotAt(at, place.partitions, group * place.partitions + detail);
          for (const what of [Of.next, Of.committed]) facts[reader + what] = Math.min(facts[reader + what]!, subject);
        }
        break;
      case RecordKind.recordsExpired:
        facts[first + Of.start] = subject;
        break;
      case RecordKind.delivered:
        facts[slot + Of.next] = facts[slot + Of.inHand] = subject;
        break;
      case RecordKind.handled:
      case RecordKind.passedOver:
        facts[slot + Of.next] = subject + 1;
        facts[slot + Of.inHand] = -1;
        break;
      case RecordKind.offsetCommitted:
        facts[slot + Of.committed] = subject;
        break;
      case RecordKind.assigned:
        facts[slot + Of.member] = subject;
        facts[slot + Of.inHand] = -1;
        if (subject >= 0) facts[slot + Of.next] = value;
        break;
      case RecordKind.sought:
        facts[slot + Of.next] = subject;
    }
  }

  scene(facts: Float64Array, at: number): LogScene | undefined {
    const place = this.places[at];
    if (place?.kind !== 'topic') return undefined;
    const { partitions } = place;
    const numbers = Array.from({ length: partitions }, (_, partition) => partition);
    return {
      partitions: numbers.map((partition) => {
        const first = this.partitionAt(at, partition);
        const replicas = place.copies > 1 ? this.replicas(facts, at, first, place.copies) : undefined;
        return { start: facts[first + Of.start]!, end: facts[first + Of.end]!, replicas };
      }),
      groups: place.groups.map((name, group) => ({
        name,
        readers: numbers.map((partition) => {
          const first = this.slotAt(at, partitions, group * partitions + partition);
          return {
            member: facts[first + Of.member]!,
            next: facts[first + Of.next]!,
            inHand: facts[first + Of.inHand]!,
            committed: facts[first + Of.committed]!,
          };
        }),
      })),
    };
  }

  private replicas(facts: Float64Array, at: number, first: number, copies: number): ReplicasScene {
    const leader = facts[first + Of.leader]!;
    return {
      leader: leader || undefined,
      isLeaderDown: leader > 0 && (facts[this.begin[at]! + Of.down]! & (1 << leader)) !== 0,
      inSync: facts[first + Of.inSync]!,
      copies,
      highWatermark: facts[first + Of.highWatermark]!,
    };
  }

  private partitionAt(at: number, partition: number): number {
    return this.begin[at]! + Of.topic + partition * Of.partition;
  }

  private slotAt(at: number, partitions: number, slot: number): number {
    return this.partitionAt(at, partitions) + slot * Of.slot;
  }
}
