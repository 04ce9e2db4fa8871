/** Things that last, as bars in rows: a row for each place, in the order of first use, and as many levels as there are bars at one time. */
import type { Micros } from '../model/time';

export interface Lasting {
  readonly place: number;
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

export interface Bar<Item> {
  readonly item: Item;
  /** Shares of the whole from 0 to 1. */
  readonly start: number;
  readonly length: number;
  /** From 0: bars at one time are below each other. */
  readonly level: number;
}

export interface BarRow<Item> {
  readonly place: number;
  readonly levels: number;
  readonly bars: readonly Bar<Item>[];
}

/** What begins after the end is left out; what goes on after it is cut there. */
export function barRows<Item extends Lasting>(items: readonly Item[], fromMicros: Micros, toMicros: Micros): readonly BarRow<Item>[] {
  const whole = Math.max(1, toMicros - fromMicros);
  const rows = new Map<number, { readonly ends: Micros[]; readonly bars: Bar<Item>[] }>();
  for (const item of items) {
    if (item.fromMicros > toMicros) continue;
    let row = rows.get(item.place);
    if (!row) rows.set(item.place, (row = { ends: [], bars: [] }));
    const free = row.ends.findIndex((end) => end <= item.fromMicros);
    const level = free < 0 ? row.ends.length : free;
    const end = Math.min(item.toMicros, toMicros);
    row.ends[level] = end;
    row.bars.push({ item, start: (item.fromMicros - fromMicros) / whole, length: (end - item.fromMicros) / whole, level });
  }
  return [...rows].map(([place, { ends, bars }]) => ({ place, levels: ends.length, bars }));
}
