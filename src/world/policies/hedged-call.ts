/** A call that is sent again before it has failed. The `hedge` machine decides; this keeps the attempts under way and calls off the losers. */
import { PolicyAct, RecordKind } from '../../model/trace';
import type { Timer } from '../../sim/kernel';
import { Attempt } from '../attempt';
import { EventKind } from '../event-kind';
import type { Instance } from '../driver';
import type { Message } from '../message';
import type { Status } from '../status';
import { GuardedCall } from './guarded-call';

interface Racing {
  readonly message: Message;
  readonly term: number | undefined;
  timer: Timer | undefined;
}

export class HedgedCall extends GuardedCall {
  private racing: Racing[] = [];
  private hedgeTimer: Timer | undefined = undefined;

  override attempt(): void {
    const { world, guards, way, request, options } = this;
    const { breaker, throttle } = guards;
    const hedge = guards.hedge!;
    this.disarm();
    const isFirst = this.attempts === 0;
    if (!isFirst && throttle && !throttle.permits()) {
      throttle.record(PolicyAct.refused, request, this.id);
      return this.send('error');
    }
    const term = breaker?.permit();
    if (breaker && term === undefined) {
      if (isFirst) return this.refuseBy(breaker, 'UNAVAILABLE', 'is open');
      breaker.record(PolicyAct.refused, request, this.id);
      return this.send('error');
    }
    this.attempts++;
    if (!isFirst) hedge.part.record(PolicyAct.hedged, request, this.id);
    const message = this.newMessage();
    message.attempt ??= new Attempt(world, -1);
    message.chain.spend('td', world.kernel.now);
    const racing: Racing = { message, term, timer: undefined };
    this.racing.push(racing);
    if (options.timeoutMicros !== undefined) racing.timer = this.alarm(options.timeoutMicros, () => this.lost(racing));
    if (this.attempts < hedge.attempts) this.hedgeTimer = this.alarm(hedge.afterMicros, () => this.hedgeDue());
    world.tracer?.attemptStarts(this, message, way);
    way.send(message);
  }

  override replied(reply: Message): void {
    const racing = this.racing.find(({ message }) => message.id === reply.id);
    // It was called off or has timed out, and the answer was on its way already.
    if (!racing) return;
    this.reply = reply;
    this.world.tracer?.sendingEnds(reply.id, reply.status);
    this.ended(racing, reply.status, reply.pushBackMicros);
    if (reply.status === undefined) this.send('reply');
    else if (!this.isRetryable(reply.status)) this.send('fatal');
    else this.failed(reply);
  }

  /** Another attempt may follow: at once, or as the service has asked for (gRFC A6, "Pushback"). */
  private failed({ pushBackMicros: asked }: Message): void {
    if (asked === undefined) return this.send('error');
    const { world, way, request } = this;
    world.recorder.record(world.kernel.now, RecordKind.pushedBack, way.from.place, request.id, this.id, this.attempts, asked);
    this.send(asked < 0 ? 'errorLast' : 'errorLater');
  }

  /** Action of the machine: the next attempt goes when the service has asked for it, and the delay of the policy holds after that. */
  postpone(): void {
    this.disarm();
    this.hedgeTimer = this.alarm(this.reply!.pushBackMicros!, () => this.hedgeDue());
  }

  /** Action of the machine: no attempt may follow. */
  stopHedging(): void {
    this.disarm();
  }

  override answer(): void {
    this.end();
    super.answer();
  }

  override fail(): void {
    this.end();
    if (!this.reply) this.chain.spend('td', this.world.kernel.now);
    super.fail();
  }

  protected override makeMachine(): Instance {
    return this.world.hedging.create(this.options.guards!.hedge!.attempts);
  }

  protected override send(event: string): void {
    this.world.hedging.send(this.machine, event, this);
  }

  protected override callOffAttempts(): void {
    this.end();
  }

  private hedgeDue(): void {
    this.hedgeTimer = undefined;
    this.send('hedgeDue');
  }

  /** An attempt has timed out: it counts as one that has failed. */
  private lost(racing: Racing): void {
    const { world } = this;
    const { id } = racing.message;
    racing.timer = undefined;
    this.reply = undefined;
    world.recorder.record(world.kernel.now, RecordKind.timedOut, this.way.from.place, this.request.id, this.id, this.attempts, id);
    this.ended(racing, 'DEADLINE_EXCEEDED');
    world.tracer?.sendingEnds(id, 'DEADLINE_EXCEEDED');
    this.sendCancel(racing.message);
    this.send('error');
  }

  private ended(racing: Racing, status: Status | undefined, pushBackMicros?: number): void {
    this.racing = this.racing.filter((other) => other !== racing);
    this.stop(racing.timer);
    this.attemptEnded(status, racing.term, pushBackMicros);
  }

  /** The call is over: whoever still works on it need not. */
  private end(): void {
    this.disarm();
    for (const { message, timer } of this.racing) {
      this.stop(timer);
      this.sendCancel(message);
    }
    this.racing = [];
  }

  private alarm(delayMicros: number, ring: () => void): Timer {
    this.request.hopes++;
    return this.world.kernel.schedule(delayMicros, EventKind.alarm, { request: this.request, ring, owner: this.way.from });
  }

  private disarm(): void {
    this.stop(this.hedgeTimer);
    this.hedgeTimer = undefined;
  }

  private stop(timer: Timer | undefined): void {
    if (timer !== undefined && this.world.kernel.cancel(timer)) this.request.hopes--;
  }
}
