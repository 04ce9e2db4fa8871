/**
 * A call with policies. The order is that of .NET's standard resilience pipeline (Microsoft.Extensions.Http.Resilience), from the outside:
 * rate limit and bulkhead once for the call, the deadline, then retries with their budget, then for each attempt the breaker and the
 * timeout. What a policy refuses is not tried again: nothing was sent, and the refusal is there to end the call fast.
 */
import { PolicyAct, RecordKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import type { Timer } from '../../sim/kernel';
import { Attempt } from '../attempt';
import { Call, type CallObserver, type CallOptions } from '../call';
import type { Chain } from '../chain';
import type { ClientRequest } from '../client-request';
import { EventKind } from '../event-kind';
import type { Message } from '../message';
import { CallFailed, type Status } from '../status';
import type { Way } from '../way';
import type { SpanKey } from '../tracing/trace-ids';
import type { World } from '../world';
import type { CallGuards } from './call-policies';
import type { Part } from './part';

/** What every call is given. */
export interface CallSetting {
  readonly world: World;
  readonly request: ClientRequest;
  readonly chain: Chain;
  readonly way: Way;
  readonly body: unknown;
  readonly options: CallOptions;
  readonly observer: CallObserver;
  /** The span in which it is made; undefined: that of the client's request, or nobody asks. */
  readonly span: SpanKey | undefined;
}

export class GuardedCall extends Call {
  /** The breaker's term in which the attempt under way was permitted. */
  private term: number | undefined = undefined;
  private isInside = false;
  private refusal: CallFailed | undefined = undefined;
  private current: Message | undefined = undefined;
  private deadlineTimer: Timer | undefined = undefined;

  /** @param deadlineAt when it must be over, its retries included; −1 for never */
  constructor(
    { world, request, chain, way, body, options, observer }: CallSetting,
    protected readonly guards: CallGuards,
    protected readonly deadlineAt: Micros,
  ) {
    super(world, request, chain, way, body, options, observer);
  }

  override begin(): void {
    const { rateLimit, bulkhead, budget } = this.guards;
    if (rateLimit && !rateLimit.take()) return this.refuseBy(rateLimit, 'RESOURCE_EXHAUSTED', 'has no token left');
    if (bulkhead) {
      if (!bulkhead.enter()) return this.refuseBy(bulkhead, 'RESOURCE_EXHAUSTED', 'is full');
      this.isInside = true;
    }
    budget?.deposit();
    if (this.deadlineAt >= 0 && !this.armDeadline()) return;
    super.begin();
  }

  get canBeCalledOff(): boolean {
    return this.deadlineAt >= 0 || this.guards.hedge !== undefined || this.way.speaksGrpc;
  }

  /** Nobody waits for it any more, or it must not go on. */
  callOff(error: CallFailed): void {
    this.refusal = error;
    this.chain.spend('td', this.world.kernel.now);
    this.reply = undefined;
    this.callOffAttempts();
    this.giveUp();
  }

  override attempt(): void {
    const { breaker } = this.guards;
    if (breaker) {
      this.term = breaker.permit();
      if (this.term === undefined) return this.refuseBy(breaker, 'UNAVAILABLE', 'is open');
    }
    super.attempt();
  }

  override backOff(): void {
    const { budget, throttle } = this.guards;
    // Without another attempt nothing is taken out.
    if ((this.reply?.pushBackMicros ?? 0) < 0) return super.backOff();
    const meter = budget && !budget.withdraw() ? budget : throttle && !throttle.permits() ? throttle : undefined;
    if (!meter) return super.backOff();
    meter.record(PolicyAct.refused, this.request, this.id);
    this.giveUp();
  }

  override replied(reply: Message): void {
    const { status } = reply;
    this.attemptEnded(status, this.term, reply.pushBackMicros);
    this.term = undefined;
    if (status === undefined || this.isRetryable(status)) return super.replied(reply);
    this.reply = reply;
    this.giveUp();
  }

  override timedOut(): void {
    this.attemptEnded('DEADLINE_EXCEEDED', this.term);
    this.term = undefined;
    super.timedOut();
  }

  override answer(): void {
    this.leave();
    super.answer();
  }

  override fail(): void {
    this.leave();
    super.fail();
  }

  protected override failure(): CallFailed {
    return this.refusal ?? super.failure();
  }

  protected override newMessage(): Message {
    const message = super.newMessage();
    if (this.deadlineAt >= 0 || this.way.speaksGrpc) message.attempt = new Attempt(this.world, this.deadlineAt);
    this.current = message;
    return message;
  }

  protected override callOffAttempts(): void {
    if (this.current) this.sendCancel(this.current);
    this.current = undefined;
  }

  protected sendCancel(message: Message): void {
    this.way.cancel(message, this.chain);
  }

  protected refuseBy(part: Part, status: Status, why: string): void {
    this.refusal = new CallFailed(status, `${part.names.id} to ${this.way.target} ${why}`);
    part.record(PolicyAct.refused, this.request, this.id);
    this.giveUp();
  }

  /**
   * How an attempt ended: an answer, or a failure with its status. A failure that another attempt would not follow counts for throttling only
   * when the service has asked for none (gRFC A6, "Throttling Retry Attempts and Hedged RPCs").
   */
  protected attemptEnded(status: Status | undefined, term: number | undefined, pushBackMicros?: Micros): void {
    const { breaker, throttle } = this.guards;
    if (term !== undefined) breaker!.ended(term, status);
    if (throttle && (status === undefined || this.isRetryable(status) || (pushBackMicros ?? 0) < 0)) throttle.ended(status === undefined);
  }

  protected isRetryable(status: Status): boolean {
    const { retryOn } = this.guards;
    return retryOn === undefined || retryOn.has(status);
  }

  /** False when the deadline is over already. */
  private armDeadline(): boolean {
    const { world, request, deadlineAt } = this;
    const left = deadlineAt - world.kernel.now;
    if (left <= 0) {
      this.refusal = this.tooLate();
      this.giveUp();
      return false;
    }
    const ring = (): void => {
      this.deadlineTimer = undefined;
      world.recorder.record(world.kernel.now, RecordKind.timedOut, this.way.from.place, request.id, this.id, this.attempts, 0);
      this.attemptEnded('DEADLINE_EXCEEDED', this.term);
      this.term = undefined;
      this.callOff(this.tooLate());
    };
    request.hopes++;
    this.deadlineTimer = world.kernel.schedule(left, EventKind.alarm, { request, ring });
    return true;
  }

  private tooLate(): CallFailed {
    return new CallFailed('DEADLINE_EXCEEDED', `${this.way.target} did not answer before the deadline at ${this.deadlineAt / 1000} ms`);
  }

  private leave(): void {
    if (this.deadlineTimer !== undefined && this.world.kernel.cancel(this.deadlineTimer)) this.request.hopes--;
    this.deadlineTimer = undefined;
    if (!this.isInside) return;
    this.isInside = false;
    this.guards.bulkhead!.leave();
  }
}
