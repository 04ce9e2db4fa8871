/** A scenario under another load: its arrivals so many times as fast, or its users so many times as many; and its stations twice as strong. */
import { componentsOf } from '../../model/edits/parts';
import { LIMITS } from '../../model/limits';
import { readDuration, readRate } from '../../model/resolve';
import type { Scenario } from '../../model/scenario';
import { formatDuration, type Micros } from '../../model/time';
import { isRecord, type JsonRecord } from '../../model/variant';

/** `open`: arrivals can come faster; `closed`: there can be more users. */
export type LoadKind = 'open' | 'closed';

/** What the load of a scenario can be changed by; undefined when its requests come at times of a list. */
export function loadKind({ components }: Scenario): LoadKind | undefined {
  const kinds = components.flatMap((one) => (one.kind === 'client' ? [one.arrivals.kind] : []));
  if (kinds.some((kind) => kind === 'poisson' || kind === 'constant' || kind === 'ramp' || kind === 'bursts')) return 'open';
  return kinds.includes('closed') ? 'closed' : undefined;
}

/** Requests a second that the open clients of a scenario begin; on a ramp, where it is highest. */
export function arrivalsPerSecond({ components }: Scenario): number {
  return components.reduce((sum, one) => {
    if (one.kind !== 'client') return sum;
    const { arrivals } = one;
    if (arrivals.kind === 'poisson' || arrivals.kind === 'constant') return sum + arrivals.perSecond;
    if (arrivals.kind === 'ramp') return sum + Math.max(arrivals.fromPerSecond, arrivals.toPerSecond);
    return arrivals.kind === 'bursts' ? sum + (arrivals.size * 1e6) / arrivals.everyMicros : sum;
  }, 0);
}

/** The scenario with `factor` times its load, for so long, nobody meddling: neither faults nor attackers. */
export function underLoad(file: JsonRecord, factor: number, durationMicros: Micros, warmupMicros: Micros): JsonRecord {
  const { faults: _faults, attackers: _attackers, ...rest } = file;
  const components = Object.entries(componentsOf(file)).map(([id, component]): [string, unknown] => [
    id,
    isRecord(component) && component['kind'] === 'client' ? loaded(component, factor) : component,
  ]);
  return {
    ...rest,
    duration: formatDuration(durationMicros),
    warmup: formatDuration(warmupMicros),
    components: Object.fromEntries(components),
  };
}

function loaded(client: JsonRecord, factor: number): JsonRecord {
  const { arrivals, users } = client;
  if (typeof users === 'number') return { ...client, users: Math.min(LIMITS.users, Math.max(1, Math.round(users * factor))) };
  if (!isRecord(arrivals)) return client;
  const { poisson, constant, ramp, bursts } = arrivals;
  const faster = (rate: string): string => `${Number(Math.min(LIMITS.ratePerSecond, readRate(rate) * factor).toFixed(4))}/s`;
  if (typeof poisson === 'string') return { ...client, arrivals: { poisson: faster(poisson) } };
  if (typeof constant === 'string') return { ...client, arrivals: { constant: faster(constant) } };
  if (isRecord(ramp)) {
    const [from, to] = [faster(String(ramp['from'])), faster(String(ramp['to']))];
    return { ...client, arrivals: { ramp: { ...ramp, from, to } } };
  }
  if (!isRecord(bursts)) return client;
  const every = Math.max(1, Math.round(readDuration(String(bursts['every'])) / factor));
  return { ...client, arrivals: { bursts: { ...bursts, every: formatDuration(every) } } };
}

/** The scenario with twice as many workers of a service or replicas of it, where it has several; undefined where there is no such knob. */
export function doubled(file: JsonRecord, id: string): JsonRecord | undefined {
  const components = componentsOf(file);
  const component = components[id];
  if (!isRecord(component) || component['kind'] !== 'service') return undefined;
  const { replicas, workers } = component;
  const twice = (count: unknown, most: number): number => Math.min(most, 2 * (typeof count === 'number' ? count : 1));
  const changed =
    typeof replicas === 'number' && replicas > 1
      ? { replicas: twice(replicas, LIMITS.replicas) }
      : { workers: twice(workers, LIMITS.workers) };
  return { ...file, components: { ...components, [id]: { ...component, ...changed } } };
}
