/** What the parameters of a component come to over a run in which they change: the most they are, and their mean over a window. */
import type { Component, Scenario } from '../model/scenario';
import { replicaNumber } from '../model/replicas';
import type { Micros } from '../model/time';

/** The component as the file has it, and as each change makes it. */
function versionsOf(
  { components, liveChanges }: Scenario,
  id: string,
): readonly { readonly atMicros: Micros; readonly value: Component }[] {
  const first = components.find((component) => component.id === id);
  const later = liveChanges.flatMap((change) => (change.kind === 'component' && change.value.id === id ? [change] : []));
  return first ? [{ atMicros: 0, value: first }, ...later] : [];
}

/** The largest value; 0 for a component that is not there. */
export function mostOf(scenario: Scenario, id: string, read: (component: Component) => number): number {
  return versionsOf(scenario, id).reduce((most, { value }) => Math.max(most, read(value)), 0);
}

const workersOf = (component: Component): number => ('workers' in component ? component.workers : 0);
export const capacityOf = (component: Component): number => (component.kind === 'queue' ? component.capacity : 0);
export const waitingLimitOf = (component: Component): number => ('waitingLimit' in component ? component.waitingLimit : 0);

export function mostWorkers(scenario: Scenario, id: string): number {
  return mostOf(scenario, id, workersOf);
}

/** Workers on average over time; as at the end for a window without length. */
export function meanWorkers(scenario: Scenario, id: string, fromMicros: Micros, toMicros: Micros): number {
  let [area, last] = [0, 0];
  const versions = versionsOf(scenario, id);
  for (const [index, { atMicros, value }] of versions.entries()) {
    // A replica that is not wanted has none.
    last = value.kind === 'service' && replicaNumber(id) > value.replicas ? 0 : workersOf(value);
    const until = versions[index + 1]?.atMicros ?? Infinity;
    area += last * Math.max(0, Math.min(until, toMicros) - Math.max(atMicros, fromMicros));
  }
  return toMicros > fromMicros ? area / (toMicros - fromMicros) : last;
}
