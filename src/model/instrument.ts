/** What handlers measure with `ctx.metric`: an instrument for each name and component, of one of OpenTelemetry's kinds. */

export const INSTRUMENT_KINDS = ['counter', 'gauge', 'histogram'] as const;
/** `counter`: values are added up. `gauge`: the last value holds until the next. `histogram`: each value counts by itself. */
export type InstrumentKind = (typeof INSTRUMENT_KINDS)[number];

export interface Instrument {
  readonly name: string;
  /** Index of the component's place. */
  readonly place: number;
  readonly kind: InstrumentKind;
}
