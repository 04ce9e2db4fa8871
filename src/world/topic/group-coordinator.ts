/**
 * The coordinator of a group that is rebalanced. The `consumerGroup` machine decides when; this keeps the seats of the members and their
 * sessions, numbers the generations, has the partitions shared out and answers. The assignment is made when the leader's SyncGroup comes.
 * A group has formed before the run begins: its members of the first instant are in generation 1.
 * Not modelled: a coordinator that fails itself, or its log of offsets.
 */
import { COMMIT_ERRORS, LEAVE_REASONS, type CommitError } from '../../model/log-records';
import { MessageKind, RecordKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import { Countdown } from '../countdown';
import type { Instance } from '../driver';
import { Message } from '../message';
import { assignAmong } from './assign-partitions';
import type { ConsumerGroup } from './consumer-group';
import type { GroupMember } from './group-member';
import { NO_GENERATION, type Claim, type GroupAnswer, type GroupTraffic, type MemberIdentity } from './group-traffic';
import type { TopicMachines } from './topic-machines';

/** One member, as the coordinator knows it. */
interface Seat {
  readonly id: number;
  readonly member: GroupMember;
  readonly session: Countdown;
  claim: Claim;
  /** Its last JoinGroup, and those of its questions that are not answered yet. */
  number: number;
  joining: Message | undefined;
  syncing: Message | undefined;
  partitions: readonly number[];
}

export class GroupCoordinator {
  generation = 0;
  private phase: 'preparing' | 'completing' | 'stable' = 'stable';
  private leader = 0;
  private startedAt: Micros = 0;
  private readonly seats = new Map<number, Seat>();
  /** Ids of members that are gone. */
  private readonly former = new Set<number>();
  private readonly machine: Instance;
  private readonly events: TopicMachines['groupEvents'];
  private readonly deadline: Countdown;

  constructor(private readonly group: ConsumerGroup) {
    const { topic, model } = group;
    this.events = topic.machines.groupEvents;
    this.deadline = new Countdown(topic.world, undefined, () => this.machine.send(this.events.timeUp));
    this.machine = topic.machines.coordinator(model, {
      gather: () => this.prepare(model.initialRebalanceDelayMicros),
      prepare: () => this.prepare(model.maxPollIntervalMicros),
      dropMissing: () => this.dropMissing(),
      complete: () => this.complete(),
      settle: () => this.settle(),
      dissolve: () => this.deadline.stop(),
    });
  }

  form(members: readonly GroupMember[]): void {
    if (members.length === 0) return;
    this.generation = 1;
    for (const member of members) {
      const seat = this.seat(member, this.group.nextMemberId());
      seat.session.start(this.group.model.sessionTimeoutMicros);
    }
    this.machine.send(this.events.formed, members.length);
    this.share();
    for (const seat of this.seats.values()) seat.member.form(seat.id, this.generation, this.assignmentOf(seat));
  }

  receive(message: Message): void {
    const { identity, member } = message.log!.group!;
    const seat = this.seats.get(identity.id);
    if (message.kind === MessageKind.joinGroup) return this.join(message, seat);
    if (!seat) return this.answer(message, { error: 'UNKNOWN_MEMBER_ID' });
    if (message.kind === MessageKind.leaveGroup) return this.remove(seat, 'left');
    const error = this.errorFor({ id: identity.id, generation: identity.generation });
    if (error === undefined && !seat.joining) this.touch(seat);
    if (message.kind === MessageKind.syncGroup) this.sync(message, seat, error);
    else if (error) this.answer(message, { error });
    else if (this.phase === 'preparing' && member === seat.member) this.answer(message, { error: 'REBALANCE_IN_PROGRESS' });
    else this.answer(message, {});
  }

  /** Why a commit under this identity is refused; undefined when it is not. A commit shows that the member lives. */
  refusalOf(identity: MemberIdentity): CommitError | undefined {
    const error = this.errorFor(identity) ?? (this.phase === 'completing' ? 'REBALANCE_IN_PROGRESS' : undefined);
    const seat = this.seats.get(identity.id);
    if (error === undefined && seat && !seat.joining) this.touch(seat);
    return error;
  }

  /** Whether what a member takes up under this identity is its own: nobody else has been given it meanwhile. */
  isCurrent({ id, generation }: MemberIdentity): boolean {
    return this.seats.has(id) && generation === this.generation;
  }

  private errorFor({ id, generation }: MemberIdentity): CommitError | undefined {
    if (!this.seats.has(id)) return COMMIT_ERRORS[0];
    return generation === this.generation ? undefined : COMMIT_ERRORS[1];
  }

  private join(message: Message, known: Seat | undefined): void {
    const { identity, member, number, claim } = message.log!.group!;
    if (!known && identity.generation !== NO_GENERATION) return this.answer(message, { error: 'UNKNOWN_MEMBER_ID' });
    // A copy of a JoinGroup that has been answered, or of a member that has gone.
    if (known ? number < known.number || (number === known.number && !known.joining) : this.former.has(identity.id)) return;
    const seat = known ?? this.seat(member, identity.id);
    const isFirst = seat.joining === undefined;
    Object.assign(seat, { joining: message, number, claim: claim ?? seat.claim });
    seat.session.stop();
    if (!known) this.record(RecordKind.memberJoined, member.consumer.service.place, this.seats.size);
    if (isFirst) this.machine.send(known ? this.events.joinKnown : this.events.joinNew);
  }

  private sync(message: Message, seat: Seat, error: CommitError | undefined): void {
    if (error ?? this.phase === 'preparing') return this.answer(message, { error: error ?? 'REBALANCE_IN_PROGRESS' });
    seat.syncing = message;
    if (this.phase === 'stable') this.handOut(seat);
    else if (seat.id === this.leader) this.machine.send(this.events.synced);
  }

  private seat(member: GroupMember, id: number): Seat {
    const session = new Countdown(this.group.topic.world, undefined, () => this.remove(seat, 'sessionTimeout'));
    const claim: Claim = { partitions: [], generation: NO_GENERATION };
    const seat: Seat = { id, member, session, claim, number: 0, joining: undefined, syncing: undefined, partitions: [] };
    this.seats.set(id, seat);
    return seat;
  }

  private remove(seat: Seat, why: (typeof LEAVE_REASONS)[number]): void {
    this.unseat(seat, why);
    this.machine.send(this.events.gone, seat.joining !== undefined);
  }

  private unseat(seat: Seat, why: (typeof LEAVE_REASONS)[number]): void {
    seat.session.stop();
    this.seats.delete(seat.id);
    this.former.add(seat.id);
    this.record(RecordKind.memberLeft, seat.member.consumer.service.place, LEAVE_REASONS.indexOf(why));
    this.group.release(seat.member.consumer);
  }

  private touch(seat: Seat): void {
    seat.session.start(this.group.model.sessionTimeoutMicros);
  }

  /** Action of the machine: all are to rejoin, within a time. */
  private prepare(withinMicros: Micros): void {
    // The first generation that an empty group gathers for begins here too.
    if (this.phase !== 'preparing') this.startedAt = this.group.topic.world.kernel.now;
    this.phase = 'preparing';
    this.record(RecordKind.rebalanceStarted, this.generation, 0);
    for (const seat of this.seats.values()) {
      if (seat.syncing) this.answer(seat.syncing, { error: 'REBALANCE_IN_PROGRESS' });
      seat.syncing = undefined;
    }
    this.deadline.start(withinMicros);
  }

  /** Action of the machine: the time is up for those who have not rejoined. */
  private dropMissing(): void {
    for (const seat of [...this.seats.values()]) if (!seat.joining) this.unseat(seat, 'rebalanceTimeout');
  }

  /** Action of the machine: all who are left have joined. */
  private complete(): void {
    this.deadline.stop();
    this.phase = 'completing';
    this.generation++;
    if (!this.seats.has(this.leader)) this.leader = this.seats.keys().next().value ?? 0;
    for (const seat of this.seats.values()) {
      this.answer(seat.joining!, { generation: this.generation });
      seat.joining = undefined;
      this.touch(seat);
    }
  }

  /** Action of the machine: the leader has said who reads what. */
  private settle(): void {
    this.phase = 'stable';
    this.share();
    this.record(RecordKind.rebalanced, this.generation, this.group.topic.world.kernel.now - this.startedAt);
    for (const seat of this.seats.values()) if (seat.syncing) this.handOut(seat);
  }

  /** Members come in the order of the names of their services. */
  private share(): void {
    const seats = [...this.seats.values()].sort((one, other) =>
      one.member.consumer.service.id < other.member.consumer.service.id ? -1 : 1,
    );
    const { assignment: how } = this.group.model;
    const assignment = assignAmong(
      how,
      this.group.topic.model.partitions,
      seats.map(({ claim }) => claim),
    );
    for (const [index, seat] of seats.entries()) {
      seat.partitions = assignment.flatMap((owner, partition) => (owner === index ? [partition] : []));
    }
  }

  private handOut(seat: Seat): void {
    this.answer(seat.syncing!, { assignment: this.assignmentOf(seat) });
    seat.syncing = undefined;
  }

  private assignmentOf({ partitions }: Seat): ReadonlyMap<number, number> {
    return new Map(partitions.map((partition) => [partition, this.group.startOf(partition)]));
  }

  private answer(message: Message, answer: GroupAnswer): void {
    const { topic } = this.group;
    const { claim: _claim, ...traffic } = message.log!.group!;
    const reply = new Message(message.id, MessageKind.groupAnswer, message.request, message.chain.copy(), topic.id, undefined);
    reply.log = { group: { ...traffic, answer } satisfies GroupTraffic };
    message.way!.opposite.send(reply);
  }

  private record(kind: RecordKind, subject: number, value: number): void {
    const { topic, index } = this.group;
    topic.world.recorder.record(topic.world.kernel.now, kind, topic.place, 0, subject, index, value);
  }
}
