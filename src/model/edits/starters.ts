/** What a component says when it is new, and how a scenario begins: as little as runs, with values that show something. */
import type { ComponentKind } from '../component-kind';
import type { JsonRecord } from '../variant';

const STARTERS: Readonly<Record<ComponentKind, JsonRecord>> = {
  client: { kind: 'client', arrivals: { poisson: '5/s' } },
  service: { kind: 'service', workers: 1, work: { exponential: '100ms' } },
  queue: { kind: 'queue' },
  topic: { kind: 'topic', partitions: 3 },
  balancer: { kind: 'balancer', policy: 'round-robin' },
  store: { kind: 'store', delay: '2ms' },
};

export function starterComponent(kind: ComponentKind): JsonRecord {
  return STARTERS[kind];
}

/** A link that is new: far enough that a message can be seen on its way. */
export const STARTER_LINK: JsonRecord = { delay: '20ms' };

/** A scenario with nothing in it yet. */
export const EMPTY_SCENARIO: JsonRecord = { version: 1, duration: '60s', seed: 1, components: {}, links: [] };
