/** Each finding in a scenario in which it must be said, and in one in which it must not. */
import { describe, expect, test } from 'vitest';
import { explainInSteps, type Finding, type FindingKey } from '../../src/metrics/explain';
import { placeStepsInSteps } from '../../src/metrics/place-steps';
import { atOnce } from '../../src/metrics/steps';
import { ExplainFacts } from '../../src/metrics/explain-facts';
import { SceneReader } from '../../src/metrics/scene';
import { WindowReader } from '../../src/metrics/window';
import type { LaneResult } from '../../src/model/run-result';
import { RecordKind } from '../../src/model/trace';
import { placeTitle } from '../../src/ui/shell/place-title';
import { SHIPPED } from '../golden/shipped-scenarios';
import { rowsOf, runFile } from '../world/run-file';
import { withoutOldest } from './dropped-trace';

const WINDOW = 10e6;

function factsOf(lane: LaneResult): ExplainFacts {
  const steps = atOnce(placeStepsInSteps(lane));
  return atOnce(ExplainFacts.inSteps(new SceneReader(lane), new WindowReader(lane), steps));
}

const known = new Map<string, ExplainFacts>();
function factsIn(scenario: string, variant: string | null): ExplainFacts {
  const key = `${scenario} ${variant}`;
  const facts = known.get(key) ?? factsOf(runFile(SHIPPED.find(({ name }) => name === scenario)!.file, { variant }));
  known.set(key, facts);
  return facts;
}

function at(
  scenario: string,
  variant: string | null,
  seconds: number,
): { readonly facts: ExplainFacts; readonly findings: readonly Finding[] } {
  const facts = factsIn(scenario, variant);
  return { facts, findings: atOnce(explainInSteps(facts, Math.max(0, seconds * 1e6 - WINDOW), seconds * 1e6)) };
}

type Case = readonly [scenario: string, variant: string | null, seconds: number];
const CASES: readonly (readonly [key: FindingKey, place: string, said: Case, notSaid: Case])[] = [
  ['grewSaturated', 'api', ['event-loop', '1 blocking thread', 20], ['event-loop', '1 blocking thread', 40]],
  ['grew', 'orders', ['dead-letters', null, 40], ['dead-letters', null, 60]],
  ['growing', 'api', ['event-loop', '1 blocking thread', 10], ['event-loop', null, 10]],
  ['saturated', 'gateway', ['bulkhead', 'no bulkhead', 25], ['bulkhead', null, 25]],
  ['fault', 'greeter', ['crash-and-restart', null, 20], ['crash-and-restart', null, 10]],
  ['faultOver', 'greeter', ['crash-and-restart', null, 35], ['crash-and-restart', null, 20]],
  ['faultOver', 'server-3', ['health-checks', null, 40], ['health-checks', null, 51]],
  ['failed', '', ['health-checks', null, 40], ['health-checks', null, 15]],
  ['attackAccepted', 'customer → bank', ['replayed-payments', null, 60], ['replayed-payments', 'nonce in a store', 60]],
  ['attackRefused', 'customer → shop', ['tampered-orders', 'signed', 60], ['tampered-orders', null, 60]],
  ['full', 'server', ['erlang-b', null, 20], ['mm10', null, 20]],
  ['full', 'jobs', ['block-the-producer', 'reject', 20], ['block-the-producer', null, 20]],
  ['policy', 'breaker (shop → stock)', ['circuit-breaker', null, 15], ['circuit-breaker', 'no breaker', 15]],
  ['loss', 'client → server', ['bad-network', null, 10], ['mm10', null, 10]],
  ['retries', 'shop', ['idempotency-key', null, 20], ['crash-and-restart', null, 10]],
  ['late', 'shop', ['idempotency-key', null, 20], ['crash-and-restart', null, 10]],
  ['backlog', 'hellos', ['crash-and-restart', 'queue', 30], ['crash-and-restart', 'queue', 50]],
  ['lag', 'orders', ['log-partitions', '1 partition', 20], ['log-partitions', null, 20]],
  ['deadLetters', 'orders', ['dead-letters', null, 60], ['dead-letters', 'for ever', 60]],
  ['dominates', 'store → client', ['http2-flow-control', null, 40], ['http2-flow-control', null, 10]],
  ['dominates', 'jobs', ['block-the-producer', null, 40], ['bulkhead', null, 20]],
  ['accepted', '', ['request-reply', null, 30], ['mm10', null, 30]],
];

