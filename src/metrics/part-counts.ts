/** What the parts of a run did in the window of a summary: acts by kind, and the share of the time in each state. */
import type { PolicySummary } from '../model/summary';
import type { Chart } from '../model/chart';
import { POLICY_ACT_NAMES, RecordKind, type Place, type TraceChunk } from '../model/trace';
import type { Micros } from '../model/time';

/** One part. Its machine begins in the first configuration of the chart that consists of initial states. */
interface Counted {
  /** −1 until its first change of state. */
  configuration: number;
  sinceMicros: Micros;
  readonly acts: Float64Array;
  /** Time in each configuration of the chart; the time before the first change apart, because the chart is not known while folding. */
  readonly micros: Map<number, Micros>;
}

export class PartCounts {
  /** By place. Parts come to be while the run goes on. */
  private readonly counted = new Map<number, Counted>();
  private windowStart: Micros = 0;

  constructor(private readonly places: readonly Place[]) {}

  fold(chunk: TraceChunk, from: number, to: number): void {
    const { kind, place, detail, time } = chunk;
    for (let at = from; at < to; at++) {
      if (kind[at] === RecordKind.policyActed) this.of(place[at]!).acts[detail[at]!]!++;
      else if (kind[at] === RecordKind.stateChanged && this.places[place[at]!]?.kind === 'part') {
        this.move(this.of(place[at]!), time[at]!, detail[at]!);
      }
    }
  }

  /** Forgets what was counted, keeps the states. */
  beginWindow(micros: Micros): void {
    this.windowStart = micros;
    for (const counted of this.counted.values()) {
      counted.sinceMicros = micros;
      counted.micros.clear();
      counted.acts.fill(0);
    }
  }

  finish(endMicros: Micros, chartOf: (place: number) => Chart | undefined): PolicySummary[] {
    const window = endMicros - this.windowStart;
    return this.places.flatMap((place, index): PolicySummary[] => {
      if (place.kind !== 'part' || place.role !== 'policy') return [];
      const [counted, chart, owner] = [this.of(index), chartOf(index), this.places[place.of]];
      this.move(counted, endMicros, counted.configuration);
      const start = chart ? initialConfiguration(chart) : 0;
      const shares: Record<string, number> = {};
      for (const [configuration, micros] of counted.micros) {
        const name = stateName(chart?.configurations[configuration < 0 ? start : configuration]);
        if (micros > 0) shares[name] = (shares[name] ?? 0) + micros / window;
      }
      const acts = Object.fromEntries(POLICY_ACT_NAMES.map((name, act) => [name, counted.acts[act]!] as const)) as PolicySummary['acts'];
      return [
        { policy: place.id, machine: chart?.id ?? '', of: owner && 'id' in owner ? owner.id : '', to: place.to ?? null, acts, shares },
      ];
    });
  }

  private of(place: number): Counted {
    let counted = this.counted.get(place);
    if (!counted) {
      counted = { configuration: -1, sinceMicros: this.windowStart, acts: new Float64Array(POLICY_ACT_NAMES.length), micros: new Map() };
      this.counted.set(place, counted);
    }
    return counted;
  }

  private move(counted: Counted, now: Micros, configuration: number): void {
    const { micros, configuration: before } = counted;
    micros.set(before, (micros.get(before) ?? 0) + now - counted.sinceMicros);
    counted.sinceMicros = now;
    counted.configuration = configuration;
  }
}

function initialConfiguration(chart: Chart): number {
  const initial = new Set(chart.states.filter((state) => state.initial).map(({ id }) => id));
  return chart.configurations.findIndex((ids) => ids.every((id) => initial.has(id)));
}

/** The states of a configuration, without the root and without the ids of those around them. */
function stateName(ids: readonly string[] = []): string {
  return ids
    .slice(1)
    .map((id) => id.slice(id.lastIndexOf('.') + 1))
    .join('.');
}
