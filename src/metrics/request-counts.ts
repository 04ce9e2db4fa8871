/**
 * The requests of a run in numbers. N, R, T and held are over the requests that start in the window; T and held over those of them
 * that ended well, so that Q, T and Ns speak of the same requests. Q counts what ended well inside the window, whenever it started.
 */
import type { Micros } from '../model/time';
import type { RequestsSummary } from '../model/summary';
import { Outcome, OUTCOME_NAMES } from '../model/outcome';
import type { RequestChunk } from '../model/trace';
import { Percentiles } from './percentiles';

export class RequestCounts {
  private readonly byOutcome = new Float64Array(OUTCOME_NAMES.length);
  private readonly times = new Percentiles();
  private timeSum = 0;
  private trSum = 0;
  private tdSum = 0;
  private tsSum = 0;
  private tpSum = 0;
  private heldSum = 0;
  private completedInWindow = 0;
  private acceptedInWindow = 0;
  private accepted = 0;
  private acceptedSum = 0;

  constructor(private readonly windowStart: Micros) {}

  add(chunk: RequestChunk): void {
    const { windowStart } = this;
    const { outcome: outcomes, started: startedAt, ended: endedAt, accepted: acceptedAt } = chunk;
    for (let at = 0; at < chunk.count; at++) {
      const outcome = outcomes[at]!;
      const ended = endedAt[at]!;
      const accepted = acceptedAt[at]!;
      if (outcome === Outcome.ok && ended >= windowStart) this.completedInWindow++;
      if (accepted >= windowStart) this.acceptedInWindow++;
      const started = startedAt[at]!;
      if (started < windowStart) continue;
      this.byOutcome[outcome]!++;
      if (accepted >= 0) {
        this.accepted++;
        this.acceptedSum += accepted - started;
      }
      if (outcome !== Outcome.ok) continue;
      this.times.add(ended - started);
      this.timeSum += ended - started;
      this.trSum += chunk.tr[at]!;
      this.tdSum += chunk.td[at]!;
      this.tsSum += chunk.ts[at]!;
      this.tpSum += chunk.tp[at]!;
      this.heldSum += chunk.held[at]!;
    }
  }

  summary(windowMicros: Micros): RequestsSummary {
    const N = this.byOutcome.reduce((sum, count) => sum + count, 0);
    const Ns = this.byOutcome[Outcome.ok]!;
    const inFlight = this.byOutcome[Outcome.inFlight]!;
    const failures: Record<string, number> = {};
    for (const [outcome, name] of OUTCOME_NAMES.entries()) {
      const count = this.byOutcome[outcome]!;
      if (count > 0 && outcome !== Outcome.ok && outcome !== Outcome.inFlight) failures[name] = count;
    }
    const meanMs = (sumMicros: Micros, count: number): number | null => (count > 0 ? sumMicros / count / 1_000 : null);
    const percentileMs = (p: number): number | null => meanMs(this.times.at(p) ?? 0, Math.min(1, Ns));
    const perSecond = (count: number): number => (windowMicros > 0 ? (count * 1e6) / windowMicros : 0);
    return {
      N,
      Ns,
      failed: N - Ns - inFlight,
      failures,
      inFlight,
      R: N > inFlight ? Ns / (N - inFlight) : null,
      QPerSecond: perSecond(this.completedInWindow),
      T: {
        meanMs: meanMs(this.timeSum, Ns),
        p50Ms: percentileMs(0.5),
        p95Ms: percentileMs(0.95),
        p99Ms: percentileMs(0.99),
        TrMs: meanMs(this.trSum, Ns),
        TdMs: meanMs(this.tdSum, Ns),
        TsMs: meanMs(this.tsSum, Ns),
        TpMs: meanMs(this.tpSum, Ns),
      },
      accepted: { N: this.accepted, QPerSecond: perSecond(this.acceptedInWindow), meanMs: meanMs(this.acceptedSum, this.accepted) },
      heldMeanMs: meanMs(this.heldSum, Ns),
    };
  }
}
