/** What the variables of handlers held at an instant of a run: found by executing it again, because a trace has no room for them. */
import type { Micros } from './time';

/** A variable that was bound: declared, assigned, or handed in as a parameter. */
export interface SeenValue {
  /** The value as it was then, in short. */
  readonly text: string;
  readonly atMicros: Micros;
  /** Of all bindings of the run, the how-manieth this was: tells which of two at one instant is newer. */
  readonly order: number;
  /** The client's request in hand; 0 when it is not known, such as in the callback of a promise. */
  readonly request: number;
  /** The component whose code it is. */
  readonly component: string;
}

/** A place in the code that binds a variable. */
export interface SeenSite {
  /** How often it was reached before the instant. */
  readonly times: number;
  readonly last: SeenValue | undefined;
  /** Of the request that was asked about. */
  readonly ofRequest: SeenValue | undefined;
}

/** A name in the code, and the places that bind what it means: one for a name that is being bound, all of the variable for any other. */
export interface SeenName {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly length: number;
  /** Indices in `sites`. */
  readonly sites: readonly number[];
}

export interface SeenFile {
  readonly file: string;
  readonly names: readonly SeenName[];
  readonly sites: readonly SeenSite[];
}

export interface SeenValues {
  /** How far the run was executed again: less than what was asked for when that is too far to look up. */
  readonly untilMicros: Micros;
  readonly complete: boolean;
  readonly files: readonly SeenFile[];
}
