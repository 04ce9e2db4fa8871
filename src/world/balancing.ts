/** How a balancer chooses among its healthy backends. */
import type { Balancer } from '../model/kinds/balancer';
import { hashName } from '../sim/name-hash';
import type { Stream } from '../sim/streams';
import type { Backend } from './backend';
import type { Message } from './message';

/** Chooses one of at least one healthy backend. */
export type Choose = (healthy: readonly Backend[], message: Message) => Backend;

/** Points of each backend on the ring: as many as ketama takes, which keeps shares within about 10 % of each other. */
const RING_POINTS = 160;

export function chooserFor(model: Balancer, backends: readonly Backend[], chance: Stream): Choose {
  switch (model.policy) {
    case 'round-robin':
      return roundRobin();
    case 'random':
      return (healthy) => healthy[drawBelow(healthy.length, chance)]!;
    case 'least-connections':
      return leastConnections();
    case 'power-of-two':
      return leastOf(model.choices, chance);
    case 'consistent-hash':
      return consistentHash(backends);
  }
}

function drawBelow(count: number, chance: Stream): number {
  return Math.floor(chance.uniform() * count);
}

function roundRobin(): Choose {
  let turn = 0;
  return (healthy) => healthy[turn++ % healthy.length]!;
}

/** Among equals the turn goes round, so that an idle system does not send everything to the first. */
function leastConnections(): Choose {
  let turn = 0;
  return (healthy) => {
    const start = turn++ % healthy.length;
    let least = healthy[start]!;
    for (let step = 1; step < healthy.length; step++) {
      const other = healthy[(start + step) % healthy.length]!;
      if (other.outstanding < least.outstanding) least = other;
    }
    return least;
  };
}

/**
 * Draws some at random, with replacement, and takes the least loaded of them, the one drawn first among equals: the supermarket model
 * of M. Mitzenmacher, The Power of Two Choices in Randomized Load Balancing (IEEE TPDS 12(10), 2001).
 */
function leastOf(choices: number, chance: Stream): Choose {
  return (healthy) => {
    let least = healthy[drawBelow(healthy.length, chance)]!;
    for (let drawn = 1; drawn < choices; drawn++) {
      const other = healthy[drawBelow(healthy.length, chance)]!;
      if (other.outstanding < least.outstanding) least = other;
    }
    return least;
  };
}

/**
 * A ring of points, as D. Karger et al., Consistent Hashing and Random Trees (STOC 1997): a key belongs to the first point after its
 * own hash whose backend is healthy, so that a backend that goes moves only its own keys.
 */
function consistentHash(backends: readonly Backend[]): Choose {
  const ring = backends
    .flatMap((backend) =>
      Array.from({ length: RING_POINTS }, (_, point) => ({ hash: hashName(0, backend.way.to.id, point) >>> 0, backend })),
    )
    .sort((one, other) => one.hash - other.hash);
  return (_healthy, message) => {
    const hash = hashName(0, message.key ?? message.from, 0) >>> 0;
    const start = firstFrom(ring, hash);
    for (let step = 0; step < ring.length; step++) {
      const { backend } = ring[(start + step) % ring.length]!;
      if (backend.isHealthy) return backend;
    }
    throw new Error('a balancer chooses while no backend is healthy');
  };
}

/** Index of the first point at or after a hash, by halving; the number of points when there is none. */
function firstFrom(ring: readonly { readonly hash: number }[], hash: number): number {
  let low = 0;
  let high = ring.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ring[middle]!.hash < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}
