/** Means and 95 % intervals over the runs of several seeds, in the shape of one run's summary. */
import { meanInterval } from '../metrics/interval';
import type { RunSummary } from '../model/summary';

type Shape = number | null | string | boolean | readonly Shape[] | { readonly [key: string]: Shape };

/** Not numbers to average: they name the run. */
const NAMES = new Set(['seed', 'digest', 'title', 'variant', 'violations', 'kind', 'from', 'to']);

export function overSeeds(summaries: readonly RunSummary[]): { mean: unknown; ci95: unknown } {
  const runs = summaries as unknown as readonly Shape[];
  return {
    mean: fold(runs, (values) => (values.length > 0 ? meanInterval(values, 0.95).mean : null)),
    ci95: fold(runs, (values) => (values.length > 1 ? meanInterval(values, 0.95).halfWidth : null)),
  };
}

/**
 * Policies and metrics come to be in the order in which a run first needs them, which is another with another seed: what a list holds is found
 * again by its names, not by its index. A run that never had it is left out of its means.
 */
function alike(lists: readonly (readonly Shape[] | undefined)[]): readonly (readonly (Shape | null)[])[] {
  const named = lists.map((list) => namedOnce(list ?? []));
  const names = new Set(named.flatMap((list) => [...list.keys()]));
  return [...names].map((name) => named.map((list) => list.get(name) ?? null));
}

/** By the words in each element; the second of the same words has a number, and elements without words have only that. */
function namedOnce(list: readonly Shape[]): ReadonlyMap<string, Shape> {
  const found = new Map<string, Shape>();
  for (const element of list) {
    const words = Object.entries(element ?? {}).filter(([, value]) => typeof value === 'string');
    let nth = 0;
    while (found.has(JSON.stringify([words, nth]))) nth++;
    found.set(JSON.stringify([words, nth]), element);
  }
  return found;
}

/** A key that is missing in some runs (a failure that did not happen) counts as 0 there; a null (a mean of nothing) is left out. */
function fold(values: readonly (Shape | undefined)[], combine: (numbers: number[]) => number | null): unknown {
  const sample = values.find((value) => value !== undefined && value !== null);
  if (sample === undefined || typeof sample === 'number') {
    return combine(values.flatMap((value) => (value === null ? [] : [typeof value === 'number' ? value : 0])));
  }
  if (Array.isArray(sample)) {
    const lists = values.map((value) => (value === null ? undefined : (value as readonly Shape[] | undefined)));
    return alike(lists).map((elements) => fold(elements, combine));
  }
  if (typeof sample !== 'object') return sample;
  const keys = [...new Set(values.flatMap((value) => Object.keys(value ?? {})))];
  const parts = keys.flatMap((key) => {
    const inside = values.map((value) => (value === null ? null : (value as { readonly [key: string]: Shape } | undefined)?.[key]));
    if (!NAMES.has(key)) return [[key, fold(inside, combine)] as const];
    return key === 'from' || key === 'to' || key === 'kind' ? [[key, (sample as { readonly [key: string]: Shape })[key]] as const] : [];
  });
  return Object.fromEntries(parts);
}
