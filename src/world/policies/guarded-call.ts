/**
 * A call with policies that refuse. The order is that of .NET's standard resilience pipeline (Microsoft.Extensions.Http.Resilience), from
 * the outside: rate limit and bulkhead once for the call, then retries with their budget, then for each attempt the breaker and the timeout.
 * What a policy refuses is not tried again: nothing was sent, and the refusal is there to end the call fast.
 */
import { PolicyAct } from '../../model/trace';
import { Call, type CallObserver, type CallOptions } from '../call';
import type { Chain } from '../chain';
import type { ClientRequest } from '../client-request';
import type { LinkNode } from '../link-node';
import type { Message } from '../message';
import { CallFailed, type Status } from '../status';
import type { World } from '../world';
import type { CallGuards } from './call-policies';
import type { Part } from './part';

/** The one way to begin a call: with nothing to guard it, it carries nothing for guards. */
export function beginCall(
  world: World,
  request: ClientRequest,
  chain: Chain,
  way: LinkNode,
  body: unknown,
  options: CallOptions,
  observer: CallObserver,
): void {
  const { guards } = options;
  const call = guards
    ? new GuardedCall(world, request, chain, way, body, options, observer, guards)
    : new Call(world, request, chain, way, body, options, observer);
  call.begin();
}

class GuardedCall extends Call {
  /** The breaker's term in which the attempt under way was permitted. */
  private term: number | undefined = undefined;
  private isInside = false;
  private refusal: CallFailed | undefined = undefined;

  constructor(
    world: World,
    request: ClientRequest,
    chain: Chain,
    way: LinkNode,
    body: unknown,
    options: CallOptions,
    observer: CallObserver,
    private readonly guards: CallGuards,
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
    super.begin();
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
    const { budget } = this.guards;
    if (!budget || budget.withdraw()) return super.backOff();
    budget.record(PolicyAct.refused, this.request, this.id);
    this.giveUp();
  }

  override replied(reply: Message): void {
    this.attemptEnded(reply.status);
    super.replied(reply);
  }

  override timedOut(): void {
    this.attemptEnded('DEADLINE_EXCEEDED');
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

  private refuseBy(part: Part, status: Status, why: string): void {
    this.refusal = new CallFailed(status, `${part.names.id} to ${this.way.to.id} ${why}`);
    part.record(PolicyAct.refused, this.request, this.id);
    this.giveUp();
  }

  private attemptEnded(status: Status | undefined): void {
    if (this.term === undefined) return;
    this.guards.breaker!.ended(this.term, status);
    this.term = undefined;
  }

  private leave(): void {
    if (!this.isInside) return;
    this.isInside = false;
    this.guards.bulkhead!.leave();
  }
}
