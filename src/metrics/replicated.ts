/** The replicas of a service as one: what the service as a whole did. */
import { serviceOf } from '../model/replicas';
import type { ComponentSummary, ReplicatedSummary } from '../model/summary';
import type { Place } from '../model/trace';
import type { StationCounts } from './station-counts';

/** By the names of the services, in the order of their places. */
export function replicatedSummaries(
  places: readonly Place[],
  components: Readonly<Record<string, ComponentSummary>>,
  stations: StationCounts,
): Readonly<Record<string, ReplicatedSummary>> {
  const replicas = new Map<string, number[]>();
  for (const [at, place] of places.entries()) {
    if (place.kind !== 'service' || serviceOf(place.id) === place.id) continue;
    replicas.set(serviceOf(place.id), [...(replicas.get(serviceOf(place.id)) ?? []), at]);
  }
  return Object.fromEntries(
    [...replicas].map(([service, at]) => [
      service,
      together(
        at.map((place) => components[(places[place] as { readonly id: string }).id]!),
        (column) => at.reduce((sum, place) => sum + stations[column][place]!, 0),
      ),
    ]),
  );
}

type Column = 'waits' | 'waitMicros' | 'sojournMicros' | 'completions' | 'arrivals' | 'refused' | 'abandoned';

function together(all: readonly ComponentSummary[], sum: (column: Column) => number): ReplicatedSummary {
  const services = all.filter((summary) => summary.kind === 'service');
  const total = (key: 'meanWaiting' | 'meanInSystem' | 'utilization'): number => services.reduce((so, summary) => so + summary[key], 0);
  const meanMs = (micros: Column, count: Column): number | null => (sum(count) > 0 ? sum(micros) / sum(count) / 1_000 : null);
  return {
    replicas: services.length,
    arrivals: sum('arrivals'),
    completions: sum('completions'),
    refused: sum('refused'),
    abandoned: sum('abandoned'),
    meanWaiting: total('meanWaiting'),
    meanInSystem: total('meanInSystem'),
    meanWaitMs: meanMs('waitMicros', 'waits'),
    meanSojournMs: meanMs('sojournMicros', 'completions'),
    utilization: total('utilization') / services.length,
  };
}
