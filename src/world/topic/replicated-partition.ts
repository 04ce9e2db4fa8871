/**
 * The replicas of one partition. Followers fetch from the leader, as Kafka's do: a fetch says how far the follower is, and waits at the
 * leader for records; so the leader learns one way later than the follower has them. The high watermark is what all in sync are known to
 * have. When the leader's broker is gone, the controller notices after a session timeout and elects another that is in sync; what the
 * old leader had and the new one has not is gone (KIP-101: the old one cuts it off when it comes back; here it is cut off at the election).
 * Not modelled: followers that fall behind while their broker is there (replica.lag.time.max.ms), the preferred leader that gets its
 * partitions back, disks. A broker that crashes keeps its log.
 */
import { RecordKind } from '../../model/trace';
import { Countdown } from '../countdown';
import type { Instance } from '../driver';
import type { Message } from '../message';
import type { LogRecord } from './log-record';
import type { PartitionLog } from './partition-log';
import type { TopicNode } from './topic-node';

/** One copy. */
interface Replica {
  readonly broker: number;
  readonly machine: Instance;
  /** The end of its log, and what the leader knows of it. */
  end: number;
  known: number;
  /** What its fetch is doing: it waits at the leader, or it or its answer is on the way. */
  fetch: 'none' | 'waiting' | 'asking' | 'answered';
  comingEnd: number;
  readonly trip: Countdown;
}

/** A publish that is confirmed when all in sync have it. */
interface Unconfirmed {
  readonly message: Message;
  readonly record: LogRecord;
}

export class ReplicatedPartition {
  highWatermark = 0;
  private leader: Replica | undefined = undefined;
  private epoch = -1;
  private readonly replicas: readonly Replica[];
  private inSync: ReadonlySet<Replica>;
  private readonly up = new Set<Replica>();
  private unconfirmed: Unconfirmed[] = [];

  constructor(
    private readonly topic: TopicNode,
    readonly index: number,
    private readonly log: PartitionLog,
    brokers: readonly number[],
  ) {
    this.replicas = brokers.map((broker) => this.replicaOn(broker));
    for (const replica of this.replicas) this.up.add(replica);
    this.inSync = new Set(this.replicas);
    for (const { machine } of this.replicas) machine.send(topic.machines.replicaEvents.caughtUp);
    this.elect();
  }

  get hasLeader(): boolean {
    return this.leader !== undefined && this.up.has(this.leader);
  }

  get inSyncCount(): number {
    return this.inSync.size;
  }

  /** A record is at the end of the leader's log. */
  appended(record: LogRecord, message: Message, waits: boolean): void {
    this.leader!.end = this.leader!.known = this.log.endOffset;
    if (waits) this.unconfirmed.push({ message, record });
    for (const replica of this.replicas) if (replica.fetch === 'waiting') this.answer(replica);
    this.advance();
  }

  /** A record that has come before: its second confirm waits for the same as its first. */
  again(record: LogRecord, message: Message): void {
    this.unconfirmed.push({ message, record });
    this.advance();
  }

  brokerDown(broker: number): void {
    const replica = this.replicas.find((one) => one.broker === broker);
    if (!replica) return;
    this.up.delete(replica);
    replica.machine.send(this.topic.machines.replicaEvents.crash);
    if (replica !== this.leader) return;
    for (const { message } of this.take(() => true)) this.topic.replication!.connectionLost(message);
  }

  /** The session of a broker is over for the controller. */
  brokerFenced(broker: number): void {
    const replica = this.replicas.find((one) => one.broker === broker);
    if (!replica || this.up.has(replica)) return;
    if (replica === this.leader) this.elect();
    else if (this.inSync.has(replica) && this.inSync.size > 1) this.keepInSync((one) => one !== replica);
  }

  brokerUp(broker: number): void {
    const replica = this.replicas.find((one) => one.broker === broker);
    if (!replica) return;
    this.up.add(replica);
    replica.machine.send(this.topic.machines.replicaEvents.restart);
    if (!this.leader) this.elect();
    else replica.machine.send(this.topic.machines.replicaEvents.follow);
  }

  /** The first in sync that is there; else, if that is allowed, the first that is there. Without one the partition waits. */
  private elect(): void {
    const { model, machines } = this.topic;
    const { replicaEvents } = machines;
    const mayLead = (one: Replica): boolean => this.up.has(one);
    const clean = this.replicas.find((one) => this.inSync.has(one) && mayLead(one));
    const leader = clean ?? (model.replication!.unclean ? this.replicas.find(mayLead) : undefined);
    this.leader = leader;
    this.epoch++;
    this.record(RecordKind.leaderElected, leader?.broker ?? -1, this.epoch);
    if (!leader) return;
    this.cut(leader.end);
    leader.known = leader.end;
    this.keepInSync((one) => one === leader || (clean !== undefined && this.up.has(one)), leader);
    leader.machine.send(replicaEvents.lead);
    for (const one of this.replicas) {
      one.end = Math.min(one.end, leader.end);
      one.known = Math.min(one.known, leader.end);
      if (one !== leader && this.up.has(one)) one.machine.send(replicaEvents.follow);
    }
    this.advance();
    this.topic.serve(this.index);
  }

