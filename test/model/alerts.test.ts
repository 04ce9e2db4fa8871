import { expect, it } from 'vitest';
import { readScenario } from '../../src/model/read-scenario';
import { CALLED } from '../world/scenarios';
import { merge } from './example-files';

const findings = (alert: unknown): string[] => {
  const read = readScenario(merge(CALLED, { alerts: { slow: alert } }), null);
  return read.ok ? [] : read.problems.map(({ path, key }) => `${path} ${key}`);
};

it('reads an alert, with what it does not say filled in', () => {
  const read = readScenario(merge(CALLED, { alerts: { slow: { measure: 'T.p95', above: '200ms', for: '5s' } } }), null);
  expect(read.ok && read.value.alerts).toEqual([
    {
      id: 'slow',
      of: undefined,
      what: { measure: 'T.p95' },
      above: 200_000,
      below: undefined,
      windowMicros: 10_000_000,
      forMicros: 5_000_000,
      everyMicros: 1_000_000,
    },
  ]);
});

it.each([
  [{ measure: 'Q', below: '5/s' }],
  [{ measure: 'R', below: 0.9, of: 'client' }],
  [{ measure: 'waiting', above: 5, of: 'server' }],
  [{ metric: 'stock', below: 3, of: 'server' }],
  [{ metric: 'stock', measure: 'rate', above: 3, of: 'client' }],
])('takes %j', (alert) => {
  expect(findings(alert)).toEqual([]);
});

it.each([
  [{ measure: 'Q' }, 'alerts.slow problem.alertBounds'],
  [{ measure: 'R', below: 0.5, above: 0.1 }, 'alerts.slow problem.alertBounds'],
  [{ measure: 'T.p95', above: 200 }, 'alerts.slow.above problem.alertUnit'],
  [{ measure: 'Q', above: '200ms' }, 'alerts.slow.above problem.alertUnit'],
  [{ measure: 'R', below: '5/s' }, 'alerts.slow.below problem.alertUnit'],
  [{ measure: 'waiting', above: 5 }, 'alerts.slow problem.alertOf'],
  [{ measure: 'waiting', above: 5, of: 'client' }, 'alerts.slow.of problem.alertKind'],
  [{ measure: 'R', below: 0.5, of: 'server' }, 'alerts.slow.of problem.alertKind'],
  [{ measure: 'R', below: 0.5, of: 'sever' }, 'alerts.slow.of problem.noComponentNear'],
  [{ measure: 'rate', below: 0.5, of: 'client' }, 'alerts.slow problem.alertMeasure'],
  [{ above: 5 }, 'alerts.slow problem.alertMeasure'],
  [{ metric: 'stock', measure: 'Q', above: 5, of: 'client' }, 'alerts.slow.measure problem.alertMeasure'],
  [{ metric: 'stock', above: 5 }, 'alerts.slow problem.alertOf'],
  [{ measure: 'R', above: '5 apples' }, 'alerts.slow.above problem.alertBound'],
  [{ measure: 'R', below: 0.5, every: '0s' }, 'alerts.slow.every problem.durationZero'],
])('refuses %j', (alert, finding) => {
  expect(findings(alert)).toContain(finding);
});
