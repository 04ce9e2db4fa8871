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
    expect(Math.max(...rowsOf(lane('same-row', 'read committed')).map(({ endedMs }) => endedMs))).toBeCloseTo(75, 0);
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

it('competing-consumers hands one message in sixteen on again when the broker waits 300 ms for work of 100 ms', () => {
  const { summary } = lane('competing-consumers', 'an impatient broker');
  const handled = [1, 2, 3, 4].reduce((sum, worker) => sum + station(summary, `worker${worker}`).arrivals, 0);
  // More than e⁻³: some wait at a worker that is at work on what was taken from it, and some come a third time.
  expect(handled / station(summary, 'jobs').arrivals - 1).toBeCloseTo(1 / 16, 2);
});

it('competing-consumers wait three times as long in lines of their own', () => {
  const waits = (variant: string | null) => lane('competing-consumers', variant).summary.requests.T.TdMs!;
  expect(waits('prefetch 50') / waits(null)).toBeCloseTo(3, 0);
});

it('mm10 waits a twentieth of what mm1 waits', () => {
  const [one, ten] = ['mm1', 'mm10'].map((name) => lane(name).summary.requests.T.TdMs!) as [number, number];
  expect(one / ten).toBeGreaterThan(19);
  expect(one / ten).toBeLessThan(21);
});

it.each([
  [null, 5.2],
  ['two choices', 1.96],
  ['three choices', 1.6],
])('power-of-two, variant %s: %d s', (variant, seconds) =>
  expect(lane('power-of-two', variant).summary.requests.T.meanMs! / 1_000).toBeCloseTo(seconds, 1),
);

it.each([
  [null, 0.2],
  ['exponential back-off', 0.2],
  ['full jitter', 0.2],
  ['drop expired work', 0.2],
  ['no retry', 0.8],
  ['retry budget', 0.8],
  ['circuit breaker', 0.95],
  ['line of 20', 0.95],
  ['jitter and line of 20', 0.95],
])('retry-storm, variant %s: R is about %d', (variant, share) =>
  expect(Math.abs(lane('retry-storm', variant).summary.requests.R! - share)).toBeLessThan(0.03),
);

it('pub-sub: who is away misses 66 of 339, unless a log keeps them', () => {
  const { requests } = lane('pub-sub').summary;
  expect([requests.N, requests.failures]).toEqual([339, { lost: 66 }]);
  const kept = lane('pub-sub', 'a log').summary;
  expect([kept.requests.R, kept.requests.inFlight]).toEqual([1, 3]);
  expect(station(kept, 'emails').arrivals).toBeGreaterThan(339);
});

describe('grpc-deadline', () => {
  /** How often the stock begins work, and how often of those for a caller who has left. */
  function stock(variant: string | null) {
    const result = lane('grpc-deadline', variant);
    const left = new Map(recordsOf(result, RecordKind.requestEnded, 'app').map(({ request, timeMicros }) => [request, timeMicros]));
    const begun = recordsOf(result, RecordKind.workStarted, 'stock');
    const forNobody = begun.filter(({ request, timeMicros }) => timeMicros >= (left.get(request) ?? Infinity));
    return { begun: begun.length, forNobody: forNobody.length, requests: result.summary.requests };
  }

  it('lets nobody work for a caller who has left, and answers in a quarter of a second', () => {
    const { begun, forNobody, requests } = stock(null);
    expect(begun).toBeGreaterThan(300);
    expect(forNobody).toBe(0);
    expect(requests.T.meanMs).toBeCloseTo(252, 0);
    expect(requests.R).toBeCloseTo(0.64, 2);
  });

  it('works for nobody 254 of 282 times when each has a timeout of its own, and R is 6 %', () => {
    const { begun, forNobody, requests } = stock('each its own timeout');
    expect([forNobody, begun]).toEqual([254, 282]);
    expect(requests.R).toBeCloseTo(0.06, 2);
  });

  it('has a p99 of 7.8 s without a deadline', () =>
    expect(lane('grpc-deadline', 'no deadline').summary.requests.T.p99Ms! / 1_000).toBeCloseTo(7.8, 1));
});

it('retry-amplification: 540 messages for 20 requests', () => {
  const { summary } = lane('retry-amplification');
  expect([summary.requests.N, sent(summary, 'store'), summary.requests.Ns]).toEqual([20, 540, 0]);
});

it('head-of-line-blocking: more answers come late on one connection, and the mean is the same', () => {
  const late = (variant: string | null, aboveMs: number) =>
    rowsOf(lane('head-of-line-blocking', variant)).filter(({ startedMs, endedMs }) => startedMs >= 2_000 && endedMs - startedMs > aboveMs)
      .length;
  const six = 'HTTP/1.1 on six connections';
  expect([late(null, 50), late(six, 50), late(six, 200)]).toEqual([205, 117, 12]);
  const [one, many] = [null, six].map((variant) => lane('head-of-line-blocking', variant).summary.requests.T.meanMs) as [number, number];
  expect(one).toBeCloseTo(many, 0);
});

describe('the log of', () => {
  const said = (name: string, variant: string | null, word: string) =>
    lane(name, variant).log.filter(({ text }) => text.startsWith(word)).length;

  it('outbox: two writes mail 15 of 226 orders never, an outbox all, and the inbox sees 31 come again', () => {
    const orders = said('outbox', null, 'ordered');
    expect([orders, said('outbox', null, 'mailed'), said('outbox', null, 'came again')]).toEqual([226, 226, 31]);
    expect(orders - said('outbox', 'two writes', 'mailed')).toBe(15);
  });

  it('idempotency-key: 301 payments, 363 without a key, and the same T, Q and R', () => {
    expect([said('idempotency-key', null, 'paid'), said('idempotency-key', 'without a key', 'paid')]).toEqual([301, 363]);
    expect(lane('idempotency-key', 'without a key').summary.requests).toEqual(lane('idempotency-key').summary.requests);
  });
});
