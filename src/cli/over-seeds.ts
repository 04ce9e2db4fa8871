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

/** A key that is missing in some runs (a failure that did not happen) counts as 0 there; a null (a mean of nothing) is left out. */
function fold(values: readonly (Shape | undefined)[], combine: (numbers: number[]) => number | null): unknown {
  const sample = values.find((value) => value !== undefined && value !== null);
  if (sample === undefined || typeof sample === 'number') {
    return combine(values.flatMap((value) => (value === null ? [] : [typeof value === 'number' ? value : 0])));
  }
  if (Array.isArray(sample))
    return sample.map((_, index) =>
      fold(
        values.map((value) => (value as readonly Shape[] | undefined)?.[index]),
        combine,
      ),
    );
  if (typeof sample !== 'object') return sample;
  const keys = [...new Set(values.flatMap((value) => Object.keys(value ?? {})))];
  const parts = keys.flatMap((key) => {
    const inside = values.map((value) => (value as { readonly [key: string]: Shape } | undefined)?.[key]);
    if (!NAMES.has(key)) return [[key, fold(inside, combine)] as const];
    return key === 'from' || key === 'to' || key === 'kind' ? [[key, inside[0]] as const] : [];
  });
  return Object.fromEntries(parts);
}
