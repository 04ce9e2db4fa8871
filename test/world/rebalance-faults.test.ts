/** Whatever strikes the members of a group, whenever: nobody breaks an invariant, and what is not committed too early is handled. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TopicSummary } from '../../src/model/summary';
import { logOf, runFile } from './run-file';
import { publishing } from './topic-scenario';

const NAMES = ['a', 'b', 'c'];
const RECORDS = 60;

const member = fc.constantFrom(...NAMES);
const trouble = fc.oneof(
  member.map((crash) => ({ crash })),
  member.map((pause) => ({ pause })),
  fc.record({ to: member, oneWay: fc.boolean() }).map(({ to, oneWay }) => ({ partition: { from: 'log', to, oneWay } })),
  member.map((to) => ({ loss: { from: 'log', to, probability: 0.5 } })),
  member.map((to) => ({ duplicate: { from: 'log', to, probability: 0.5 } })),
);
const fault = fc
  .record({ at: fc.integer({ min: 0, max: 15_000 }), for: fc.integer({ min: 1, max: 12_000 }), trouble })
  .map(({ at, for: length, trouble: what }) => ({ at: `${at}ms`, for: `${length}ms`, ...what }));

const scenario = fc.record({
  faults: fc.array(fault, { minLength: 1, maxLength: 5 }),
  assignment: fc.constantFrom('range', 'round-robin', 'sticky', 'cooperative-sticky'),
  maxPollInterval: fc.constantFrom('2s', '20s'),
  membership: fc.constantFrom({}, { c: { from: '7s' } }, { a: { until: '9s' }, b: { from: '3s' } }),
  partitions: fc.integer({ min: 1, max: 4 }),
  work: fc.constantFrom('20ms', '700ms'),
});

it('a group gets over everything', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(scenario, ({ faults, assignment, maxPollInterval, membership, partitions, work }) => {
      const group = { members: NAMES, from: 'earliest', commitInterval: '1s', sessionTimeout: '3s', heartbeatInterval: '500ms' };
      // Whoever polls more than it can handle in the time is expelled before it commits, for ever: Kafka's best known trap.
      const maxPoll = 2;
      const topic = { partitions, groups: { g: { ...group, assignment, maxPollInterval, maxPoll, membership } } };
      const onTick = `for (let n = 0; n < ${RECORDS}; n++) { ctx.publish('log', n, { key: String(n) }); await ctx.sleep('200ms') }`;
      const code = `await ctx.work('${work}'); ctx.log(message.body)`;
      const readers = Object.fromEntries(NAMES.map((name) => [name, code]));
      const lane = runFile(publishing(onTick, topic, readers, { faults, duration: '400s' }));
      expect(lane.summary.violations).toEqual([]);
      const { skipped, behind } = (lane.summary.components['log'] as TopicSummary).groups['g']!;
      expect({ skipped, behind }).toEqual({ skipped: 0, behind: 0 });
      expect(new Set(logOf(lane)).size).toBe(RECORDS);
    }),
    { numRuns: 60 },
  );
});
