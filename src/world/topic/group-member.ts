/**
 * A service as a member of a group that is rebalanced. The `groupMember` machine decides; this talks to the coordinator and has the readers
 * of the service begin and end. Its heart is a part of its process: it stands still in a pause and ends with a crash.
 * Not modelled: the round trip that gives a member its id (KIP-394), static members (KIP-345), the offsets' own round trip (they come with
 * the assignment), the consumer protocol of Kafka 4 (KIP-848).
 */
import { type CommitError } from '../../model/log-records';
import { MessageKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import { Countdown } from '../countdown';
import type { Instance } from '../driver';
import type { Message } from '../message';
import type { Consumer } from './consumer';
import { NO_GENERATION, REQUEST_TIMEOUT_MICROS, type Claim, type MemberIdentity } from './group-traffic';
import type { TopicMachines } from './topic-machines';

const NOBODY: MemberIdentity = { id: 0, generation: NO_GENERATION };
const NOTHING: Claim = { partitions: [], generation: NO_GENERATION };

export class GroupMember {
  identity = NOBODY;
  private number = 0;
  private claim = NOTHING;
  /** Its process is to stop, and waits until it has left the group. */
  isLeaving = false;
  private assignment: ReadonlyMap<number, number> = new Map();
  private readonly machine: Instance;
  private readonly events: TopicMachines['memberEvents'];
  private readonly patience: Countdown;
  private readonly heart: Countdown;
  private readonly entering: Countdown;
  private readonly leaving: Countdown;

  constructor(readonly consumer: Consumer) {
    const { topic, service, world, model } = consumer;
    this.events = topic.machines.memberEvents;
    this.patience = new Countdown(world, service, () => this.machine.send(this.events.elapsed));
    this.heart = new Countdown(world, service, () => this.beat());
    this.entering = new Countdown(world, service, () => this.machine.send(this.events.enter));
    this.leaving = new Countdown(world, service, () => this.machine.send(this.events.leave));
    this.machine = topic.machines.member(service, model, {
      join: () => this.join(),
      sync: () => this.ask(MessageKind.syncGroup),
      takeUp: () => this.takeUp(),
      giveUp: () => this.giveUp([...consumer.reading]),
      giveUpExcess: () => this.giveUp([...consumer.reading].filter((partition) => !this.assignment.has(partition))),
      commit: () => this.commit(),
      forget: () => this.forget(),
      goAway: () => this.goAway(),
      drop: () => this.drop(),
    });
  }

  /** It is a member when the run begins: the group had formed before. */
  form(id: number, generation: number, assignment: ReadonlyMap<number, number>): void {
    this.identity = { id, generation };
    this.assignment = assignment;
    this.machine.send(this.events.formed);
    this.heart.start(this.consumer.model.heartbeatIntervalMicros);
    this.planLeaving();
  }

  /** Whether it has an identity that the group may know. */
  get isMember(): boolean {
    return this.identity.id !== 0;
  }

  get isThereFromTheBeginning(): boolean {
    return this.fromMicros === 0 && !this.consumer.service.isDown;
  }

  /** Its process is there, and it is no member: it enters when its time comes, which may be now. */
  begin(): void {
    if (this.consumer.service.isDown) return;
    const { now } = this.consumer.world.kernel;
    if (now < this.fromMicros) this.entering.start(this.fromMicros - now);
    else if (now < this.untilMicros) this.machine.send(this.events.enter);
    this.planLeaving();
  }

  crash(): void {
    for (const countdown of [this.patience, this.heart, this.entering, this.leaving]) countdown.stop();
    this.machine.send(this.events.crash);
  }

  /** Its process is to stop: it finishes what it has in hand, commits and goes. */
  leave(): void {
    this.isLeaving = this.isMember;
    for (const countdown of [this.entering, this.leaving]) countdown.stop();
    this.machine.send(this.events.leave);
  }

  /** The coordinator has answered. */
  receive(message: Message): void {
    const { identity, number, answer } = message.log!.group!;
    if (identity.id !== this.identity.id || number !== this.number) return;
    const { error, generation, assignment } = answer!;
    if (error) this.failed(error, identity);
    else if (generation !== undefined) {
      this.identity = { id: identity.id, generation };
      this.heart.start(this.consumer.model.heartbeatIntervalMicros);
      this.machine.send(this.events.joined);
    } else if (assignment) {
      this.assignment = assignment;
      const hasExcess = [...this.consumer.reading].some((partition) => !assignment.has(partition));
      this.machine.send(this.events.synced, hasExcess);
    }
  }

  /** Something that it did under an identity was refused; by now it may have another. */
  failed(error: CommitError, { id, generation }: MemberIdentity): void {
    if (id !== this.identity.id || generation !== this.identity.generation) return;
    this.machine.send(error === 'REBALANCE_IN_PROGRESS' ? this.events.rebalance : this.events.fenced);
  }

  /** A reader has ended. */
  released(): void {
    if (this.consumer.stopping === 0) this.machine.send(this.events.released);
  }

  private get fromMicros(): Micros {
    const { model, service } = this.consumer;
    return model.membership[service.id]?.fromMicros ?? 0;
  }

  private get untilMicros(): Micros {
    const { model, service } = this.consumer;
    return model.membership[service.id]?.untilMicros ?? Infinity;
  }

  private planLeaving(): void {
    const { now } = this.consumer.world.kernel;
    if (this.untilMicros !== Infinity && now < this.untilMicros) this.leaving.start(this.untilMicros - now);
  }

  private join(): void {
    if (this.identity.id === 0) this.identity = { id: this.consumer.group.nextMemberId(), generation: NO_GENERATION };
    this.heart.stop();
    this.ask(MessageKind.joinGroup);
  }

  private ask(kind: MessageKind): void {
    this.number++;
    this.consumer.send(this.write(kind));
    this.patience.start(REQUEST_TIMEOUT_MICROS);
  }

  private write(kind: MessageKind): Message {
    const message = this.consumer.write(kind);
    const { identity, number, claim } = this;
    message.log = { group: { member: this, identity, number, claim } };
    return message;
  }

  private takeUp(): void {
    this.patience.stop();
    const { assignment, identity } = this;
    this.claim = { partitions: [...assignment.keys()], generation: identity.generation };
    const { group } = this.consumer;
    const isOwn = group.coordinator!.isCurrent(identity);
    for (const [partition, offset] of assignment) {
      if (this.consumer.reading.has(partition)) continue;
      if (isOwn) group.take(partition, this.consumer, offset);
      this.consumer.takeUp(partition, offset);
    }
  }

  private giveUp(partitions: readonly number[]): void {
    this.patience.stop();
    this.consumer.giveUp(partitions);
    this.released();
  }

  /** An automatic commit of all that was handled; a manual one is the handler's business. */
  private commit(): void {
    const done = (): void => this.machine.send(this.events.committed);
    if (this.consumer.commitNow(done)) this.patience.start(REQUEST_TIMEOUT_MICROS);
    else done();
  }

  private goAway(): void {
    this.consumer.send(this.write(MessageKind.leaveGroup));
    if (!this.isLeaving) return;
    this.isLeaving = false;
    this.consumer.service.lifecycle!.checkIdle();
  }

  private forget(): void {
    this.heart.stop();
    this.patience.stop();
    this.identity = NOBODY;
    this.claim = NOTHING;
    this.consumer.forgetProgress();
  }

  private drop(): void {
    this.isLeaving = false;
    this.forget();
    this.consumer.drop();
  }

  private beat(): void {
    const { consumer } = this;
    const { heartbeatIntervalMicros, maxPollIntervalMicros } = consumer.model;
    this.heart.start(heartbeatIntervalMicros);
    if (consumer.longestPoll() > maxPollIntervalMicros) this.machine.send(this.events.tooSlow);
    if (this.identity.id !== 0) consumer.send(this.write(MessageKind.heartbeat));
  }
}