  /** What the new leader has not is gone. */
  private cut(end: number): void {
    const count = this.log.endOffset - end;
    if (count <= 0) return;
    const gone = this.log.truncate(end);
    this.record(RecordKind.truncated, end, count);
    for (const { offset, request, message, isAcknowledged, effect } of gone) {
      effect?.forget();
      const { recorder, kernel } = this.topic.world;
      if (isAcknowledged)
        recorder.record(kernel.now, RecordKind.acknowledgedLost, this.topic.place, request.id, offset, this.index, message);
    }
    this.topic.truncated(this.index, end);
    if (this.highWatermark <= end) return;
    this.highWatermark = end;
    this.record(RecordKind.highWatermark, end, 0);
  }

  private keepInSync(stays: (one: Replica) => boolean, added?: Replica): void {
    const before = this.inSync;
    const after = new Set(this.replicas.filter((one) => one === added || (before.has(one) && stays(one))));
    for (const one of before) if (!after.has(one)) one.machine.send(this.topic.machines.replicaEvents.expelled);
    if (after.size === before.size && [...after].every((one) => before.has(one)) && this.epoch > 0) return;
    this.setInSync(after);
  }

  private setInSync(after: ReadonlySet<Replica>): void {
    this.inSync = after;
    this.record(RecordKind.inSyncChanged, after.size, 0);
    this.advance();
  }

  /** Confirms what all in sync are known to have, and lets consumers read it. */
  private advance(): void {
    if (!this.hasLeader) return;
    const mark = Math.min(...[...this.inSync].map(({ known }) => known));
    if (mark <= this.highWatermark) {
      this.confirm();
      return;
    }
    const more = mark - this.highWatermark;
    this.highWatermark = mark;
    this.record(RecordKind.highWatermark, mark, more);
    this.confirm();
    this.topic.serve(this.index);
  }

  private confirm(): void {
    for (const { message, record } of this.take(({ record: { offset } }) => offset < this.highWatermark))
      this.topic.replication!.replicated(message, record, this.inSync.size);
  }

  private take(which: (one: Unconfirmed) => boolean): Unconfirmed[] {
    if (this.unconfirmed.length === 0) return [];
    const taken = this.unconfirmed.filter(which);
    if (taken.length > 0) this.unconfirmed = this.unconfirmed.filter((one) => !which(one));
    return taken;
  }

  private replicaOn(broker: number): Replica {
    const { topic } = this;
    const trip = new Countdown(topic.world, undefined, () => this.arrived(replica));
    const machine = topic.replication!.makeReplica(broker, this.index, {
      fetch: () => this.ask(replica),
      stop: () => {
        trip.stop();
        replica.fetch = 'none';
      },
    });
    const replica: Replica = { broker, machine, end: 0, known: 0, fetch: 'none', comingEnd: 0, trip };
    return replica;
  }

  private ask(replica: Replica): void {
    replica.fetch = 'asking';
    replica.trip.start(this.topic.model.replication!.delayMicros);
  }

  private answer(replica: Replica): void {
    replica.fetch = 'answered';
    replica.comingEnd = this.log.endOffset;
    replica.trip.start(this.topic.model.replication!.delayMicros);
  }

  /** A fetch has come to the leader, or its answer to the follower. */
  private arrived(replica: Replica): void {
    if (replica.fetch === 'answered') {
      replica.end = Math.min(replica.comingEnd, this.log.endOffset);
      return this.ask(replica);
    }
    if (!this.hasLeader) {
      replica.fetch = 'none';
      return;
    }
    replica.known = replica.end;
    if (replica.known >= this.highWatermark && !this.inSync.has(replica)) {
      replica.machine.send(this.topic.machines.replicaEvents.caughtUp);
      this.setInSync(new Set(this.replicas.filter((one) => one === replica || this.inSync.has(one))));
    } else this.advance();
    if (replica.end < this.log.endOffset) this.answer(replica);
    else replica.fetch = 'waiting';
  }

  private record(kind: RecordKind, subject: number, value: number): void {
    const { recorder, kernel } = this.topic.world;
    recorder.record(kernel.now, kind, this.topic.place, 0, subject, this.index, value);
  }
}
