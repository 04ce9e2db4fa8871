/**
 * The shape of a lane: what one variant's run found. Besides the shape, the columns must fit together, because views index one
 * list by what another holds: every place named by a record exists, no count is larger than its columns.
 */
import * as v from 'valibot';
import { COMPONENT_KINDS } from '../model/component-kind';
import { INSTRUMENT_KINDS } from '../model/instrument';
import { LIMITS } from '../model/limits';
import { LOG_LEVELS } from '../model/log-level';
import { SPAN_KINDS } from '../model/span';
import { CHUNK_RECORDS, RECORD_KINDS, RecordKind, type Place, type RequestChunk, type TraceChunk } from '../model/trace';
import { codeProblem, count, list, micros, problem, shortText, text, variantName } from './check-basics';
import { connectionState, flowSettings } from './check-connections';
import { runSummary } from './check-summary';

/** Components, ways of links, and every policy once for each way. */
const PLACES_MAX = LIMITS.components + 2 * LIMITS.links * (1 + LIMITS.policies) + LIMITS.alerts;
const CHARTS_MAX = 256;
const STATES_MAX = 1_000;
const HANDLER_PROBLEMS_MAX = 1_000;
const LAST_KIND = Math.max(...Object.values(RecordKind));
/** A trace may be one chunk larger than its limit: the oldest is dropped when the newest is full. Before it, a few records of each open request. */
const TRACE_CHUNKS_MAX = Math.ceil(LIMITS.traceBytes / (CHUNK_RECORDS * 29)) + 2 + Math.ceil((4 * LIMITS.openRequests) / CHUNK_RECORDS);
const REQUEST_CHUNKS_MAX = 100_000;

/** A column of its own: of exactly this type, in memory that is not shared with the worker. */
const isColumn = (value: unknown, type: { readonly name: string; new (length: number): unknown }) =>
  value instanceof type && ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer;
const float64 = v.custom<Float64Array<ArrayBuffer>>((value) => isColumn(value, Float64Array), 'not a Float64Array');
const int32 = v.custom<Int32Array<ArrayBuffer>>((value) => isColumn(value, Int32Array), 'not an Int32Array');
const uint16 = v.custom<Uint16Array<ArrayBuffer>>((value) => isColumn(value, Uint16Array), 'not a Uint16Array');
const uint8 = v.custom<Uint8Array<ArrayBuffer>>((value) => isColumn(value, Uint8Array), 'not a Uint8Array');

/** Whether every column holds the rows that the chunk claims, each in a buffer of its own size. */
function columnsFit(chunk: TraceChunk | RequestChunk): boolean {
  return Object.values(chunk).every(
    (column: unknown) =>
      !ArrayBuffer.isView(column) || ('length' in column && typeof column.length === 'number' && column.length >= chunk.count),
  );
}

const traceChunk = v.pipe(
  v.strictObject({
    first: count,
    count: v.pipe(count, v.maxValue(CHUNK_RECORDS)),
    time: float64,
    value: float64,
    request: int32,
    subject: int32,
    place: uint16,
    detail: uint16,
    kind: uint8,
  }),
  v.check((chunk) => columnsFit(chunk), 'a column is shorter than its count'),
);

const requestChunk = v.pipe(
  v.strictObject({
    first: count,
    count,
    request: int32,
    client: uint16,
    outcome: uint8,
    started: float64,
    accepted: float64,
    ended: float64,
    held: float64,
    tr: float64,
    td: float64,
    ts: float64,
    tp: float64,
  }),
  v.check((chunk) => columnsFit(chunk), 'a column is shorter than its count'),
);

const place = v.union([
  v.strictObject({ kind: v.picklist(COMPONENT_KINDS.filter((kind) => kind !== 'topic' && kind !== 'client')), id: shortText }),
  v.strictObject({ kind: v.literal('client'), id: shortText, background: v.exactOptional(v.literal(true)) }),
  v.strictObject({
    kind: v.literal('topic'),
    id: shortText,
    partitions: v.pipe(count, v.minValue(1), v.maxValue(LIMITS.partitions)),
    copies: v.pipe(count, v.minValue(1), v.maxValue(LIMITS.brokers)),
    groups: list(shortText, LIMITS.groups + LIMITS.components),
    skipsKept: list(v.boolean(), LIMITS.groups + LIMITS.components),
    keeps: v.boolean(),
  }),
  v.strictObject({
    kind: v.literal('part'),
    id: shortText,
    of: count,
    to: v.undefinedable(shortText),
    role: v.picklist(['policy', 'alert']),
  }),
  v.strictObject({ kind: v.literal('attacker'), id: shortText, way: count }),
  v.strictObject({
    kind: v.literal('link'),
    from: shortText,
    to: shortText,
    link: count,
    way: v.picklist(['forth', 'back']),
    http1: v.exactOptional(v.strictObject({ connections: count })),
    http2: v.exactOptional(flowSettings),
  }),
]);

