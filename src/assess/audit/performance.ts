/** Is it fast enough, how much can it carry, what limits it, and does more of that help? */
import { meanInterval } from '../../metrics/interval';
import type { Finding } from '../../model/audit';
import { durationOf } from '../../model/edits/faults';
import { LIMITS } from '../../model/limits';
import type { RunSummary } from '../../model/summary';
import type { Bench } from './bench';
import { busiest, findCapacity, TRIALS, type Capacity, type Search } from './capacity';
import { AuditStopped, finding, type Step } from './finding';
import { arrivalsPerSecond, doubled, loadKind } from './load';
import { changeOf, type Subject } from './subject';

/** Of the requests, answered within the deadline: fine from here on, and worth a look down to there. */
const IN_TIME = { pass: 0.99, warn: 0.95 };
/** The capacity is so many times what comes: below it a little more is too much. */
const HEADROOM = 1.25;
/** Twice the workers should bring this much more. */
const SCALES = 1.5;
/** A station that is less busy at the limit does not make the limit. */
const BUSY = 0.8;
/** Requests of one run of the search, and seeds of each load. */
const REQUESTS = { least: 200, most: 2_000 };
const SEEDS = 2;
/** A run of the search is at least so many times as long as a request takes that never waits. */
const LONG_ENOUGH = 20;

export function* performance(subject: Subject, bench: Bench, step: Step): Generator<undefined, Finding[]> {
  const { seeds, file, scenario } = subject;
  const total = seeds.length + 2 * TRIALS;
  let done = 0;
  const tried = (): void => step(++done, total);
  const summaries: RunSummary[] = [];
  for (const seed of seeds) {
    const result = yield* bench.run(file, seed);
    if (!result.ok) throw new AuditStopped(result.problems);
    summaries.push(result.value.summary);
    tried();
  }
  const findings = [latency(subject, summaries)];
  const kind = loadKind(scenario);
  const requests = summaries.reduce((sum, { requests: { N } }) => sum + N, 0);
  if (!kind || requests === 0) return [...findings, finding('performance', 'notApplicable', 'capacity.none')];

  const events = summaries.reduce((sum, summary) => sum + summary.events, 0) / requests;
  const wanted = Math.min(REQUESTS.most, Math.max(REQUESTS.least, LIMITS.auditEvents / events));
  const unhindered = Math.max(0, ...summaries.map(({ requests: { T } }) => ((T.TrMs ?? 0) + (T.TsMs ?? 0) + (T.TpMs ?? 0)) * 1_000));
  const rate =
    kind === 'open' ? arrivalsPerSecond(scenario) : requests / summaries.length / ((scenario.durationMicros - scenario.warmupMicros) / 1e6);
  // Arrivals that come faster need less time for as many; users do not, when they wait for each other.
  const durationAt = (factor: number): number => {
    const micros = Math.max((wanted * 1e6) / rate / (kind === 'open' ? factor : 1), unhindered * LONG_ENOUGH);
    return Math.min(LIMITS.durationMicros, Math.max(1_000, Math.round(micros)));
  };
  const search: Search = { file, kind, seeds: seeds.slice(0, SEEDS), durationAt, from: 1 };
  const found = yield* findCapacity(search, bench, tried);
  findings.push(...limit(subject, found, rate, kind === 'open'));
  const bottleneck = busiest(found.best);
  if (found.tooMuch && bottleneck && bottleneck.utilization >= BUSY)
    findings.push(yield* scaling(subject, search, found, bottleneck.id, bench, tried));
  step(total, total);
  return findings;
}

