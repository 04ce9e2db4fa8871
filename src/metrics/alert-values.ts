/** What alerts are over, read off the trace while a run goes on. Each alert has the number of its own window. */
import type { Alert, AlertMeasure, MetricMeasure } from '../model/alerts/alert';
import type { Instrument } from '../model/instrument';
import { LIMITS } from '../model/limits';
import { serviceOf } from '../model/replicas';
import type { Scenario } from '../model/scenario';
import { Outcome } from '../model/outcome';
import { RecordKind, type Place, type TraceChunk } from '../model/trace';
import type { Micros } from '../model/time';
import { isCounted } from './counted-requests';
import { meanWorkers } from './live-limits';
import { RecentValues } from './recent-values';
import { StationCounts } from './station-counts';

export class AlertValues {
  private readonly stations: StationCounts;
  private readonly ofAlert: readonly Watched[];

  constructor(
    scenario: Scenario,
    alerts: readonly Alert[],
    places: readonly Place[],
    /** Grows while the run goes on. */
    private readonly instruments: readonly Instrument[],
  ) {
    this.stations = new StationCounts(places);
    this.ofAlert = alerts.map((alert) => new Watched(alert, scenario, places, this.stations));
  }

  /** Folds the records from index `from` up to, not including, `to` of a chunk. */
  add(chunk: TraceChunk, from: number, to: number): void {
    this.stations.fold(chunk, from, to);
    const { kind, place, subject, value, time, detail } = chunk;
    for (let at = from; at < to; at++) {
      if (kind[at] === RecordKind.requestEnded) {
        for (const watched of this.ofAlert) watched.requestEnded(place[at]!, detail[at]!, value[at]!, time[at]!);
      } else if (kind[at] === RecordKind.measured) {
        const instrument = this.instruments[subject[at]!]!;
        for (const watched of this.ofAlert) watched.measured(instrument, value[at]!, time[at]!);
      }
    }
  }

  /** The windows hold more than there is room for. */
  get isFull(): boolean {
    return this.ofAlert.some((watched) => watched.size > LIMITS.alertValues);
  }

  /** The number that an alert is over, in µs for times; undefined when there is nothing to measure. */
  valueOf(alert: number, now: Micros): number | undefined {
    return this.ofAlert[alert]!.value(now);
  }
}

/** What one alert looks at. */
class Watched {
  private readonly places: ReadonlySet<number>;
  /** T of those that ended well, or the values of a metric. */
  private readonly values: RecentValues;
  /** 1 for each request decided well, 0 for another. */
  private readonly decided: RecentValues;
  /** The busy time of a station at each look. */
  private readonly looks: { readonly at: Micros; readonly busy: number }[] = [];

  /** A gauge holds its value until the next, however long ago it was set. */
  private lastMeasured: number | undefined = undefined;

  constructor(
    private readonly alert: Alert,
    private readonly scenario: Scenario,
    all: readonly Place[],
    private readonly stations: StationCounts,
  ) {
    const { of, windowMicros } = alert;
    this.places = new Set(
      all.flatMap((place, at) => {
        if (place.kind === 'link' || place.kind === 'part') return [];
        const counts = of === undefined ? place.kind === 'client' && isCounted(place) : place.id === of || serviceOf(place.id) === of;
        return counts ? [at] : [];
      }),
    );
    this.values = new RecentValues(windowMicros);
    this.decided = new RecentValues(windowMicros);
  }

  get size(): number {
    return this.values.count + this.decided.count;
  }

  requestEnded(client: number, outcome: number, T: Micros, now: Micros): void {
    if ('metric' in this.alert.what || !this.places.has(client)) return;
    this.decided.add(outcome === Outcome.ok ? 1 : 0, now);
    if (outcome === Outcome.ok) this.values.add(T, now);
  }

  measured({ name, place }: Instrument, value: number, now: Micros): void {
    const { what } = this.alert;
    if ('metric' in what && what.metric === name && this.places.has(place)) this.values.add(value, now);
  }

  value(now: Micros): number | undefined {
    const { values, decided, alert } = this;
    const last = values.last;
    values.moveTo(now);
    decided.moveTo(now);
    return 'metric' in alert.what ? this.ofMetric(alert.what.measure, last, now) : this.ofRun(alert.what.measure, now);
  }

  private ofRun(measure: AlertMeasure, now: Micros): number | undefined {
    const { values, decided, stations } = this;
    switch (measure) {
      case 'Q':
        return this.perSecond(values.count, now);
      case 'R':
        return decided.mean;
      case 'T.mean':
        return values.mean;
      case 'T.p50':
        return values.percentile(0.5);
      case 'T.p95':
        return values.percentile(0.95);
      case 'T.p99':
        return values.percentile(0.99);
      case 'inFlight':
        return this.sumOver(stations.busy);
      case 'waiting':
        return this.sumOver(stations.waiting);
      case 'utilization':
        return this.utilization(now);
    }
  }

  private ofMetric(measure: MetricMeasure, last: number | undefined, now: Micros): number | undefined {
    const { values } = this;
    switch (measure) {
      case 'rate':
        return this.perSecond(values.sum, now);
      case 'last':
        return (this.lastMeasured = last ?? this.lastMeasured);
      case 'mean':
        return values.mean;
      case 'p50':
        return values.percentile(0.5);
      case 'p95':
        return values.percentile(0.95);
      case 'p99':
        return values.percentile(0.99);
    }
  }

  /** Over the window; at the beginning of a run, over the time that there is. */
  private perSecond(count: number, now: Micros): number | undefined {
    const micros = Math.min(now, this.alert.windowMicros);
    return micros > 0 ? (count * 1e6) / micros : undefined;
  }

  private utilization(now: Micros): number | undefined {
    const { stations, looks, alert, scenario } = this;
    stations.advanceTo(now);
    const busy = this.sumOver(stations.busyArea);
    looks.push({ at: now, busy });
    while (looks.length > 1 && looks[1]!.at <= now - alert.windowMicros) looks.shift();
    const from = looks[0]!;
    if (from.at === now) return undefined;
    let workers = 0;
    for (const place of this.places) workers += meanWorkers(scenario, scenario.components[place]!.id, from.at, now);
    return (busy - from.busy) / (now - from.at) / workers;
  }

  private sumOver(column: Float64Array): number {
    let sum = 0;
    for (const place of this.places) sum += column[place]!;
    return sum;
  }
}
