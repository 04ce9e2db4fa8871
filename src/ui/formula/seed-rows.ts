/** The rows of the table over many seeds: what the formulas and the lessons speak of, of the requests of a whole run. */
import type { RequestsSummary } from '../../model/summary';
import type { Quantity } from './quantity';

export interface SeedRow {
  /** The key of its name in the dictionary. */
  readonly key: string;
  readonly quantity: Quantity;
  readonly of: (requests: RequestsSummary) => number | null;
}

export const SEED_ROWS: readonly SeedRow[] = [
  { key: 'compare.mean', quantity: 'duration', of: ({ T }) => T.meanMs },
  { key: 'compare.part.tr', quantity: 'duration', of: ({ T }) => T.TrMs },
  { key: 'compare.part.td', quantity: 'duration', of: ({ T }) => T.TdMs },
  { key: 'compare.part.ts', quantity: 'duration', of: ({ T }) => T.TsMs },
  { key: 'compare.part.tp', quantity: 'duration', of: ({ T }) => T.TpMs },
  { key: 'compare.p50', quantity: 'duration', of: ({ T }) => T.p50Ms },
  { key: 'compare.p95', quantity: 'duration', of: ({ T }) => T.p95Ms },
  { key: 'compare.p99', quantity: 'duration', of: ({ T }) => T.p99Ms },
  { key: 'seeds.accepted', quantity: 'duration', of: ({ accepted }) => accepted.meanMs },
  { key: 'seeds.Q', quantity: 'rate', of: ({ QPerSecond }) => QPerSecond },
  { key: 'seeds.R', quantity: 'share', of: ({ R }) => R },
];