describe('findings', () => {
  test.each(CASES)('%s %s', (key, place, said, notSaid) => {
    const { facts, findings } = at(...said);
    const names = findings
      .filter((finding) => finding.key === key)
      .map((finding) => (finding.place === undefined ? '' : placeTitle(facts.lane.places[finding.place]!, facts.lane.places)));
    expect(names).toContain(place);
    expect(at(...notSaid).findings.filter((finding) => finding.key === key)).toEqual([]);
  });

  test('what is said to be 100 % busy has no worker free from that instant on, and had one right before', () => {
    let told = 0;
    for (const [scenario, variant, seconds] of [
      ['event-loop', '1 blocking thread', 30],
      ['bulkhead', 'no bulkhead', 25],
      ['mm1k', null, 20],
      ['load-balancing', null, 13],
    ] as const) {
      const { facts, findings } = at(scenario, variant, seconds);
      for (const { key, place, fromMicros } of findings) {
        if (key !== 'growing' && key !== 'saturated' && key !== 'grewSaturated') continue;
        told++;
        const workers = facts.lane.workersOfPlace[place!]!;
        const busyAt = (micros: number): number => facts.reader.countsAt(micros).busy[place!]!;
        for (let part = 0; part <= 40; part++) expect(busyAt(fromMicros + ((seconds * 1e6 - fromMicros) * part) / 40)).toBe(workers);
        if (fromMicros > 0) expect(busyAt(fromMicros - 1)).toBeLessThan(workers);
      }
    }
    expect(told).toBeGreaterThanOrEqual(4);
  });

  test('what is counted is what the log has in the window', () => {
    const { facts, findings } = at('bad-network', null, 10);
    const lost = findings.filter(({ key }) => key === 'loss');
    expect(lost.length).toBe(2);
    for (const { place, numbers, fromMicros } of lost) {
      const rows = Array.from({ length: facts.reader.trace.after(10e6) }, (_, record) => facts.reader.trace.row(record));
      const losses = rows.filter((row) => row.place === place && row.kind === RecordKind.messageLost);
      expect(numbers['count']).toBe(losses.length);
      expect(fromMicros).toBe(losses[0]!.timeMicros);
    }
  });

  test('what is said to have failed is what ended badly in the window', () => {
    for (const [scenario, variant, seconds] of [
      ['health-checks', null, 41],
      ['who-may-ask', null, 35],
      ['last-in-first-out', 'last come, first served', 40],
    ] as const) {
      const { facts, findings } = at(scenario, variant, seconds);
      const { numbers, fromMicros } = findings.find(({ key }) => key === 'failed')!;
      const inWindow = rowsOf(facts.lane).filter(({ endedMs }) => endedMs > seconds * 1e3 - WINDOW / 1e3 && endedMs <= seconds * 1e3);
      const decided = inWindow.filter(({ outcome }) => outcome !== 'inFlight');
      const failed = decided.filter(({ outcome }) => outcome !== 'ok');
      expect(numbers).toEqual({ count: failed.length, decided: decided.length });
      expect(fromMicros).toBeCloseTo(Math.min(...failed.map(({ endedMs }) => endedMs)) * 1e3, 3);
    }
  });

  test('nothing is said of a window that is too short, or whose trace is gone', () => {
    const { facts } = at('event-loop', '1 blocking thread', 10);
    expect(atOnce(explainInSteps(facts, 9e6, 10e6))).toEqual([]);
    const rest = factsOf(withoutOldest(factsIn('block-the-producer', 'reject').lane, 1));
    const kept = rest.lane.keptFrom.micros;
    expect(kept).toBeGreaterThan(0);
    expect(atOnce(explainInSteps(rest, Math.max(0, kept - WINDOW), kept))).toEqual([]);
  });
});
