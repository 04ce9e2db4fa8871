/** The results of a sweep: a line for each combination of values on a terminal, a row for each run as CSV. */
import { meanInterval } from '../metrics/interval';
import type { RunSummary } from '../model/summary';
import { csvText } from '../share/csv';
import type { SweptValue } from './swept-values';

/** The runs of one combination of values. */
export interface Point {
  readonly values: readonly SweptValue[];
  readonly runs: readonly RunSummary[];
}

const COLUMNS: readonly { readonly name: string; readonly digits: number; readonly pick: (run: RunSummary) => number | null }[] = [
  { name: 'N', digits: 0, pick: ({ requests }) => requests.N },
  { name: 'R', digits: 4, pick: ({ requests }) => requests.R },
  { name: 'Q / s', digits: 3, pick: ({ requests }) => requests.QPerSecond },
  { name: 'accepted / s', digits: 3, pick: ({ requests }) => requests.accepted.QPerSecond },
  { name: 'T mean ms', digits: 2, pick: ({ requests }) => requests.T.meanMs },
  { name: 'p95 ms', digits: 2, pick: ({ requests }) => requests.T.p95Ms },
  { name: 'p99 ms', digits: 2, pick: ({ requests }) => requests.T.p99Ms },
  { name: 'held ms', digits: 2, pick: ({ requests }) => requests.heldMeanMs },
];

/** Means over the seeds, with the half-widths of their 95 % intervals. */
export function sweepTable(paths: readonly string[], points: readonly Point[]): string {
  const first = points[0]!.runs[0]!;
  const seeds = points[0]!.runs.length;
  const heading = `${first.title}${first.variant === null ? '' : `, variant ${first.variant}`}: ${points.length} points, ${
    seeds > 1 ? `${seeds} seeds each, means with 95 % intervals` : `seed ${first.seed}`
  }`;
  const rows = [
    [...paths, ...COLUMNS.map(({ name }) => name)],
    ...points.map(({ values, runs }) => [...values.map(String), ...COLUMNS.map(({ digits, pick }) => cell(runs.map(pick), digits))]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => row.map((text, column) => text.padStart(widths[column]!)).join('  '));
  return `${heading}\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

function cell(values: readonly (number | null)[], digits: number): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return '–';
  const { mean, halfWidth } = meanInterval(known, 0.95);
  return known.length === 1 ? mean.toFixed(digits) : `${mean.toFixed(digits)} ± ${halfWidth.toFixed(Math.max(digits, 1))}`;
}

/** A row for each run with all of its numbers, named as in the JSON of a run: `requests.T.meanMs`, `components.server.utilization`. */
export function sweepCsv(paths: readonly string[], points: readonly Point[]): string {
  const rows = points.flatMap(({ values, runs }) =>
    runs.map((run) => new Map<string, unknown>([...values.map((value, index) => [paths[index]!, value] as const), ...leavesOf(run, '')])),
  );
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return csvText([names, ...rows.map((row) => names.map((name) => row.get(name)))]);
}

function leavesOf(value: unknown, name: string): [name: string, leaf: unknown][] {
  if (typeof value !== 'object' || value === null) return [[name, value]];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, isList ? `${name}[${key}]` : name === '' ? key : `${name}.${key}`),
  );
}
