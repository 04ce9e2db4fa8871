/** One request of a client, from its start until it is decided: what N, Ns, T, Q and R count. */
import { Outcome } from '../model/outcome';
import type { Micros } from '../model/time';
import { Chain } from './chain';

/** Whoever is told how the effects of a request come out. */
export interface Answered {
  effectsAreThere(request: ClientRequest): void;
  effectsFailed(request: ClientRequest, outcome: Outcome): void;
  checkHope(request: ClientRequest): void;
}

export class ClientRequest {
  acceptedAt: Micros = -1;
  outcome: Outcome = Outcome.inFlight;
  /** Events, waiting messages and timers that can still carry the request on. */
  hopes = 0;
  lostMessages = 0;
  /** What it has set in motion by sending and publishing, and is not there yet. */
  effects = 0;
  /** Its client, once that has done its own part and waits for nothing but the effects. */
  answered: Answered | undefined = undefined;
  /** How it ends when an effect can never be there any more. */
  failure: Outcome = Outcome.lost;
  /** Neighbours among the open requests. */
  earlier: ClientRequest | undefined = undefined;
  later: ClientRequest | undefined = undefined;
  /** The chain of the client's own activity. */
  readonly chain: Chain;
  private holds = 0;
  private heldSince: Micros = 0;
  private heldBefore: Micros = 0;
  private drawPlace = -1;
  private drawCount = 0;
  /** The other places and their counts in turn: a request meets only a few. */
  private otherDraws: number[] | undefined = undefined;

  constructor(
    /** Counts from 1 over the clients of a run. */
    readonly id: number,
    /** Index of the client's place. */
    readonly client: number,
    readonly startedAt: Micros,
  ) {
    this.chain = new Chain(startedAt);
  }

  /** Number 0: decided from the start, so that nothing can happen to it. */
  static none(): ClientRequest {
    const request = new ClientRequest(0, 0, 0);
    request.outcome = Outcome.ok;
    return request;
  }

  get decided(): boolean {
    return this.outcome !== Outcome.inFlight;
  }

  /** From now on the caller can do nothing else, until as many `release` have come. */
  hold(now: Micros): void {
    if (this.answered) return;
    if (this.holds++ === 0) this.heldSince = now;
  }

  release(now: Micros): void {
    if (this.answered) return;
    if (--this.holds === 0) this.heldBefore += now - this.heldSince;
  }

  /** The caller's own part is over: whatever it started and did not wait for holds nobody. */
  goOn(caller: Answered, now: Micros): void {
    this.heldBefore = this.held(now);
    this.holds = 0;
    this.answered = caller;
  }

  held(now: Micros): Micros {
    return this.holds > 0 ? this.heldBefore + now - this.heldSince : this.heldBefore;
  }

  /**
   * Counts the draws made for this request at a place. Chance is keyed by (place, request, draw), so two variants of a scenario give the
   * same request the same service demand, in whatever order they serve.
   */
  nextDraw(place: number): number {
    if (place === this.drawPlace) return this.drawCount++;
    if (this.drawPlace < 0) {
      this.drawPlace = place;
      this.drawCount = 1;
      return 0;
    }
    const draws = (this.otherDraws ??= []);
    for (let at = 0; at < draws.length; at += 2) if (draws[at] === place) return draws[at + 1]!++;
    draws.push(place, 1);
    return 0;
  }
}
