/** Any list of faults for the scenarios of `any-scenario.ts`: everything that can go wrong there, at any time, over each other. */
import fc from 'fast-check';

const COMPONENTS = ['client0', 'service', 'store', 'jobs', 'worker', 'replies'] as const;
const LINKS = [
  ['client0', 'service'],
  ['jobs', 'client0'],
  ['replies', 'client0'],
  ['jobs', 'worker'],
  ['replies', 'worker'],
  ['service', 'store'],
] as const;

const probability = fc.constantFrom(0.1, 0.5, 1);
const component = fc.constantFrom(...COMPONENTS);
const working = fc.constantFrom('client0', 'service', 'store', 'worker');
const ends = fc
  .record({ link: fc.constantFrom(...LINKS), oneWay: fc.boolean() })
  .map(({ link: [from, to], oneWay }) => ({ from, to, oneWay }));
const shared = fc.tuple(ends, probability).map(([link, share]) => ({ ...link, probability: share }));

const trouble = fc.oneof(
  fc.record({ crash: component }),
  fc.record({ crash: working }),
  fc.record({ crash: working }),
  fc.record({ pause: component }),
  fc.record({ partition: ends }),
  fc.record({ slow: fc.record({ component: working, factor: fc.constantFrom(0.5, 2, 10) }) }),
  fc.record({ slow: fc.tuple(ends, fc.constantFrom(0.5, 5)).map(([link, factor]) => ({ ...link, factor, add: '3ms' })) }),
  fc.record({ loss: shared }),
  fc.record({ duplicate: shared }),
  fc.record({ corrupt: shared }),
  fc.record({ reorder: shared.map((share) => ({ ...share, by: '12ms' })) }),
  fc.record({
    set: fc.record({
      'components.store.workers': fc.integer({ min: 1, max: 6 }),
      'components.store.waitingLimit': fc.constantFrom(0, 2, 50),
      'components.store.work': fc.constantFrom('1ms', { exponential: '9ms' }),
      'links[0].delay': fc.constantFrom('2ms', { uniform: ['0ms', '9ms'] }),
      'links[1].loss': probability,
    }),
  }),
  fc.record({ skew: fc.record({ component: working, offset: fc.constantFrom('-1s', '30ms'), drift: fc.constantFrom(0, 0.1) }) }),
);
const at = fc.integer({ min: 0, max: 600 }).map((ms) => `${ms}ms`);
const lasting = fc.option(
  fc.integer({ min: 1, max: 300 }).map((ms) => `${ms}ms`),
  { nil: undefined },
);

export const anyFaults: fc.Arbitrary<readonly unknown[]> = fc.array(
  fc.tuple(at, lasting, trouble).map(([start, length, what]) => ({ at: start, ...(length !== undefined && { for: length }), ...what })),
  { minLength: 1, maxLength: 6 },
);
/** Parameters of links with which more goes wrong than a loss. */
export const anyLinkTrouble: fc.Arbitrary<object> = fc.record(
  { duplicate: probability, corrupt: fc.constant(0.1), order: fc.constant('keep') },
  { requiredKeys: [] },
);
