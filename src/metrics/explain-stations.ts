/** Services that have no worker free, and lines, queues and logs that grow. */
import type { Micros } from '../model/time';
import type { ExplainFacts, ExplainWindow } from './explain-facts';
import type { Finding } from './explain';
import { countUpTo, type StepFunction } from './step-function';

/** A line or a queue grows when it is longer at each quarter of the window than at the one before, and at its end by so many and this share. */
const LEAST_GROWTH = 5;
const LEAST_GROWTH_SHARE = 0.2;
/** A service is told to be busy when it has been so without a break for this share of the window. */
const LEAST_BUSY_SHARE = 0.5;

/** Services whose workers are all busy at the end of the window, with others waiting. */
export function saturated({ lane, steps }: ExplainFacts, { fromMicros, toMicros }: ExplainWindow): Finding[] {
  return lane.places.flatMap((_, place): Finding[] => {
    const workers = lane.workersOfPlace[place] ?? 0;
    const { busy, waiting } = steps[place]!;
    if (workers === 0 || waiting.valueAt(toMicros) === 0) return [];
    const since = heldSince(busy, toMicros, (value) => value >= workers);
    if (since === undefined || toMicros - Math.max(fromMicros, since) < LEAST_BUSY_SHARE * (toMicros - fromMicros)) return [];
    const isKept = since > lane.keptFrom.micros || lane.keptFrom.micros === 0;
    const growth = growthOf((at) => waiting.valueAt(at), Math.max(fromMicros, since), toMicros);
    const numbers = { waiting: waiting.valueAt(toMicros), perSecond: growth ?? 0 };
    if (!isKept) return [{ key: 'saturatedThroughout', place, fromMicros, numbers }];
    return [{ key: growth === undefined ? 'saturated' : 'growing', place, fromMicros: since, numbers }];
  });
}

/** Queues whose messages, and groups whose lag, become more and more. */
export function backlogFindings(facts: ExplainFacts, { fromMicros, toMicros }: ExplainWindow): Finding[] {
  const { lane, steps, reader } = facts;
  return lane.places.flatMap((place, index): Finding[] => {
    if (place.kind === 'queue') {
      const { waiting } = steps[index]!;
      const perSecond = growthOf((at) => waiting.valueAt(at), fromMicros, toMicros);
      if (perSecond === undefined) return [];
      const since = heldSince(waiting, toMicros, (value) => value > 0) ?? fromMicros;
      return [
        {
          key: 'backlog',
          place: index,
          fromMicros: Math.max(since, lane.keptFrom.micros),
          numbers: { perSecond, waiting: waiting.valueAt(toMicros) },
        },
      ];
    }
    if (place.kind !== 'topic' || !place.keeps) return [];
    return place.groups.flatMap((name, group): Finding[] => {
      const lag = (at: Micros): number => {
        const log = reader.at(at).places[index]!.log!;
        return log.partitions.reduce(
          (sum, { end, start }, partition) => sum + Math.max(0, end - Math.max(start, log.groups[group]!.readers[partition]!.committed)),
          0,
        );
      };
      const perSecond = growthOf(lag, fromMicros, toMicros);
      return perSecond === undefined
        ? []
        : [{ key: 'lag', place: index, fromMicros, numbers: { perSecond, waiting: lag(toMicros) }, name }];
    });
  });
}

/** By how much a second a number grows all through a window; undefined when it does not. */
function growthOf(valueAt: (micros: Micros) => number, fromMicros: Micros, toMicros: Micros): number | undefined {
  const values = [0, 1, 2, 3, 4].map((quarter) => valueAt(fromMicros + ((toMicros - fromMicros) * quarter) / 4));
  const [first, last] = [values[0]!, values[4]!];
  const isSteady = values.every((value, at) => at === 0 || value > values[at - 1]!);
  if (!isSteady || last - first < LEAST_GROWTH || last - first < LEAST_GROWTH_SHARE * first) return undefined;
  return ((last - first) * 1e6) / (toMicros - fromMicros);
}

/** Since when a number has been like this without a break up to an instant; undefined when it is not. */
function heldSince({ times, values }: StepFunction, micros: Micros, is: (value: number) => boolean): Micros | undefined {
  let at = countUpTo(times, micros) - 1;
  if (at < 0 || !is(values[at]!)) return undefined;
  while (at > 0 && is(values[at - 1]!)) at--;
  return times[at]!;
}
