/** One record of a producer that tries again: its attempts, the time-outs of each and of all, and the one answer that counts. */
import { LOG_RECORDS } from '../../model/log-records';
import type { Micros } from '../../model/time';
import type { Timer } from '../../sim/kernel';
import { EventKind } from '../event-kind';
import { Message } from '../message';
import type { Node } from '../node';
import type { Confirmable } from '../ticket';
import type { Way } from '../way';
import type { World } from '../world';
import type { Producer } from './producer';
import type { SequenceNumber } from './producer-ledger';

export class Publishing implements Confirmable {
  readonly incarnation: number;
  /** Of an idempotent producer, from its first attempt on. */
  number: SequenceNumber | undefined;
  state: 'ready' | 'sent' | 'backingOff' = 'ready';
  private attempts = 0;
  private isOver = false;
  /** The message of the last attempt, and whether everything before the record was decided when that was sent. */
  private last = -1;
  private wasOldest = false;
  private readonly patience: Alarm;
  private readonly deadline: Alarm;

  constructor(
    private readonly world: World,
    private readonly producer: Producer,
    private readonly node: Node,
    private readonly way: Way,
    /** As it leaves the handler: each attempt is a copy of it. */
    private readonly draft: Message,
    private readonly asker: Confirmable,
  ) {
    this.incarnation = node.incarnation;
    this.patience = new Alarm(world, node, draft, () => this.timeIsUp());
    this.deadline = new Alarm(world, node, draft, () => this.giveUp(`TIMEOUT: no confirm within the time for delivery`));
  }

  get partition(): number {
    return this.draft.log!.publication!.partition;
  }

  begin(): void {
    this.deadline.start(this.model.deliveryTimeoutMicros);
    this.producer.begin(this);
  }

  /** Any attempt's confirm counts, of refusals only the last attempt's: a duplicate of either changes nothing. */
  confirmed(answer: Message, now: Micros): void {
    if (this.isOver) return;
    if (answer.status === undefined) this.end(answer, now);
    else if (answer.id !== this.last || this.state !== 'sent') return;
    else if (answer.status !== 'UNAVAILABLE' && answer.status !== 'ABORTED') this.end(answer, now);
    else if (this.attempts > this.model.retries) this.end(answer, now);
    else {
      if (answer.status === 'ABORTED' && this.wasOldest) this.producer.missing(this);
      this.backOff();
    }
  }

  attempt(): void {
    const { draft, number, world } = this;
    this.attempts++;
    this.state = 'sent';
    this.wasOldest = this.producer.isOldest(this);
    if (this.attempts > 1) this.noteRetry();
    const message = this.attempts === 1 ? draft : draft.copyAs(world.nextMessageId++);
    this.last = message.id;
    message.chain.spend('td', world.kernel.now);
    message.log = { publication: { ...draft.log!.publication!, ...(number && { number }) } };
    message.ticket = this;
    this.patience.start(this.model.requestTimeoutMicros);
    this.way.send(message);
  }

  private get model() {
    return this.producer.topic.model.producer!;
  }

  /** The time-out of an attempt, or the back-off after one, is over. */
  private timeIsUp(): void {
    if (this.state === 'backingOff') {
      this.state = 'ready';
      this.producer.send(this);
    } else if (this.attempts > this.model.retries) this.giveUp('TIMEOUT: no confirm');
    else this.backOff();
  }

  /** The same pause each time, as before Kafka 3.7 (KIP-580 doubles it). */
  private backOff(): void {
    this.state = 'backingOff';
    this.patience.start(this.model.retryBackoffMicros);
  }

  private noteRetry(): void {
    const { topic } = this.producer;
    const { recorder, kernel } = this.world;
    recorder.record(
      kernel.now,
      LOG_RECORDS.republished,
      topic.place,
      this.draft.request.id,
      this.node.place,
      this.partition,
      this.attempts,
    );
  }

  private giveUp(text: string): void {
    const { draft } = this;
    const { now } = this.world.kernel;
    const failure = new Message(draft.id, draft.kind, draft.request, draft.chain.copy(), this.node.id, undefined);
    failure.chain.spend('td', now);
    failure.status = 'DEADLINE_EXCEEDED';
    failure.errorText = text;
    this.end(failure, now);
  }

  private end(answer: Message, now: Micros): void {
    this.isOver = true;
    this.patience.stop();
    this.deadline.stop();
    this.producer.end(this, answer.status === undefined);
    this.asker.confirmed(answer, now);
  }
}

/** A timer that carries the request on as long as it runs. */
class Alarm {
  private timer: Timer | undefined = undefined;

  constructor(
    private readonly world: World,
    readonly owner: Node,
    private readonly draft: Message,
    private readonly over: () => void,
  ) {}

  get request() {
    return this.draft.request;
  }

  start(micros: Micros): void {
    this.stop();
    this.request.hopes++;
    this.timer = this.world.kernel.schedule(micros, EventKind.alarm, this);
  }

  stop(): void {
    if (this.timer !== undefined && this.world.kernel.cancel(this.timer)) this.request.hopes--;
    this.timer = undefined;
  }

  /** The kernel's event. */
  ring(): void {
    this.timer = undefined;
    this.over();
  }
}
