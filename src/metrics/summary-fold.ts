/**
 * Trace and requests in, the numbers of `run --json` out, without keeping either. The window is from the end of the warm-up to the end
 * of the run; an instant equal to the warm-up is inside. Every run is also checked for broken invariants.
 */
import type { ComponentKind } from '../model/component-kind';
import type { Instrument } from '../model/instrument';
import type { Chart } from '../model/chart';
import type { Place, RequestChunk, TraceChunk } from '../model/trace';
import type { ComponentSummary, LinkSummary, RunSummary } from '../model/summary';
import type { Scenario } from '../model/scenario';
import type { Micros } from '../model/time';
import { AlertCounts } from './alert-counts';
import { countedRows, isCounted } from './counted-requests';
import { InstrumentNumbers } from './instrument-numbers';
import { AttackCounts } from './attack-counts';
import { Invariants } from './invariants';
import { PartCounts } from './part-counts';
import { meanWorkers } from './live-limits';
import { replicatedSummaries } from './replicated';
import { RequestCounts } from './request-counts';
import { StationCounts } from './station-counts';
import { TopicCounts } from './topic-counts';

/** How the run ended, known to whoever ran it. */
export interface RunEnd {
  readonly endMicros: Micros;
  readonly events: number;
  readonly digest: string;
  readonly variant: string | null;
  readonly seed: number;
  /** Invariants found broken while running; those that the trace shows are added. */
  readonly violations: readonly string[];
  readonly spans?: RunSummary['spans'];
  readonly log?: RunSummary['log'];
  /** The chart of the machine at a place. */
  readonly chartAt?: (place: number) => Chart | undefined;
}

export class SummaryFold {
  private readonly stations: StationCounts;
  private readonly parts: PartCounts;
  private readonly topics: TopicCounts | undefined;
  private readonly alerts: AlertCounts | undefined;
  private readonly numbers: InstrumentNumbers;
  private readonly attacks: AttackCounts | undefined;
  private readonly requests: RequestCounts;
  private readonly invariants: Invariants;
  private isWarm = false;

  constructor(
    private readonly scenario: Scenario,
    private readonly places: readonly Place[],
    /** What handlers measure: the list grows while the run goes on. */
    private readonly instruments: readonly Instrument[] = [],
  ) {
    this.alerts = scenario.alerts.length > 0 ? new AlertCounts(scenario.alerts) : undefined;
    this.numbers = new InstrumentNumbers(instruments, places);
    this.stations = new StationCounts(places);
    this.parts = new PartCounts(places);
    this.topics = places.some(({ kind }) => kind === 'topic') ? new TopicCounts(places) : undefined;
    this.attacks = scenario.attackers.length > 0 ? new AttackCounts(scenario.attackers) : undefined;
    this.requests = new RequestCounts(scenario.warmupMicros);
    this.invariants = new Invariants(scenario, places);
  }

  /** Folds the next chunk of the trace. Nothing of it is kept. */
  add(chunk: TraceChunk): void {
    this.invariants.add(chunk);
    let from = 0;
    if (!this.isWarm) {
      from = firstAtOrAfter(chunk.time, chunk.count, this.scenario.warmupMicros);
      this.foldRecords(chunk, 0, from);
      if (from < chunk.count) this.warmUp();
    }
    this.foldRecords(chunk, from, chunk.count);
  }

  private foldRecords(chunk: TraceChunk, from: number, to: number): void {
    this.stations.fold(chunk, from, to);
    // Parts come after all other places, if there are any.
    if (this.places.at(-1)?.kind === 'part') this.parts.fold(chunk, from, to);
    this.topics?.fold(chunk, from, to);
    this.alerts?.fold(chunk, from, to);
    if (this.instruments.length > 0) this.numbers.fold(chunk, from, to);
    this.attacks?.fold(chunk, from, to);
  }

  /** Folds the next rows of requests. Nothing of them is kept. */
  addRequests(chunk: RequestChunk): void {
    this.invariants.addRequests(chunk);
    this.requests.add(countedRows(chunk, this.places));
  }

  finish(end: RunEnd): RunSummary {
    const { scenario, places, stations } = this;
    if (!this.isWarm) this.warmUp();
    const windowMicros = Math.max(0, end.endMicros - scenario.warmupMicros);
    stations.advanceTo(end.endMicros);
    const links: LinkSummary[] = [];
    const components: [string, ComponentSummary][] = [];
    for (const [at, place] of places.entries()) {
      if (place.kind === 'link') links.push(this.linkSummary(at, place, windowMicros));
      else if (place.kind === 'topic') components.push([place.id, this.topics!.summary(at, end.endMicros)]);
      else if (place.kind !== 'part' && place.kind !== 'attacker')
        components.push([place.id, this.componentSummary(at, place.kind, windowMicros)]);
    }
    return {
      title: scenario.title,
      variant: end.variant,
      seed: end.seed,
      digest: end.digest,
      events: end.events,
      durationMs: end.endMicros / 1_000,
      requests: this.requests.summary(windowMicros),
      components: Object.fromEntries(components),
      replicated: replicatedSummaries(places, Object.fromEntries(components), stations),
      links,
      policies: this.parts.finish(end.endMicros, (place) => end.chartAt?.(place)),
      metrics: this.numbers.finish(end.endMicros, windowMicros),
      alerts: this.alerts?.finish(end.endMicros) ?? [],
      spans: end.spans ?? { recorded: 0, dropped: 0 },
      log: end.log ?? { debug: 0, info: 0, warn: 0, error: 0, dropped: 0 },
      attackers: this.attacks?.summary() ?? [],
      violations: [...end.violations, ...this.invariants.finish(end.endMicros)],
    };
  }

