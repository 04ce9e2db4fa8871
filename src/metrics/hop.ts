/** What the story of a request consists of. */
import type { DelayPart } from '../model/delay-part';
import type { Micros } from '../model/time';
import type { MessageKind } from '../model/trace';
import type { CarriageWait } from './carriage';

/** Hops with a length, and those of one instant. */
type LastingHop = 'flight' | 'waiting' | 'blocked' | 'connecting' | 'door' | 'handling' | 'work' | 'inLog' | CarriageWait;
type InstantHop =
  | 'started'
  | 'accepted'
  | 'ended'
  | 'refused'
  | 'timedOut'
  | 'retried'
  | 'hedged'
  | 'pushedBack'
  | 'policyRefused'
  | 'policyHeld'
  | 'replayed'
  | 'forwarded'
  | 'appended'
  | 'handled'
  | 'passedOver'
  | 'acknowledged'
  | 'returned'
  | 'dropped'
  | 'expired'
  | 'deadLettered'
  | 'handlerFailed'
  | 'abandoned'
  | 'committed'
  | 'aborted'
  | 'republished'
  | 'publishRefused'
  | 'duplicateDropped'
  | 'acknowledgedLost';
export type HopKind = LastingHop | InstantHop;

export interface Hop {
  /** Its place in the story. */
  readonly index: number;
  readonly kind: HopKind;
  /** Where: an index in the lane's places; for a flight the way of the link. */
  readonly place: number;
  /** The record that began it. */
  readonly record: number;
  readonly fromMicros: Micros;
  /** The same as `fromMicros` for what takes no time. Of a message that was lost: when it would have arrived. */
  readonly toMicros: Micros;
  /** It has not ended when the run does. */
  readonly isOpen: boolean;
  /** What time spent on it counts as; undefined for what only encloses others, or takes no time. */
  readonly part: DelayPart | undefined;
  /** The message it is about, 0 for none; and what kind that is, of a flight. */
  readonly message: number;
  readonly messageKind: MessageKind | undefined;
  /** Index of the hop that led to it; undefined for the first. */
  readonly cause: number | undefined;
  /** Indices of the hops that it led to. */
  readonly effects: readonly number[];
  /**
   * Waiting: how many were before it. Handling: the worker, from 1. Retried, timed out, hedged: the attempt. Returned, passed over: how
   * often delivered. Appended: the offset. Forwarded: the backend. Ended: the outcome. Flight: segments sent again. Connecting: how many waited.
   */
  readonly count: number;
  /** Why it went wrong, where the trace says so: the last word of a key of the dictionaries. */
  readonly reason: string | undefined;
  /** Of a flight: it arrived, was lost, or called off. */
  readonly fate: 'arrived' | 'lost' | 'cancelled' | undefined;
}
