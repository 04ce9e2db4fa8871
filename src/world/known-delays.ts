/** What a handler hands over as a delay, read once: handlers hand over the same few texts and descriptions again and again. */
import { readDelay } from '../handlers/delay';
import type { Micros } from '../model/time';
import { makeSampler, type Sampler } from '../sim/sample';

export interface KnownDelay {
  readonly given: unknown;
  /** The length of a fixed delay; undefined for one that is drawn anew at each use. */
  readonly fixedMicros: Micros | undefined;
  readonly sample: Sampler;
}

/** Texts and descriptions a component may use before the oldest is forgotten; most use one or two. */
const MOST_KNOWN = 16;

/** The delays of one component. A short list, searched by identity, costs less than any table by name. */
export class KnownDelays {
  private readonly known: KnownDelay[] = [];

  /** Throws a HandlerError when the value is no delay. */
  read(given: unknown): KnownDelay {
    const { known } = this;
    for (let at = 0; at < known.length; at++) if (known[at]!.given === given) return known[at]!;
    const distribution = readDelay(given);
    const fixedMicros = distribution.kind === 'constant' ? distribution.micros : undefined;
    const delay = { given, fixedMicros, sample: makeSampler(distribution) };
    if (known.push(delay) > MOST_KNOWN) known.shift();
    return delay;
  }
}