function latency({ scenario, seeds }: Subject, summaries: readonly RunSummary[]): Finding {
  const mean = (pick: (summary: RunSummary) => number | null): number => {
    const values = summaries.map(pick).filter((value) => value !== null);
    return values.length > 0 ? meanInterval(values, 0.95).mean : 0;
  };
  const times = {
    meanMs: mean(({ requests: { T } }) => T.meanMs),
    p95Ms: mean(({ requests: { T } }) => T.p95Ms),
    p99Ms: mean(({ requests: { T } }) => T.p99Ms),
  };
  const { deadlineMicros } = scenario;
  if (deadlineMicros === undefined) return finding('performance', 'note', 'latency.noGoal', times);
  const sum = (pick: (summary: RunSummary) => number): number => summaries.reduce((total, summary) => total + pick(summary), 0);
  const late = sum(({ requests: { failures } }) => (failures['deadline'] ?? 0) + (failures['timeout'] ?? 0));
  const inTime = sum(({ requests: { Ns } }) => Ns);
  if (inTime + late === 0) return finding('performance', 'notApplicable', 'latency.none');
  const inTimeShare = inTime / (inTime + late);
  const verdict = inTimeShare >= IN_TIME.pass ? 'pass' : inTimeShare >= IN_TIME.warn ? 'warn' : 'fail';
  const evidence = verdict === 'pass' ? null : { seed: seeds[0], atMicros: scenario.warmupMicros, request: 0, change: '{}' };
  return finding('performance', verdict, 'latency', { ...times, inTimeShare, deadlineMs: deadlineMicros / 1_000 }, evidence);
}

function limit(subject: Subject, { light, best, tooMuch }: Capacity, nowPerSecond: number, isOpen: boolean): Finding[] {
  const capacityPerSecond = best.completedPerSecond;
  if (!tooMuch) return [finding('performance', 'pass', 'capacity.unlimited', { nowPerSecond, capacityPerSecond })];
  const evidence = {
    seed: subject.seeds[0],
    atMicros: durationOf(tooMuch.file),
    request: 0,
    change: changeOf(subject, tooMuch.file),
  };
  const params = { nowPerSecond, capacityPerSecond, tooMuchPerSecond: tooMuch.begunPerSecond };
  const carriesNow = best.factor >= 1;
  const verdict = !isOpen ? 'note' : !carriesNow ? 'fail' : best.factor < HEADROOM ? 'warn' : 'pass';
  const what = !isOpen ? 'capacity.closed' : carriesNow ? 'capacity' : 'capacity.exceeded';
  const bottleneck = busiest(best);
  const isClear = bottleneck !== undefined && bottleneck.utilization >= BUSY;
  const atLight = bottleneck && (light.utilization.get(bottleneck.id) ?? 0);
  const bound = atLight ? light.completedPerSecond / atLight : 0;
  return [
    finding('performance', verdict, what, params, evidence),
    isClear
      ? finding('performance', 'note', 'bottleneck', { id: bottleneck.id, busyShare: bottleneck.utilization, boundPerSecond: bound })
      : finding('performance', 'note', 'bottleneck.none', { busyShare: bottleneck?.utilization ?? 0 }),
  ];
}

function* scaling(
  subject: Subject,
  search: Search,
  { best }: Capacity,
  id: string,
  bench: Bench,
  tried: () => void,
): Generator<undefined, Finding> {
  const stronger = doubled(subject.file, id);
  if (!stronger) return finding('performance', 'notApplicable', 'scaling.none', { id });
  const after = yield* findCapacity({ ...search, file: stronger, from: Math.max(best.factor, 0.5) }, bench, tried);
  const gain = best.completedPerSecond > 0 ? after.best.completedPerSecond / best.completedPerSecond : 1;
  const next = busiest(after.best);
  const params = {
    id,
    gain,
    capacityPerSecond: after.best.completedPerSecond,
    beforePerSecond: best.completedPerSecond,
    next: next?.id ?? '–',
  };
  const shown = after.best.file;
  const evidence = { seed: subject.seeds[0], atMicros: durationOf(shown), request: 0, change: changeOf(subject, shown) };
  return finding('performance', gain >= SCALES ? 'pass' : 'warn', gain >= SCALES ? 'scaling' : 'scaling.little', params, evidence);
}
