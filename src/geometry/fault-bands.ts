/** Faults over a stretch of time as labelled bands: those that would touch are below each other, in a few rows. */
import type { Micros } from '../model/time';
import { xOf } from './space-time';
import type { Viewport } from './time-scale';

/** More rows than these would take the room of what they explain. */
const FAULT_ROWS = 3;
/** Labels are cut to these, or to their bands where those are longer, before a band is left out for want of room, px. */
const LABEL_ROOMS = [Infinity, 84, 70, 56, 42, 24];
/** Between what stands in one row, px. */
const GAP = 6;
/** Instants and short faults can still be seen, px. */
const LEAST_WIDTH = 3;

export interface FaultTimes {
  readonly fromMicros: Micros;
  /** The same as `fromMicros` for an instant; undefined: until the end. */
  readonly untilMicros: Micros | undefined;
}

export interface FaultBand<Fault> {
  readonly fault: Fault;
  /** The band within the plot, px. */
  readonly x: number;
  readonly width: number;
  /** Where its label begins, and its room: it may go on beyond the band, px. */
  readonly labelX: number;
  readonly labelWidth: number;
  /** From 0, at the top. */
  readonly row: number;
}

export interface FaultBands<Fault> {
  readonly bands: readonly FaultBand<Fault>[];
  readonly rows: number;
  /** In sight too, but there was no row left for them. */
  readonly more: readonly Fault[];
}

/** Whether it is on at some instant of the stretch. A fault is over at the instant at which it ends. */
export function isOnWithin({ fromMicros, untilMicros = Infinity }: FaultTimes, from: Micros, to: Micros): boolean {
  return fromMicros <= to && (untilMicros > from || (fromMicros === untilMicros && fromMicros >= from));
}

/** In the order of time. `labelWidth` says how many px the label of a fault needs; it gets no more than the whole width, and less where many are. */
export function faultBands<Fault extends FaultTimes>(
  faults: readonly Fault[],
  view: Viewport,
  width: number,
  labelWidth: (fault: Fault) => number,
): FaultBands<Fault> {
  const inSight = faults
    .filter((fault) => isOnWithin(fault, view.fromMicros, view.toMicros))
    .sort((one, other) => one.fromMicros - other.fromMicros);
  let shape: FaultBands<Fault> = { bands: [], rows: 0, more: inSight };
  for (const room of LABEL_ROOMS) {
    if (shape.more.length > 0)
      shape = stacked(inSight, view, width, (fault, band) => Math.min(Math.max(room, band), width, labelWidth(fault)));
  }
  return shape;
}

function stacked<Fault extends FaultTimes>(
  inSight: readonly Fault[],
  view: Viewport,
  width: number,
  labelWidth: (fault: Fault, bandWidth: number) => number,
): FaultBands<Fault> {
  const bands: FaultBand<Fault>[] = [];
  const more: Fault[] = [];
  for (const fault of inSight) {
    const { fromMicros, untilMicros = Infinity } = fault;
    const right = untilMicros >= view.toMicros ? width : xOf(view, width, untilMicros);
    const x = Math.min(Math.max(0, xOf(view, width, fromMicros)), width - LEAST_WIDTH);
    const bandWidth = Math.max(LEAST_WIDTH, right - x);
    const label = labelWidth(fault, bandWidth);
    const band = { fault, x, width: bandWidth, labelX: Math.min(x, width - label), labelWidth: label };
    const row = Array.from({ length: FAULT_ROWS }, (_, at) => at).find((at) =>
      bands.every((other) => other.row !== at || !touch(band, other)),
    );
    if (row === undefined) more.push(fault);
    else bands.push({ ...band, row });
  }
  return { bands, rows: Math.max(0, ...bands.map(({ row }) => row + 1)), more };
}

type Extent = Omit<FaultBand<unknown>, 'fault' | 'row'>;

function touch(one: Extent, other: Extent): boolean {
  return one.labelX < endOf(other) + GAP && other.labelX < endOf(one) + GAP;
}

function endOf({ x, width, labelX, labelWidth }: Extent): number {
  return Math.max(x + width, labelX + labelWidth);
}
