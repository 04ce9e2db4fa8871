/** The brokers that keep a topic in several copies, and what they answer to those who publish. Failures of brokers come from the list of faults. */
import { RecordKind } from '../../model/trace';
import { Countdown } from '../countdown';
import type { Instance } from '../driver';
import type { Message } from '../message';
import type { LogRecord } from './log-record';
import type { PartitionLog } from './partition-log';
import { ReplicatedPartition } from './replicated-partition';
import type { TopicNode } from './topic-node';

/** Why a publish was refused; those who publish try again, because another time it may be different. */
interface Refusal {
  readonly status: 'UNAVAILABLE';
  readonly text: string;
}

export class Replication {
  private partitions: readonly ReplicatedPartition[] = [];
  /** Places of the brokers, which count from 1. */
  private readonly places: readonly number[];
  private readonly crashes: number[];
  private readonly sessions: readonly Countdown[];

  constructor(
    private readonly topic: TopicNode,
    private readonly logs: readonly PartitionLog[],
  ) {
    const { brokers } = topic.model.replication!;
    const numbers = Array.from({ length: brokers }, (_, at) => at + 1);
    const part = (broker: number) => ({ kind: 'part', id: `broker ${broker}`, of: topic.place, to: undefined, role: 'policy' }) as const;
    this.places = numbers.map((broker) => topic.world.addPlace(part(broker)));
    this.crashes = numbers.map(() => 0);
    this.sessions = numbers.map((broker) => new Countdown(topic.world, undefined, () => this.fence(broker)));
  }

  /** Leaders are spread over the brokers, as Kafka spreads them: each partition's replicas begin one broker later. */
  start(): void {
    const { copies, brokers } = this.topic.model.replication!;
    this.partitions = this.logs.map((log, index) => {
      const on = Array.from({ length: copies }, (_, copy) => ((index + copy) % brokers) + 1);
      return new ReplicatedPartition(this.topic, index, log, on);
    });
  }

  makeReplica(broker: number, partition: number, actions: Record<string, () => void>): Instance {
    return this.topic.machines.replica(this.places[broker - 1]!, partition, actions);
  }

  crash(broker: number): void {
    if (this.crashes[broker - 1]!++ > 0) return;
    this.record(RecordKind.brokerDown, broker);
    for (const partition of this.partitions) partition.brokerDown(broker);
    this.sessions[broker - 1]!.start(this.topic.model.replication!.sessionTimeoutMicros);
  }

  /** A broker that comes back tells the controller that it was away, if that has not noticed. */
  restart(broker: number): void {
    if (--this.crashes[broker - 1]! > 0) return;
    this.sessions[broker - 1]!.stop();
    this.fence(broker);
    this.record(RecordKind.brokerUp, broker);
    for (const partition of this.partitions) partition.brokerUp(broker);
  }

  /** Why a record cannot be appended now. */
  refusalOf(partition: number): Refusal | undefined {
    const replicas = this.partitions[partition]!;
    if (!replicas.hasLeader)
      return { status: 'UNAVAILABLE', text: `LEADER_NOT_AVAILABLE: partition ${partition} of ${this.topic.id} has no leader` };
    const { minInsync } = this.topic.model.replication!;
    if (this.acks !== 'all' || replicas.inSyncCount >= minInsync) return undefined;
    return { status: 'UNAVAILABLE', text: `NOT_ENOUGH_REPLICAS: ${replicas.inSyncCount} in sync, ${minInsync} wanted` };
  }

  visibleEnd(partition: number): number {
    const replicas = this.partitions[partition]!;
    return replicas.hasLeader ? replicas.highWatermark : 0;
  }

  appended(record: LogRecord, message: Message): void {
    if (this.acks === 1) this.topic.confirm(message, record);
    this.partitions[record.partition]!.appended(record, message, this.acks === 'all');
  }

  again(record: LogRecord, message: Message): void {
    if (this.acks === 'all') this.partitions[record.partition]!.again(record, message);
    else this.topic.confirm(message, record);
  }

  /** All in sync have a record that was to be confirmed then. */
  replicated(message: Message, record: LogRecord, inSync: number): void {
    const { minInsync } = this.topic.model.replication!;
    if (inSync >= minInsync) this.topic.confirm(message, record);
    else this.topic.answer(message, undefined, 'UNAVAILABLE', `NOT_ENOUGH_REPLICAS_AFTER_APPEND: ${inSync} in sync, ${minInsync} wanted`);
  }

  /** The connection to a leader closes with its process: whoever waits for an answer knows that it will not come. */
  connectionLost(message: Message): void {
    this.topic.answer(message, undefined, 'UNAVAILABLE', `NETWORK_EXCEPTION: the leader in ${this.topic.id} crashed before it answered`);
  }

  private get acks(): 0 | 1 | 'all' {
    return this.topic.model.producer?.acks ?? 'all';
  }

  private fence(broker: number): void {
    for (const partition of this.partitions) partition.brokerFenced(broker);
  }

  private record(kind: RecordKind, broker: number): void {
    const { recorder, kernel } = this.topic.world;
    recorder.record(kernel.now, kind, this.topic.place, 0, broker, 0, 0);
  }
}
