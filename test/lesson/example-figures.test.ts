/** The figures that the gallery names: what an example says one sees is what its scenario gives, with the seed that it ships with. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../src/model/summary';
import { RecordKind } from '../../src/model/trace';
import { recordsOf, rowsOf, runFile } from '../world/run-file';

const lane = (name: string, variant: string | null = null) =>
  runFile(JSON.parse(readFileSync(`public/scenarios/${name}.json`, 'utf8')), { variant });
const sent = ({ links }: RunSummary, to: string): number =>
  links.filter((link) => link.to === to).reduce((sum, link) => sum + link.sent, 0);
const station = ({ components }: RunSummary, id: string) => components[id] as { arrivals: number; refused: number; committed: number };
const metric = ({ metrics }: RunSummary, name: string) =>
  metrics.find((found) => found.metric === name) as { total: number; last: number } | undefined;
/** How many of those that start in these seconds there are, and how many end well. */
function between(name: string, variant: string | null, from: number, until: number): [number, number] {
  const rows = rowsOf(lane(name, variant)).filter(({ startedMs }) => startedMs >= from * 1_000 && startedMs < until * 1_000);
  return [rows.length, rows.filter(({ outcome }) => outcome === 'ok').length];
}

describe('grpc-retries', () => {
  it.each([
    [null, 4],
    ['never throttled', 554],
  ])('variant %s: %i retries', (variant, retries) => {
    const { summary } = lane('grpc-retries', variant);
    expect(sent(summary, 'search') - summary.requests.N).toBe(retries);
  });
});

it.each([
  [null, 50],
  ['an empty table', 88],
  ['20 requests a connection', 58],
  ['HTTP/1.1', 155],
])('header-compression, variant %s: %i bytes for each request', (variant, bytes) => {
  const { links, requests } = lane('header-compression', variant).summary;
  expect(Math.round(links[0]!.bytes / requests.N)).toBe(bytes);
});

describe('last-in-first-out', () => {
  it('fails two thirds after the slowdown when the first come are served first, and nobody when the last are', () => {
    const [came, served] = between('last-in-first-out', null, 30, 60);
    expect(1 - served / came).toBeCloseTo(2 / 3, 1);
    const [all, well] = between('last-in-first-out', 'last come, first served', 30, 60);
    expect(well).toBe(all);
  });

  it.each([
    [null, 0.67],
    ['last come, first served', 0.93],
  ])('variant %s: R is %d', (variant, share) => expect(lane('last-in-first-out', variant).summary.requests.R).toBeCloseTo(share, 2));
});

it.each([
  [null, 2 / 3],
  ['round robin', 1 / 3],
])('health-checks, variant %s: %d of what comes in the outage is refused', (variant, share) => {
  const [came] = between('health-checks', variant, 20, 40);
  expect(station(lane('health-checks', variant).summary, 'server-3').refused / came).toBeCloseTo(share, 1);
});

it('health-checks counts five failures, and two checks that fail are over within four seconds', () => {
  const out = (variant: string) => recordsOf(lane('health-checks', variant), RecordKind.backendOut, 'balancer')[0]!.timeMicros / 1e6;
  expect(out('outlier detection')).toBeLessThan(20.2);
  expect(out('health checks')).toBeGreaterThan(21.9);
  expect(out('health checks')).toBeLessThan(24.1);
});

describe('consistent-hash', () => {
  it.each([
    [null, 8_335],
    ['consistent hash', 200],
  ])('variant %s: %i requests reach the database', (variant, arrivals) =>
    expect(station(lane('consistent-hash', variant).summary, 'database').arrivals).toBe(arrivals),
  );

  // A cache of 60 among 200 articles that are all equally likely: W. F. King, Analysis of demand paging algorithms, IFIP Congress 1971.
  it('in turn hits with 60 of 200', () => {
    const { summary } = lane('consistent-hash');
    expect(1 - station(summary, 'database').arrivals / summary.requests.N).toBeCloseTo(60 / 200, 2);
  });
});

describe('same-row', () => {
  const VARIANTS = [null, 'full jitter', 'equal jitter', 'decorrelated jitter'] as const;
  const runs = VARIANTS.map((variant) => {
    const { summary } = lane('same-row', variant);
    return {
      attempts: station(summary, 'sales').arrivals,
      slowestMs: Math.max(...rowsOf(lane('same-row', variant)).map(({ endedMs }) => endedMs)),
    };
  });

  // M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog 2015: a hundred clients, back-off from 5 ms to 2 s, a network of 10 ms ± 2.
  it('takes half the work with any jitter; full jitter least work, decorrelated least time', () => {
    const [none, full, equal, decorrelated] = runs as [(typeof runs)[0], (typeof runs)[0], (typeof runs)[0], (typeof runs)[0]];
    expect(none.attempts).toBe(1_665);
    expect(none.slowestMs / 1_000).toBeCloseTo(57, 0);
    for (const jittered of [full, equal, decorrelated]) expect(jittered.attempts).toBeLessThan(0.6 * none.attempts);
    expect(full.attempts).toBe(Math.min(...runs.map(({ attempts }) => attempts)));
    expect(decorrelated.slowestMs).toBe(Math.min(...runs.map(({ slowestMs }) => slowestMs)));
  });

  it('sells a hundred, or one that nobody knows was sold a hundred times', () => {
    expect(metric(lane('same-row').summary, 'sold')?.last).toBe(100);
    const { summary } = lane('same-row', 'read committed');
    expect([metric(summary, 'sold')?.last, station(summary, 'ledger').committed]).toEqual([1, 100]);
    expect(summary.requests.T.meanMs).toBeCloseTo(62, 0);
  });
});

it.each([
  [null, 64],
  ['a clock that runs slow', 50],
  ['the clocks agree', undefined],
  ['versions instead of clocks', undefined],
])('clock-skew, variant %s: %s edits are confirmed and thrown away', (variant, thrownAway) => {
  const { summary } = lane('clock-skew', variant);
  expect(metric(summary, 'thrown away')?.total).toBe(thrownAway);
  expect([station(summary, 'west').arrivals, summary.requests.R]).toEqual([75, 1]);
});

it.each([
  [null, 4],
  ['a rate limit', 44],
  ['a name that is not on it', 424],
  ['mutual TLS', 424],
])('who-may-ask, variant %s: %i of 424 honest requests succeed in the flood', (variant, succeed) =>
  expect(between('who-may-ask', variant, 20, 40)).toEqual([424, succeed]),
);

it('crash-and-restart loses what waited in a queue that keeps nothing, and only there', () => {
  expect(lane('crash-and-restart', 'the broker crashes too').summary.requests.failures).not.toHaveProperty('lost');
  expect(lane('crash-and-restart', 'a broker that keeps nothing').summary.requests.failures).toHaveProperty('lost', 15);
});

it('competing-consumers handles one message in twenty twice when the broker waits 300 ms for work of 100 ms', () => {
  const { summary } = lane('competing-consumers', 'an impatient broker');
  const handled = [1, 2, 3, 4].reduce((sum, worker) => sum + station(summary, `worker${worker}`).arrivals, 0);
  // e⁻³, and what is delivered a third time.
  expect(handled / station(summary, 'jobs').arrivals - 1).toBeCloseTo(0.05 / 0.95, 1.5);
});
