import { expect, test } from 'vitest';
import { auditOf, findingOf } from './audit-of';

const queue = (arrivals: object, server: object = {}): Parameters<typeof auditOf>[0] => ({
  version: 1,
  title: 'M/M/1',
  duration: '200s',
  warmup: '20s',
  components: {
    client: { kind: 'client', ...arrivals, calls: 'server' },
    server: { kind: 'service', work: { exponential: '100ms' }, ...server },
  },
  links: [{ from: 'client', to: 'server' }],
});
const number = (finding: ReturnType<typeof findingOf>, key: string): number => Number(finding?.params[key]);

test('M/M/1 carries its service rate, is limited by its server, and scales', () => {
  const report = auditOf(queue({ arrivals: { poisson: '5/s' } }), ['performance']);
  const capacity = findingOf(report, 'performance.capacity');
  expect(capacity?.verdict).toBe('pass');
  expect(number(capacity, 'capacityPerSecond') / 10).toBeCloseTo(1, 1);
  expect(number(capacity, 'nowPerSecond')).toBe(5);
  const bottleneck = findingOf(report, 'performance.bottleneck');
  expect(bottleneck?.params['id']).toBe('server');
  expect(number(bottleneck, 'boundPerSecond') / 10).toBeCloseTo(1, 1);
  const scaling = findingOf(report, 'performance.scaling');
  expect(scaling?.verdict).toBe('pass');
  expect(number(scaling, 'gain') / 2).toBeCloseTo(1, 1);
});

test('what is too much is said, and the deadline is judged', () => {
  const report = auditOf({ ...queue({ arrivals: { poisson: '14/s' } }), deadline: '1s' }, ['performance']);
  expect(findingOf(report, 'performance.capacity.exceeded')?.verdict).toBe('fail');
  expect(findingOf(report, 'performance.latency')?.verdict).toBe('fail');
  const calm = auditOf({ ...queue({ arrivals: { poisson: '1/s' } }), deadline: '60s' }, ['performance']);
  expect(findingOf(calm, 'performance.latency')?.verdict).toBe('pass');
});

test('users that think less often bring no more than the server carries', () => {
  const report = auditOf(queue({ users: 2, thinkTime: { exponential: '1s' } }), ['performance']);
  const capacity = findingOf(report, 'performance.capacity.closed');
  expect(number(capacity, 'capacityPerSecond') / 10).toBeCloseTo(1, 1);
});

test('times of a list are no load that could be raised', () => {
  const report = auditOf(queue({ arrivals: { list: ['0s', '1s'] } }), ['performance']);
  expect(findingOf(report, 'performance.capacity.none')?.verdict).toBe('notApplicable');
});
