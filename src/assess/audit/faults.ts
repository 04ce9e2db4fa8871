/** What each fault costs, and how long until it is made good: each by itself, beside the run without it on the same seed. */
import type { Finding, Verdict } from '../../model/audit';
import { LIMITS } from '../../model/limits';
import { Outcome } from '../../model/outcome';
import type { LaneResult } from '../../model/run-result';
import { serviceOf } from '../../model/replicas';
import { RecordKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import type { Bench } from './bench';
import { AuditStopped, finding, type Step } from './finding';
import { injections, type Injection } from './injections';
import { normalOf, recoveryMicros, type Normal } from './recovery';
import { rowsOf } from './rows';
import { factsOf, type RunFacts } from './run-facts';
import { changeOf, type Subject } from './subject';

interface Base {
  readonly lane: LaneResult;
  readonly facts: RunFacts;
  readonly normal: Normal;
}

export function* faults(subject: Subject, bench: Bench, step: Step): Generator<undefined, Finding[]> {
  const [seed] = subject.seeds;
  const all = injections(subject);
  const chosen = all.slice(0, LIMITS.auditFaults);
  const total = chosen.length + 1;
  const without = yield* bench.run(subject.file, seed);
  if (!without.ok) throw new AuditStopped(without.problems);
  const base: Base = { lane: without.value, facts: factsOf(without.value), normal: normalOf(without.value) };
  step(1, total);
  const findings: Finding[] = [];
  for (const [index, injection] of chosen.entries()) {
    const result = isUsed(injection, base.lane) ? yield* bench.run(injection.file, seed) : undefined;
    // Some faults make no sense everywhere: what TCP carries is not doubled.
    if (!result) findings.push(finding('faults', 'notApplicable', 'unused', paramsOf(injection)));
    else if (result.ok) findings.push(judged(subject, injection, result.value, base));
    step(index + 2, total);
  }
  if (all.length > chosen.length)
    findings.push(finding('faults', 'note', 'leftOut', { count: all.length - chosen.length, tried: chosen.length }));
  return findings.length > 0 ? findings : [finding('faults', 'notApplicable', 'none')];
}

function judged(subject: Subject, injection: Injection, lane: LaneResult, base: Base): Finding {
  const { fromMicros } = injection;
  const endMicros = endOf(lane, injection);
  const untilMicros = Math.max(injection.untilMicros, endMicros);
  const facts = factsOf(lane);
  const more = (count: (of: RunFacts) => number): number => Math.max(0, count(facts) - count(base.facts));
  const lost = more((of) => of.lost.length + of.thrownAway.length + of.topicLost);
  const unanswered = more((of) => of.overdue.length);
  const failed = more((of) => of.failed.length + of.late.length);
  const again = more((of) => of.handledAgain.length);
  const recovery = lane.stopped ? undefined : recoveryMicros(lane, base.normal, endMicros);
  const isBack = recovery !== undefined;
  const verdict: Verdict = lost + unanswered > 0 || !isBack ? 'fail' : failed + again > 0 ? 'warn' : 'pass';
  const params = {
    ...paramsOf(injection),
    lost,
    unanswered,
    failed,
    again,
    whileShare: shareWhile(lane, fromMicros, untilMicros),
    baseShare: shareWhile(base.lane, fromMicros, untilMicros),
    recoveryMs: (recovery ?? 0) / 1_000,
  };
  const evidence = { seed: subject.seeds[0], atMicros: fromMicros, request: 0, change: changeOf(subject, injection.file) };
  const hurt = lost + unanswered + failed + again > 0;
  return finding('faults', verdict, isBack ? (hurt ? 'hurt' : 'harmless') : 'notBack', params, evidence);
}

function paramsOf({ verb, target, fromMicros, untilMicros }: Injection): Finding['params'] {
  return { fault: verb, target, lastsMs: (untilMicros - fromMicros) / 1_000 };
}

/** Whether anything comes by what the fault hits, in the run without it. */
function isUsed({ component, ends }: Injection, { summary }: LaneResult): boolean {
  if (ends) {
    const isEnd = (id: string, end: string): boolean => serviceOf(id) === end;
    return summary.links.some(
      ({ from, to, sent }) =>
        sent > 0 && ((isEnd(from, ends.from) && isEnd(to, ends.to)) || (isEnd(from, ends.to) && isEnd(to, ends.from))),
    );
  }
  return Object.entries(summary.components).some(([id, one]) => serviceOf(id) === component && 'arrivals' in one && one.arrivals > 0);
}

/** When the fault is over in the run: a deploy ends when the last replica is ready. */
function endOf(lane: LaneResult, { index, untilMicros }: Injection): Micros {
  let end: Micros | undefined;
  for (const { count, kind, subject, time } of lane.chunks)
    for (let at = 0; at < count; at++) if (kind[at] === RecordKind.faultEnded && subject[at] === index) end = time[at]!;
  return end ?? untilMicros;
}

/** R of the requests that begin in a stretch of time; 1 when none of them is decided. */
function shareWhile(lane: LaneResult, from: Micros, until: Micros): number {
  const decided = rowsOf(lane).filter(({ started, outcome }) => started >= from && started < until && outcome !== Outcome.inFlight);
  return decided.length > 0 ? decided.filter(({ outcome }) => outcome === Outcome.ok).length / decided.length : 1;
}
