/** The hops of a story while it is being told: they get their ends, effects and reasons as the trace goes on. */
import type { DelayPart } from '../model/delay-part';
import type { Micros } from '../model/time';
import { isReturning } from '../model/returning';
import type { MessageKind } from '../model/trace';
import type { Hop, HopKind } from './hop';

export type DraftHop = { -readonly [Key in keyof Hop]: Hop[Key] } & { effects: number[] };

type Given = Pick<Hop, 'kind' | 'place' | 'record' | 'fromMicros' | 'cause'> &
  Partial<Pick<Hop, 'toMicros' | 'message' | 'count' | 'reason'>>;

const PARTS: Readonly<Partial<Record<HopKind, DelayPart>>> = {
  waiting: 'Td',
  blocked: 'Td',
  connecting: 'Td',
  door: 'Td',
  inLog: 'Td',
  freeConnection: 'Td',
  freeStream: 'Td',
  tcp: 'Td',
  tls: 'Td',
  turn: 'Td',
  streamWindow: 'Td',
  connectionWindow: 'Td',
  resent: 'Td',
  work: 'Ts',
};

export class StoryHops {
  readonly all: DraftHop[] = [];

  /** A hop that begins now; without an end it takes no time. */
  add({ toMicros, message = 0, count = 0, reason, ...given }: Given): DraftHop {
    const hop: DraftHop = {
      ...given,
      // What nobody saw the cause of, the request itself has caused.
      cause: given.cause ?? (this.all.length > 0 ? 0 : undefined),
      index: this.all.length,
      toMicros: toMicros ?? given.fromMicros,
      isOpen: false,
      part: PARTS[given.kind],
      message,
      messageKind: undefined,
      effects: [],
      count,
      reason,
      fate: undefined,
    };
    this.all.push(hop);
    return hop;
  }

  /** One that goes on until the trace says otherwise. */
  open(given: Given): DraftHop {
    const hop = this.add(given);
    hop.isOpen = true;
    return hop;
  }

  flight(given: Given, messageKind: MessageKind): DraftHop {
    const hop = this.open({ ...given, kind: 'flight' });
    hop.messageKind = messageKind;
    hop.part = isReturning(messageKind) ? 'Tp' : 'Tr';
    return hop;
  }

  close(hop: DraftHop, now: Micros): void {
    hop.isOpen = false;
    hop.toMicros = now;
  }

  /** The newest of all that has come of a hop, itself included. */
  newestOf(cause: number): number {
    for (let at = this.all.length - 1; at > cause; at--) {
      let up: number | undefined = at;
      while (up !== undefined && up > cause) up = this.all[up]!.cause;
      if (up === cause) return at;
    }
    return cause;
  }

  /**
   * All of them in the order in which they began: of what a topic kept is known only later when that was. What has no end lasts until the end
   * of what is known. Also by which number each was known before.
   */
  finish(endMicros: Micros): { readonly hops: readonly Hop[]; readonly numberOf: (before: number) => number } {
    const hops = this.all.toSorted((one, other) => one.fromMicros - other.fromMicros || one.index - other.index);
    const numbers = new Int32Array(hops.length);
    hops.forEach(({ index }, number) => (numbers[index] = number));
    const numberOf = (before: number): number => numbers[before]!;
    for (const hop of hops) {
      hop.index = numberOf(hop.index);
      hop.cause = hop.cause === undefined ? undefined : numberOf(hop.cause);
      if (hop.isOpen) hop.toMicros = Math.max(hop.fromMicros, endMicros);
      if (hop.cause !== undefined) hops[hop.cause]!.effects.push(hop.index);
    }
    return { hops, numberOf };
  }
}