const chart = v.strictObject({
  id: shortText,
  states: list(
    v.strictObject({
      id: shortText,
      parent: v.undefinedable(shortText),
      kind: v.picklist(['atomic', 'compound', 'parallel', 'final', 'history']),
      initial: v.boolean(),
    }),
    STATES_MAX,
  ),
  transitions: list(
    v.strictObject({
      from: shortText,
      to: v.undefinedable(shortText),
      event: shortText,
      guard: v.undefinedable(shortText),
      actions: list(shortText, STATES_MAX),
    }),
    10 * STATES_MAX,
  ),
  configurations: list(list(shortText, STATES_MAX), 65_536),
});

const logLine = v.strictObject({
  atMicros: micros,
  place: count,
  request: v.pipe(v.number(), v.safeInteger()),
  level: v.picklist(LOG_LEVELS),
  text: text(LIMITS.logLength),
});

const spanId = text(16);
const link = v.strictObject({ traceId: text(32), spanId });
const span = v.strictObject({
  ...link.entries,
  parentId: v.nullable(spanId),
  links: list(link, LIMITS.spanLinks),
  name: shortText,
  kind: v.picklist(SPAN_KINDS),
  place: count,
  request: count,
  startMicros: micros,
  endMicros: v.pipe(v.number(), v.minValue(-1)),
  error: v.nullable(text(LIMITS.logLength)),
});
const instrument = v.strictObject({ name: shortText, place: count, kind: v.picklist(INSTRUMENT_KINDS) });

export const laneResult = v.pipe(
  v.strictObject({
    variant: variantName,
    summary: runSummary,
    durationMicros: micros,
    warmupMicros: micros,
    deadlineMicros: v.undefinedable(micros),
    endMicros: micros,
    places: list(place, PLACES_MAX),
    charts: list(chart, CHARTS_MAX),
    chartOfPlace: list(v.pipe(v.number(), v.integer(), v.minValue(-1)), PLACES_MAX),
    workersOfPlace: list(count, PLACES_MAX),
    chunks: list(traceChunk, TRACE_CHUNKS_MAX),
    keptFrom: v.strictObject({
      micros,
      record: count,
      missing: int32,
      connections: list(connectionState, LIMITS.links * LIMITS.connections),
    }),
    totalRecords: count,
    requests: list(requestChunk, REQUEST_CHUNKS_MAX),
    log: list(logLine, LIMITS.logLines),
    spans: list(span, LIMITS.spans),
    instruments: list(instrument, LIMITS.instruments),
    handlerProblems: list(codeProblem, HANDLER_PROBLEMS_MAX),
    stopped: v.undefinedable(problem),
  }),
  v.check(({ places, chartOfPlace, charts, workersOfPlace }) => {
    const fits = chartOfPlace.length === places.length && workersOfPlace.length === places.length;
    return fits && chartOfPlace.every((index) => index < charts.length);
  }, 'the lists of places differ'),
  v.check(({ chunks, requests, totalRecords }) => {
    const last = chunks.at(-1);
    return inOrder(chunks) && inOrder(requests) && (!last || last.first + last.count <= totalRecords);
  }, 'chunks out of order'),
  v.check(({ chunks, keptFrom, totalRecords, places }) => {
    const fits = (chunks[0]?.first ?? 0) <= keptFrom.record && keptFrom.record <= totalRecords;
    return fits && keptFrom.missing.length <= places.length * RECORD_KINDS;
  }, 'the kept trace begins where there is none'),
  v.check(({ spans, instruments, places }) => {
    return [...spans, ...instruments].every((one) => one.place < places.length);
  }, 'a span or a metric of a place that does not exist'),
  v.check(({ chunks, requests, log, places }) => {
    const recordsFit = chunks.every((chunk) => recordsName(chunk, places));
    const clientsFit = requests.every(({ client, count: rows }) => largest(client, rows) < Math.max(1, places.length));
    return recordsFit && clientsFit && log.every((line) => line.place < places.length);
  }, 'something names a place that does not exist'),
);

function inOrder(chunks: readonly { readonly first: number; readonly count: number }[]): boolean {
  return chunks.every((chunk, index) => {
    const next = chunks[index + 1];
    return !next || chunk.first + chunk.count === next.first;
  });
}

function recordsName(chunk: TraceChunk, places: readonly Place[]): boolean {
  return largest(chunk.place, chunk.count) < Math.max(1, places.length) && largest(chunk.kind, chunk.count) <= LAST_KIND;
}

function largest(column: Uint16Array | Uint8Array, rows: number): number {
  let max = 0;
  for (let row = 0; row < rows; row++) max = Math.max(max, column[row] ?? 0);
  return max;
}
