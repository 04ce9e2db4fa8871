/**
 * What a message that is sent or published is to bring about: that its handler has run to its end, in every group of a topic. A request is
 * completed when its client's own part is over and all its effects are there: a broker's confirm is acceptance, not completion.
 */
import { Outcome } from '../model/outcome';
import type { Chain } from './chain';
import type { ClientRequest } from './client-request';
import type { Message } from './message';

export class Effect {
  /** How many have yet to handle it. */
  private left = 1;
  /** Which of several have. */
  private handledBy: number[] | undefined = undefined;
  private isInLog = false;

  constructor(private readonly request: ClientRequest) {
    request.effects++;
  }

  /** A topic hands the message to so many subscribers or groups, each by itself. A duplicate of it changes nothing. */
  expect(receivers: number, chain: Chain): void {
    if (this.left !== 1 || this.handledBy) return;
    this.left = receivers;
    this.handledBy = [];
    if (receivers === 0) this.isThere(chain);
  }

  /** As long as a log keeps it, a group can still come to it. */
  keep(): void {
    if (this.isInLog || this.left === 0) return;
    this.isInLog = true;
    this.request.hopes++;
  }

  /** The log does not keep it any more, or a group has passed over it: it may be that nobody handles it. */
  forget(): void {
    if (!this.isInLog) return;
    this.isInLog = false;
    this.request.hopes--;
    this.request.answered?.checkHope(this.request);
  }

  /** A handler has run to its end. Being handled again, after a redelivery, changes nothing. */
  handled(receiver: number, chain: Chain): void {
    if (this.left === 0 || this.handledBy?.includes(receiver)) return;
    this.handledBy?.push(receiver);
    this.left--;
    if (this.left === 0) this.isThere(chain);
  }

  private isThere(chain: Chain): void {
    const { request } = this;
    if (this.isInLog) request.hopes--;
    this.isInLog = false;
    request.effects--;
    if (request.effects > 0 || !request.answered || request.decided) return;
    request.chain.follow(chain);
    request.answered.effectsAreThere(request);
  }
}

/** The handler of a message has ended. Giving it back is not what it was sent for, nor is looking at it among the dead letters. */
export function bringAbout(effect: Effect, { delivery, envelope, log, chain, request }: Message, ok: boolean): void {
  const isDead = envelope?.death !== undefined && envelope.death.queue !== delivery?.stored.queue.id;
  if (!ok || (delivery?.verdict ?? 'ack') !== 'ack') request.failure = Outcome.error;
  else if (!isDead) effect.handled(log?.delivery?.receiver ?? 0, chain);
}
