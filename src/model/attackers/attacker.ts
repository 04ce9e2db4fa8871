/**
 * Somebody on a link who should not be there: everything that passes goes through their hands (the model of D. Dolev and A. Yao, On the
 * Security of Public Key Protocols, IEEE Trans. Inform. Theory 29(2), 1983). They know no secret of any component.
 *
 * Attackers are no components: nothing links to them, calls them or waits for them. They are a part of their own in the file, by name, so that
 * a variant can send one away with a `null` and each draws from streams of chance of its own.
 */
import type { Micros } from '../time';

/** What an attacker does besides listening. */
export const AttackAct = { forge: 0, tamper: 1, replay: 2, flood: 3 } as const;
export type AttackAct = (typeof AttackAct)[keyof typeof AttackAct];
export type AttackActName = keyof typeof AttackAct;
export const ATTACK_ACT_NAMES = Object.keys(AttackAct) as readonly AttackActName[];

export interface Attacker {
  readonly kind: 'attacker';
  readonly id: string;
  /** The names of the ends as the file has them: what goes from one to the other passes through the attacker's hands. */
  readonly from: string;
  readonly to: string;
  /** Indices of the scenario's links, and which of their ways: more than one where an end has replicas. */
  readonly ways: readonly { readonly link: number; readonly way: 'forth' | 'back' }[];
  readonly fromMicros: Micros;
  /** Undefined: until the end of the run. */
  readonly untilMicros: Micros | undefined;
  readonly tamper: Tampering | undefined;
  readonly replay: Replaying | undefined;
  readonly forge: Making | undefined;
  readonly flood: Making | undefined;
}

export interface Tampering {
  /** Share of the messages with a body, 0 to 1. */
  readonly probability: number;
  /** What becomes of a body: a merge patch (RFC 7396). */
  readonly body: unknown;
}

export interface Replaying {
  /** Share of the requests and messages, 0 to 1. */
  readonly probability: number;
  /** From when a message passes until its copy follows, and from one copy to the next. */
  readonly afterMicros: Micros;
  readonly times: number;
}

/** Messages of the attacker's own, by a Poisson process. */
export interface Making {
  readonly perSecond: number;
  /** Whom they claim to come from. */
  readonly as: string;
  readonly body: unknown;
  /** `link`: into what the honest ends say to each other; `connection`: as somebody who connects and asks. The same where nothing is protected. */
  readonly over: 'link' | 'connection';
}
