/** What the story of a request must know of a lane beside its records: which place is at which end, what was wrong with it, what a topic's records came by. */
import { FAULT_VERBS, type FaultVerb } from '../model/faults/fault';
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { RecordKind, type Place } from '../model/trace';
import { TopicTravels } from './story-topics';
import type { TraceReader } from './trace-reader';

/** Why a message was lost, as far as the faults that were on then tell. */
export type LossReason = 'partition' | 'lossFault' | 'loss';

interface Trouble {
  readonly place: number;
  readonly verb: FaultVerb;
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

export class StoryPlaces {
  private readonly byId = new Map<string, number>();
  private readonly troubles: readonly Trouble[];
  private travelsMade: TopicTravels | undefined;

  /** `faults` are the records that belong to no request. */
  constructor(
    private readonly lane: LaneResult,
    trace: TraceReader,
    faults: Int32Array,
  ) {
    lane.places.forEach((place, index) => {
      if (place.kind !== 'link' && place.kind !== 'part' && place.kind !== 'attacker') this.byId.set(place.id, index);
    });
    this.troubles = troublesOf(trace, faults);
  }

  get travels(): TopicTravels {
    return (this.travelsMade ??= new TopicTravels(this.lane));
  }

  at(place: number): Place | undefined {
    return this.lane.places[place];
  }

  kindOf(place: number): Place['kind'] | undefined {
    return this.lane.places[place]?.kind;
  }

  idOf(place: number): string {
    const found = this.lane.places[place];
    return found && 'id' in found ? found.id : '';
  }

  /** The components at both ends of a way. */
  endsOf(way: number): { readonly from: number; readonly to: number } {
    const place = this.lane.places[way];
    if (place?.kind !== 'link') return { from: -1, to: -1 };
    return { from: this.byId.get(place.from) ?? -1, to: this.byId.get(place.to) ?? -1 };
  }

  /** The component that a part belongs to; a component belongs to itself. */
  ownerOf(place: number): number {
    const found = this.lane.places[place];
    return found?.kind === 'part' ? found.of : place;
  }

  whyLost(way: number, now: Micros): LossReason {
    const on = this.troubles.filter(({ place, fromMicros, toMicros }) => place === way && fromMicros <= now && now < toMicros);
    if (on.some(({ verb }) => verb === 'partition')) return 'partition';
    return on.some(({ verb }) => verb === 'loss') ? 'lossFault' : 'loss';
  }
}

function troublesOf(trace: TraceReader, records: Int32Array): readonly Trouble[] {
  const troubles: Trouble[] = [];
  const open = new Map<string, Trouble>();
  for (const record of records) {
    const kind = trace.kindOf(record);
    if (kind !== RecordKind.faultStarted && kind !== RecordKind.faultEnded) continue;
    const { place, subject, detail, value, timeMicros } = trace.row(record);
    const key = `${place}:${subject}`;
    const begun = open.get(key);
    if (begun) troubles.push({ ...begun, toMicros: timeMicros });
    open.delete(key);
    if (kind === RecordKind.faultStarted) {
      open.set(key, { place, verb: FAULT_VERBS[detail]!, fromMicros: timeMicros, toMicros: value < 0 ? Infinity : value });
    }
  }
  return [...troubles, ...open.values()];
}
