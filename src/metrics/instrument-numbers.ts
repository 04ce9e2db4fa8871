/** What handlers measured, as numbers over the window of a summary. */
import type { Instrument } from '../model/instrument';
import type { MetricSummary } from '../model/summary';
import { RecordKind, type Place, type TraceChunk } from '../model/trace';
import type { Micros } from '../model/time';
import { Percentiles } from './percentiles';

/** Percentiles are of whole numbers: values are kept to the millionth. */
const PARTS = 1_000_000;

class Numbers {
  count = 0;
  sum = 0;
  least = Infinity;
  most = -Infinity;
  /** The last value of a gauge, since when it holds, and ∫ value dt from the start of the window, or from the first value. */
  last: number | undefined = undefined;
  private since: Micros = 0;
  private area = 0;
  private from: Micros = 0;
  private readonly percentiles: Percentiles | undefined;

  constructor(kind: Instrument['kind']) {
    this.percentiles = kind === 'histogram' ? new Percentiles() : undefined;
  }

  add(value: number, now: Micros): void {
    if (this.last === undefined) this.from = now;
    else this.area += this.last * (now - this.since);
    this.since = now;
    this.last = value;
    this.count++;
    this.sum += value;
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
    this.percentiles?.add(Math.round(value * PARTS));
  }

  /** The mean over time; null before the first value. */
  timeMean(endMicros: Micros): number | null {
    if (this.last === undefined) return null;
    const micros = endMicros - this.from;
    return micros > 0 ? (this.area + this.last * (endMicros - this.since)) / micros : this.last;
  }

  percentile(p: number): number | null {
    const found = this.percentiles?.at(p) ?? null;
    return found === null ? null : found / PARTS;
  }

  /** Goes on from here with what it holds, and with nothing counted. */
  startingAt(micros: Micros, kind: Instrument['kind']): Numbers {
    const next = new Numbers(kind);
    if (this.last === undefined || kind !== 'gauge') return next;
    next.last = next.least = next.most = this.last;
    next.since = next.from = micros;
    return next;
  }
}

export class InstrumentNumbers {
  private numbers: Numbers[] = [];

  /** @param instruments those of the run: the list grows while it runs */
  constructor(
    private readonly instruments: readonly Instrument[],
    private readonly places: readonly Place[],
  ) {}

  fold({ kind, subject, value, time }: TraceChunk, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      if (kind[at] !== RecordKind.measured) continue;
      const index = subject[at]!;
      (this.numbers[index] ??= new Numbers(this.instruments[index]!.kind)).add(value[at]!, time[at]!);
    }
  }

  beginWindow(micros: Micros): void {
    this.numbers = this.numbers.map((numbers, index) => numbers.startingAt(micros, this.instruments[index]!.kind));
  }

  finish(endMicros: Micros, windowMicros: Micros): MetricSummary[] {
    return this.instruments.map(({ name, place, kind }, index) => {
      const numbers = this.numbers[index] ?? new Numbers(kind);
      const owner = this.places[place];
      const { count, sum, least, most, last } = numbers;
      const common = { metric: name, of: owner && 'id' in owner ? owner.id : '' };
      switch (kind) {
        case 'counter':
          return { ...common, kind, total: sum, perSecond: windowMicros > 0 ? (sum * 1e6) / windowMicros : 0 };
        case 'gauge': {
          const isSet = last !== undefined;
          return {
            ...common,
            kind,
            mean: numbers.timeMean(endMicros),
            min: isSet ? least : null,
            max: isSet ? most : null,
            last: last ?? null,
          };
        }
        case 'histogram': {
          const [p50, p95, p99] = [numbers.percentile(0.5), numbers.percentile(0.95), numbers.percentile(0.99)];
          return { ...common, kind, count, mean: count > 0 ? sum / count : null, p50, p95, p99, max: count > 0 ? most : null };
        }
      }
    });
  }
}
