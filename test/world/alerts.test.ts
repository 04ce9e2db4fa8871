/** Alerts: conditions over what a run measures, watched while it runs. */
import { describe, expect, it } from 'vitest';
import type { AlertSummary } from '../../src/model/summary';
import { merge } from '../model/example-files';
import { runFile } from './run-file';
import { CALLED, coded } from './scenarios';

function watched(file: unknown, alert: Readonly<Record<string, unknown>>, more: unknown = {}): AlertSummary {
  const { summary } = runFile(merge(merge(file, { alerts: { watched: alert } }), more));
  expect(summary.violations).toEqual([]);
  return summary.alerts[0]!;
}
const spans = ({ firings }: AlertSummary): unknown[] => firings.map(({ atMs, untilMs }) => [atMs, untilMs]);

/** Ten requests a second of 150 ms each on one worker, from the start: the line grows by 3.3 a second. */
const OVERLOADED = merge(CALLED, {
  components: { client: { arrivals: { list: null, constant: '10/s' } }, server: { work: '150ms' } },
});

describe('an alert over the run', () => {
  it('fires at the first look at which the condition has held for long enough', () => {
    // 7 wait after 2.1 s or so; looks are every 100 ms, and `for` counts from the first that found it.
    const at = (forText: string): number =>
      watched(OVERLOADED, { of: 'server', measure: 'waiting', above: 6, every: '100ms', for: forText }).firings[0]!.atMs;
    const first = at('0s');
    expect(first).toBeGreaterThan(1_800);
    expect(first).toBeLessThan(2_400);
    expect([at('100ms'), at('250ms'), at('2s')]).toEqual([first + 100, first + 300, first + 2_000]);
  });

  it('is over at the first look that finds the condition gone, and can fire again', () => {
    const bursts = {
      components: { client: { arrivals: { constant: null, bursts: { size: 5, every: '4s' } } }, server: { work: '300ms' } },
    };
    const alert = watched(OVERLOADED, { of: 'server', measure: 'waiting', above: 2, every: '100ms' }, bursts);
    // Bursts of five at 0, 4 and 8 s arrive 20 ms later: one in service, four wait, and after two more services two.
    expect(spans(alert)).toEqual([
      [100, 700],
      [4_100, 4_700],
      [8_100, 8_700],
    ]);
    expect([alert.times, alert.firingMs, alert.limit]).toEqual([3, 1_800, 2]);
  });

  it('measures T in the window, in the unit of its limit', () => {
    const alert = watched(OVERLOADED, { of: 'client', measure: 'T.p95', above: '1s', window: '2s', every: '500ms' });
    expect(alert).toMatchObject({ limit: 1_000, bound: 'above', times: 1 });
    expect(alert.firings[0]!.value).toBeGreaterThan(1_000);
    expect(alert.firings[0]!.value).toBeLessThan(1_400);
  });

  it('measures Q, R, the requests in flight and the utilization', () => {
    const calm = { components: { server: { work: '20ms' } } };
    // Completions come 70 ms after arrivals, ten a second.
    expect(watched(OVERLOADED, { measure: 'Q', below: '10.5/s', window: '1s' }, calm).times).toBe(1);
    expect(watched(OVERLOADED, { measure: 'Q', below: '8.5/s', window: '1s' }, calm).times).toBe(0);
    expect(watched(OVERLOADED, { measure: 'R', below: 0.99 }, calm).times).toBe(0);
    expect(watched(OVERLOADED, { measure: 'R', below: 0.99 }, { links: [{ from: 'client', to: 'server', loss: 1 }] }).times).toBe(1);
    expect(watched(OVERLOADED, { measure: 'inFlight', above: 15 }).times).toBe(1);
    expect(watched(OVERLOADED, { of: 'server', measure: 'utilization', above: 0.21, window: '2s' }, calm).times).toBe(0);
    expect(watched(OVERLOADED, { of: 'server', measure: 'utilization', above: 0.19, window: '2s' }, calm).times).toBe(1);
  });

  it('does not hold over nothing', () => {
    const nobody = { components: { client: { arrivals: { constant: null, list: ['9.99s'] } } } };
    for (const measure of ['T.mean', 'T.p99']) expect(watched(OVERLOADED, { measure, below: '1h' }, nobody).times).toBe(0);
    expect(watched(OVERLOADED, { measure: 'R', below: 2 }, nobody).times).toBe(0);
  });

  it('counts all replicas of a service', () => {
    const two = { components: { server: { replicas: 2, work: '400ms' } } };
    expect(watched(OVERLOADED, { of: 'server', measure: 'utilization', above: 0.99, window: '5s' }, two).times).toBe(1);
  });
});

describe('an alert over a metric of handlers', () => {
  const file = coded(
    `ctx.metric('sold', 5, { kind: 'counter' }); ctx.metric('stock', 2); await ctx.sleep('3s'); ctx.metric('stock', 9); ctx.metric('size', 1, { kind: 'histogram' }); ctx.metric('size', 3)`,
  );
  const over = (alert: Readonly<Record<string, unknown>>): unknown[] => spans(watched(file, { of: 'client', every: '500ms', ...alert }));

  it('holds a gauge until its next value', () => {
    expect(over({ metric: 'stock', below: 3, window: '1s' })).toEqual([[1_000, 4_000]]);
  });

  it('takes the rate of a counter over the window', () => {
    // Five in one window of 2 s: 2.5 a second, from the look at the instant itself until the window has gone past it.
    expect(over({ metric: 'sold', measure: 'rate', above: 2, window: '2s' })).toEqual([[1_000, 3_000]]);
  });

  it('takes mean and percentiles of a histogram', () => {
    expect(over({ metric: 'size', measure: 'mean', above: 1.9, window: '2s' })).toEqual([[4_000, 6_000]]);
    expect(over({ metric: 'size', measure: 'p50', above: 1.9, window: '2s' })).toEqual([]);
    expect(over({ metric: 'size', measure: 'p99', above: 2.9, window: '2s' })).toEqual([[4_000, 6_000]]);
  });
});

it('a scenario with alerts changes nothing but the trace of the alerts', () => {
  const [plain, alerted] = [OVERLOADED, merge(OVERLOADED, { alerts: { a: { measure: 'Q', below: '5/s' } } })].map(
    (file) => runFile(file).summary,
  );
  expect(alerted!.requests).toEqual(plain!.requests);
  expect(alerted!.components).toEqual(plain!.components);
  expect(alerted!.policies).toEqual([]);
});
