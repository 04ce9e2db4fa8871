/** What somebody on a link can do: read, change, make up, send again, flood; by what those at the ends have taken for true. */
import { WindowReader } from '../../metrics/window';
import type { Evidence, Finding, Verdict } from '../../model/audit';
import { LIMITS } from '../../model/limits';
import type { LaneResult } from '../../model/run-result';
import { RecordKind } from '../../model/trace';
import { attacks, type Attack } from './attacks';
import type { Bench } from './bench';
import { AuditStopped, finding, type Step } from './finding';
import { changeOf, type Subject } from './subject';

/** A flood is felt when R falls by this, or T is so many times as long. */
const FELT = { reliability: 0.01, time: 2 };

export function* security(subject: Subject, bench: Bench, step: Step): Generator<undefined, Finding[]> {
  const [seed] = subject.seeds;
  const { attackers: _attackers, ...alone } = subject.file;
  const without = yield* bench.run(alone, seed);
  if (!without.ok) throw new AuditStopped(without.problems);
  const base = without.value;
  const { requests, durationMs } = base.summary;
  const all = attacks(subject, requests.N / (durationMs / 1_000));
  const chosen = all.slice(0, LIMITS.auditAttacks);
  const total = chosen.length + 1;
  step(1, total);
  const findings: Finding[] = [];
  for (const [index, attack] of chosen.entries()) {
    const result = yield* bench.run(attack.file, seed);
    const found = result.ok && judged(subject, attack, result.value, base);
    if (found) findings.push(found);
    step(index + 2, total);
  }
  if (all.length > chosen.length)
    findings.push(finding('security', 'note', 'leftOut', { count: all.length - chosen.length, tried: chosen.length }));
  return findings.length > 0 ? findings : [finding('security', 'notApplicable', 'none')];
}

function judged(subject: Subject, attack: Attack, lane: LaneResult, base: LaneResult): Finding | undefined {
  const { act, from, to, fromMicros, untilMicros } = attack;
  const [done] = lane.summary.attackers;
  const ways = { from, to };
  const shownAt = (kind: RecordKind): Evidence => ({
    seed: subject.seeds[0],
    ...(firstOf(lane, kind) ?? { atMicros: fromMicros, request: 0 }),
    change: changeOf(subject, attack.file),
  });
  if (act === 'eavesdrop') {
    const { overheard = 0, read = 0, bytesRead = 0 } = done ?? {};
    if (overheard === 0) return finding('security', 'notApplicable', 'silent', ways);
    return finding(
      'security',
      bytesRead > 0 ? 'warn' : read > 0 ? 'note' : 'pass',
      read > 0 ? 'eavesdrop' : 'eavesdrop.pass',
      { ...ways, overheard, read, bytesRead },
      shownAt(RecordKind.overheard),
    );
  }
  if (act === 'flood') {
    const [quiet, flooded] = [base, lane].map((one) => new WindowReader(one).at(fromMicros, Math.min(untilMicros, one.endMicros)));
    const [quietShare, floodShare] = [quiet!.R ?? 1, flooded!.R ?? 0];
    const [quietMs, floodMs] = [quiet!.T.p95Ms ?? 0, flooded!.T.p95Ms ?? 0];
    const verdict: Verdict = quietShare - floodShare > FELT.reliability ? 'fail' : floodMs > FELT.time * quietMs ? 'warn' : 'pass';
    const params = { ...ways, tried: done?.acts.flood.tried ?? 0, quietShare, floodShare, quietMs, floodMs };
    return finding('security', verdict, verdict === 'pass' ? 'flood.pass' : 'flood', params, shownAt(RecordKind.attacked));
  }
  const { tried = 0, accepted = 0, refused = 0 } = done?.acts[act] ?? {};
  // That nothing passes has been said by whoever listens.
  if (tried === 0) return undefined;
  const verdict: Verdict = accepted > 0 ? 'fail' : 'pass';
  const kind = accepted > 0 ? RecordKind.attackAccepted : RecordKind.attacked;
  return finding('security', verdict, accepted > 0 ? act : `${act}.pass`, { ...ways, tried, accepted, refused }, shownAt(kind));
}

function firstOf(lane: LaneResult, kind: RecordKind): Pick<Evidence, 'atMicros' | 'request'> | undefined {
  for (const chunk of lane.chunks) {
    const at = chunk.kind.subarray(0, chunk.count).indexOf(kind);
    if (at >= 0) return { atMicros: chunk.time[at]!, request: chunk.request[at]! };
  }
  return undefined;
}
