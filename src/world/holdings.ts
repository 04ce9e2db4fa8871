/** What a queue holds, and the timers of it: a delay, then a ttl while a message is ready, an ack timeout while it is handed out. */
import type { Queue } from '../model/kinds/queue';
import type { Micros } from '../model/time';
import { EventKind } from './event-kind';
import { ReadyLines } from './ready-lines';
import type { Stored } from './stored';
import { StoredList } from './stored-list';
import type { World } from './world';

export class Holdings {
  readonly ready: ReadyLines;
  readonly delayed = new StoredList();
  /** Handed out and not acknowledged. */
  readonly out = new StoredList();
  private lastTurn = 0;

  constructor(
    private readonly world: World,
    /** As it is now. Priorities stay what they were. */
    public model: Queue,
  ) {
    this.ready = new ReadyLines(model.priority);
  }

  /** Ready or delayed. */
  get waiting(): number {
    return this.ready.length + this.delayed.length;
  }

  /** All that wait, in a list of its own. */
  all(): Stored[] {
    return [...this.ready.all(), ...this.delayed.all()];
  }

  delay(stored: Stored, delayMicros: Micros): void {
    stored.dueAt = this.now + delayMicros;
    this.delayed.push(stored);
    this.startTimer(stored, delayMicros, EventKind.alarm);
  }

  /** Ready for the first time: it gets its turn, and its ttl begins. */
  makeReady(stored: Stored): void {
    if (stored.list) this.remove(stored);
    stored.turn = ++this.lastTurn;
    this.ready.push(stored);
    const ttlMicros = shorter(this.model.ttlMicros, stored.message.envelope?.ttlMicros);
    if (ttlMicros === undefined) return;
    stored.expiresAt = this.now + ttlMicros;
    this.startTimer(stored, ttlMicros, EventKind.alarm);
  }

  /** A ready one that `ready` has just given. */
  handOut(stored: Stored): void {
    this.out.push(stored);
    if (this.model.ackTimeoutMicros !== undefined) this.startTimer(stored, this.model.ackTimeoutMicros, EventKind.ackTimeout);
  }

  /** One handed out is ready again, where its turn is. Its ttl is not running. */
  takeBack(stored: Stored): void {
    this.remove(stored);
    stored.waitsSince = this.now;
    this.ready.putBack(stored);
  }

  /** Whether its time is over: that of its delay, or its ttl. Otherwise its timer runs from now on, if it has one. */
  isOverdue(stored: Stored): boolean {
    const over = stored.list === this.delayed ? stored.dueAt : stored.expiresAt;
    if (over === undefined) return false;
    if (over <= this.now) return true;
    this.startTimer(stored, over - this.now, EventKind.alarm);
    return false;
  }

  /** From whichever list it is in. */
  remove(stored: Stored): void {
    this.stopTimer(stored);
    if (this.ready.has(stored)) this.ready.remove(stored);
    else stored.list!.remove(stored);
  }

  stopTimer(stored: Stored): void {
    if (stored.timer !== undefined && this.world.kernel.cancel(stored.timer)) stored.request.hopes--;
    stored.timer = undefined;
  }

  private get now(): Micros {
    return this.world.kernel.now;
  }

  private startTimer(stored: Stored, delayMicros: Micros, kind: number): void {
    const { kernel } = this.world;
    const { ackTimeoutMicros, ttlMicros, delayMicros: usualDelay } = this.model;
    stored.request.hopes++;
    // Lanes are for delays that many share.
    const isUsual = delayMicros === ackTimeoutMicros || delayMicros === ttlMicros || delayMicros === usualDelay;
    stored.timer = isUsual ? kernel.scheduleOnLane(kernel.lane(delayMicros), kind, stored) : kernel.schedule(delayMicros, kind, stored);
  }
}

function shorter(one: Micros | undefined, other: Micros | undefined): Micros | undefined {
  if (one === undefined) return other;
  return other === undefined ? one : Math.min(one, other);
}