  private warmUp(): void {
    this.stations.advanceTo(this.scenario.warmupMicros);
    this.stations.beginWindow(this.scenario.warmupMicros);
    this.parts.beginWindow(this.scenario.warmupMicros);
    this.topics?.beginWindow(this.scenario.warmupMicros);
    this.numbers.beginWindow(this.scenario.warmupMicros);
    this.attacks?.beginWindow();
    this.isWarm = true;
  }

  private linkSummary(at: number, place: Extract<Place, { kind: 'link' }>, windowMicros: Micros): LinkSummary {
    const { stations } = this;
    // Attackers have ways of their own, which the file does not name.
    const link = this.scenario.links[place.link];
    const bytesPerSecond = link?.connection && link[place.way].bytesPerSecond;
    const bytes = stations.bytes[at]!;
    const [duplicated, corrupted] = [stations.duplicated[at]!, stations.corrupted[at]!];
    const [sent, lost, delivered, cancelled] = [stations.sent[at]!, stations.lost[at]!, stations.delivered[at]!, stations.cancelled[at]!];
    return {
      from: place.from,
      to: place.to,
      sent,
      delivered,
      lost,
      cancelled,
      duplicated,
      corrupted,
      inFlight: sent + duplicated - delivered - lost - cancelled,
      bytes,
      frames: stations.frames[at]!,
      connections: stations.connections[at]!,
      tlsHandshakes: stations.tlsHandshakes[at]!,
      bandwidthUtilization: bytesPerSecond === undefined || windowMicros <= 0 ? null : bytes / (bytesPerSecond * (windowMicros / 1e6)),
    };
  }

  private componentSummary(at: number, kind: Exclude<ComponentKind, 'topic'>, windowMicros: Micros): ComponentSummary {
    const { stations } = this;
    const [arrivals, completions] = [stations.arrivals[at]!, stations.completions[at]!];
    const timeMean = (area: number): number => (windowMicros > 0 ? area / windowMicros : 0);
    const [waitingArea, busyArea] = [stations.waitingArea[at]!, stations.busyArea[at]!];
    if (kind === 'client')
      return { kind, background: !isCounted(this.places[at]), started: arrivals, ended: completions, meanOpen: timeMean(busyArea) };
    const meanMs = (sumMicros: number, count: number): number | null => (count > 0 ? sumMicros / count / 1_000 : null);
    const refused = stations.refused[at]!;
    const meanSojournMs = meanMs(stations.sojournMicros[at]!, completions);
    const abandoned = stations.abandoned[at]!;
    if (kind === 'balancer') return { kind, arrivals, completions, refused, abandoned, meanInSystem: timeMean(busyArea), meanSojournMs };
    const station = {
      arrivals,
      completions,
      refused,
      abandoned,
      meanWaiting: timeMean(waitingArea),
      meanInSystem: timeMean(waitingArea + busyArea + stations.awaitingArea[at]!),
      meanWaitMs: meanMs(stations.waitMicros[at]!, stations.waits[at]!),
      meanSojournMs,
    };
    if (kind === 'queue') {
      const depthAtEnd = stations.waiting[at]! + stations.busy[at]!;
      return {
        kind,
        ...station,
        redelivered: stations.redelivered[at]!,
        dropped: stations.dropped[at]!,
        expired: stations.expired[at]!,
        deadLettered: stations.deadLettered[at]!,
        blocked: stations.blocked[at]!,
        blockedMs: stations.blockedMicros[at]! / 1_000,
        depthAtEnd,
      };
    }
    const { scenario } = this;
    const workers = meanWorkers(scenario, scenario.components[at]?.id ?? '', scenario.warmupMicros, scenario.warmupMicros + windowMicros);
    const utilization = workers > 0 ? timeMean(busyArea) / workers : 0;
    if (kind === 'service') return { kind, ...station, utilization };
    return { kind, ...station, utilization, committed: stations.committed[at]!, aborted: stations.aborted[at]! };
  }
}

/** Index of the first time that is not before `micros`, by halving; `count` when all are. */
function firstAtOrAfter(times: Float64Array, count: number, micros: Micros): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < micros) low = middle + 1;
    else high = middle;
  }
  return low;
}
