/** When the alerts of a run fired, and for how long. */
import { ALERT_MEASURES, type Alert } from '../model/alerts/alert';
import { LIMITS } from '../model/limits';
import type { AlertSummary } from '../model/summary';
import { RecordKind, type TraceChunk } from '../model/trace';
import type { Micros } from '../model/time';

interface Firing {
  readonly at: Micros;
  readonly value: number;
  until: Micros | undefined;
}

export class AlertCounts {
  private readonly firings: Firing[][];
  private readonly times: number[];
  private readonly firingMicros: Micros[];

  constructor(private readonly alerts: readonly Alert[]) {
    this.firings = alerts.map(() => []);
    this.times = alerts.map(() => 0);
    this.firingMicros = alerts.map(() => 0);
  }

  fold({ kind, subject, value, time }: TraceChunk, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const index = subject[at]!;
      if (kind[at] === RecordKind.alertFired) this.fired(index, { at: time[at]!, value: value[at]!, until: undefined });
      else if (kind[at] === RecordKind.alertResolved) this.resolved(index, time[at]!);
    }
  }

  finish(endMicros: Micros): AlertSummary[] {
    return this.alerts.map(({ id, of, what, above, below }, index) => {
      const isTime = !('metric' in what) && ALERT_MEASURES[what.measure] === 'duration';
      const shown = (value: number): number => (isTime ? value / 1_000 : value);
      const kept = this.firings[index]!;
      const open = kept.at(-1)?.until === undefined ? (kept.at(-1)?.at ?? endMicros) : endMicros;
      return {
        alert: id,
        of: of ?? null,
        metric: 'metric' in what ? what.metric : null,
        measure: what.measure,
        bound: above === undefined ? 'below' : 'above',
        limit: shown((above ?? below)!),
        times: this.times[index]!,
        firingMs: (this.firingMicros[index]! + endMicros - open) / 1_000,
        firings: kept.map(({ at, value, until }) => ({
          atMs: at / 1_000,
          untilMs: until === undefined ? null : until / 1_000,
          value: shown(value),
        })),
      };
    });
  }

  private fired(index: number, firing: Firing): void {
    const kept = this.firings[index]!;
    this.times[index]!++;
    // The last place is for the one that may still be firing.
    if (kept.length === LIMITS.alertFirings) kept.pop();
    kept.push(firing);
  }

  private resolved(index: number, now: Micros): void {
    const firing = this.firings[index]!.at(-1);
    if (!firing) return;
    firing.until = now;
    this.firingMicros[index]! += now - firing.at;
  }
}
