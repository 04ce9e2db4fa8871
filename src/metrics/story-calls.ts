/**
 * Which messages are attempts of which call. The trace names calls by their number only where they time out, are tried again or hedged; which
 * message that is about follows from who sent what, and what came back.
 */
import type { Micros } from '../model/time';
import type { Activity } from './story-activity';
import type { DraftHop } from './story-hops';
import type { Stand } from './story-stand';

/** A message that its sender waits for an answer to. */
export interface Sending {
  readonly owner: Activity;
  readonly place: number;
  /** The other end. */
  readonly to: number;
  readonly flight: DraftHop;
  readonly isCall: boolean;
  readonly begin: Stand;
  call: StoryCall | undefined;
  /** The hop that brought the answer, or ended the waiting for it. */
  ended: number | undefined;
}

export interface StoryCall {
  readonly owner: Activity;
  readonly begin: Stand;
  readonly sendings: Sending[];
}

/** The next message that leaves a place at an instant belongs to this. */
interface Planned {
  readonly place: number;
  readonly atMicros: Micros;
  readonly stand: Stand;
  readonly call: StoryCall;
}

export class StoryCalls {
  private readonly sendings = new Map<number, Sending>();
  private readonly calls = new Map<number, StoryCall>();
  private planned: Planned | undefined;

  sent(message: number, sending: Sending): void {
    this.sendings.set(message, sending);
    sending.call?.sendings.push(sending);
  }

  /** A copy of a message is under way: an answer to it is one to the message. */
  copied(copy: number, message: number): void {
    const sending = this.sendings.get(message);
    if (sending) this.sendings.set(copy, sending);
  }

  of(message: number): Sending | undefined {
    return this.sendings.get(message);
  }

  known(id: number): StoryCall | undefined {
    return this.calls.get(id);
  }

  /** The call with this number: one that is known, or that of the attempt which must be meant. `has` says what became of that. */
  find(id: number, place: number, has: 'noAnswer' | 'answer'): StoryCall | undefined {
    const known = this.calls.get(id);
    if (known) return known;
    const candidates = [...this.sendings.values()].filter(({ isCall, call, place: from }) => isCall && !call && from === place);
    const isAnswered = (sending: Sending): boolean => sending.ended !== undefined;
    const first =
      has === 'answer'
        ? (candidates.findLast(isAnswered) ?? candidates[0])
        : (candidates.find((sending) => !isAnswered(sending)) ?? candidates[0]);
    if (!first) return undefined;
    const call: StoryCall = { owner: first.owner, begin: first.begin, sendings: [first] };
    first.call = call;
    this.calls.set(id, call);
    return call;
  }

  /** What was published to a topic from a place last, and is tried again. */
  publication(place: number, topic: number): StoryCall | undefined {
    const sent = [...this.sendings.values()].filter((one) => one.place === place && one.to === topic);
    const sending = sent.findLast(({ ended }) => ended === undefined) ?? sent.at(-1);
    if (!sending) return undefined;
    sending.call ??= { owner: sending.owner, begin: sending.begin, sendings: [sending] };
    return sending.call;
  }

  plan(planned: Planned): void {
    this.planned = planned;
  }

  /** What was planned for this place and instant, once. */
  takePlanned(place: number, now: Micros): Planned | undefined {
    const { planned } = this;
    if (planned?.place !== place || planned.atMicros !== now) return undefined;
    this.planned = undefined;
    return planned;
  }
}
