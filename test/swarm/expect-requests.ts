/** What clients owe: to come when the file says, to count as well ended what ended in time, to hope only where there is hope. */
import { Outcome } from '../../src/model/outcome';
import { MessageKind, RecordKind } from '../../src/model/trace';
import { rowsOf, type Row } from '../world/run-file';
import { fixedMicros, linkAt, placeOf, type Entry, type Traced } from './trace-of';

/** Longer than any pause, timeout or delay of the swarm. */
const LONG_MICROS = 1_500_000;

export function expectArrivals({ file, lane, entries, isWhole, broken }: Traced): void {
  if (!isWhole) return;
  for (const [id, component] of Object.entries(file.components)) {
    if (component['kind'] !== 'client') continue;
    const place = placeOf(lane, id);
    const at = (kind: number): number[] =>
      entries
        .filter(
          (entry) => entry.place === place && entry.kind === kind && (kind !== RecordKind.requestEnded || entry.detail !== Outcome.lost),
        )
        .map(({ time }) => time);
    // With a deadline, the trace does not tell who came late from who was given up, and a user whose request is lost waits for ever. Nor does it
    // tell when code was over that has sent something: its user goes on, and the request ends when what was sent is handled.
    const sends = /ctx\.(send|publish)\(/.test(file.files[component['handler'] as string] ?? '');
    const think = file.deadline === undefined && !sends ? fixedMicros(component['thinkTime']) : undefined;
    const wanted =
      component['users'] === undefined
        ? planned(component['arrivals'] as Readonly<Record<string, unknown>>, lane.endMicros)
        : think !== undefined && [
            ...Array<number>(Number(component['users'])).fill(think),
            ...at(RecordKind.requestEnded).map((end) => end + think),
          ];
    if (!wanted) continue;
    const [started, due] = [
      at(RecordKind.requestStarted),
      wanted.filter((time) => time <= lane.endMicros).sort((one, other) => one - other),
    ];
    if (started.join() !== due.join()) broken('requests start when they should', `${id}: ${started.length} started, ${due.length} due`);
  }
}

/** Instants in µs; false for those that chance decides. */
function planned(arrivals: Readonly<Record<string, unknown>>, endMicros: number): number[] | false {
  const instants = (first: number, next: (count: number) => number): number[] => {
    const all: number[] = [];
    for (let count = first, time = next(first); time <= endMicros; time = next(++count)) all.push(time);
    return all;
  };
  if (typeof arrivals['constant'] === 'string') {
    const perSecond = parseFloat(arrivals['constant']);
    return instants(1, (count) => Math.round((count * 1e6) / perSecond));
  }
  const bursts = arrivals['bursts'] as { size: number; every: string } | undefined;
  if (bursts) return instants(0, (count) => count * fixedMicros(bursts.every)!).flatMap((time) => Array<number>(bursts.size).fill(time));
  const list = arrivals['list'] as string[] | undefined;
  return list ? list.map((time) => fixedMicros(time)!) : false;
}

export function expectEndings(traced: Traced): void {
  const { file, lane, entries, broken } = traced;
  const deadline = fixedMicros(file.deadline);
  const rows = rowsOf(lane);
  for (const { request, outcome, startedMs, endedMs } of rows) {
    const took = Math.round((endedMs - startedMs) * 1000);
    if (outcome === 'ok' && deadline !== undefined && took > deadline)
      broken('what ends too late does not count as ok', `request ${request}`);
    if (outcome === 'deadline' && (deadline === undefined || took < deadline))
      broken('what misses the deadline is late', `request ${request}`);
  }
  expectParts(traced, rows);
  expectHope(traced, rows);
  const given = new Set(rows.filter(({ outcome }) => outcome === 'lost').map(({ request }) => request));
  const over = new Set<number>();
  for (const { kind, request, detail } of entries) {
    if (kind === RecordKind.requestEnded && detail === Outcome.lost && given.has(request)) over.add(request);
    else if (kind === RecordKind.messageDelivered && over.has(request)) {
      broken('what is given up as lost is lost', `request ${request} goes on`);
      return;
    }
  }
}

/** A request that is one message there, one piece of work and one reply back spends its time on nothing else. */
function expectParts({ file, lane, entries, broken }: Traced, rows: readonly Row[]): void {
  const plain = new Set<number>();
  for (const [id, { kind, calls, policies }] of Object.entries(file.components)) {
    const called = file.components[String(calls)];
    if (kind === 'client' && policies === undefined && called?.['work'] !== undefined) plain.add(placeOf(lane, id));
  }
  const clientOf = new Map<number, number>();
  const parts = new Map<number, { tr: number; tp: number; ts: number }>();
  for (const { kind, place, request, detail, time, value } of entries) {
    if (kind === RecordKind.requestStarted && plain.has(place)) clientOf.set(request, place);
    if (!clientOf.has(request)) continue;
    const part = parts.get(request) ?? { tr: 0, tp: 0, ts: 0 };
    parts.set(request, part);
    if (kind === RecordKind.messageDelivered && detail === MessageKind.request) part.tr += time - value;
    else if (kind === RecordKind.messageDelivered && detail === MessageKind.reply) part.tp += time - value;
    else if (kind === RecordKind.workStarted) part.ts += value - time;
  }
  for (const { request, outcome, tr, tp, ts } of rows) {
    const part = parts.get(request);
    if (!part || outcome !== 'ok') continue;
    const booked = [tr, tp, ts].map((ms) => Math.round(ms * 1000)).join();
    const spent = [part.tr, part.tp, part.ts].join();
    if (booked !== spent)
      broken('time is booked on what it was spent on', `request ${request}: Tr, Tp, Ts ${booked}, by the trace ${spent}`);
  }
}

/** Long after the last thing that happened to it, with nothing of it anywhere, a request that lost a message is decided. */
function expectHope({ lane, entries, isWhole, broken }: Traced, rows: readonly Row[]): void {
  if (!isWhole) return;
  const last = new Map<number, number>();
  const lost = new Set<number>();
  const present = new Map<number, number>();
  const change = (request: number, by: number): unknown => present.set(request, (present.get(request) ?? 0) + by);
  for (const entry of entries) {
    const { kind, request } = entry;
    last.set(request, entry.time);
    if (kind === RecordKind.messageLost) lost.add(request);
    change(request, presence(entry, linkAt(lane, entry.place) !== undefined));
  }
  for (const { request, outcome } of rows) {
    if (outcome !== 'inFlight' || !lost.has(request) || present.get(request)! > 0) continue;
    if (last.get(request)! < lane.endMicros - LONG_MICROS) broken('nobody hopes for ever', `request ${request} is still in flight`);
  }
}

/** How many more messages of the request are on a link, in a line, with a worker or in a queue. */
function presence({ kind, value, detail }: Entry, isLink: boolean): number {
  if (isLink) return kind === RecordKind.messageSent ? 1 : kind === RecordKind.messageLost || kind === RecordKind.messageDelivered ? -1 : 0;
  if (kind === RecordKind.joined || kind === RecordKind.blocked) return 1;
  if (kind === RecordKind.workerTaken) return value > 0 ? 0 : 1;
  const leaves: readonly number[] = [
    RecordKind.workerFreed,
    RecordKind.acknowledged,
    RecordKind.dropped,
    RecordKind.expired,
    RecordKind.deadLettered,
  ];
  return leaves.includes(kind) || (kind === RecordKind.unblocked && detail === 0) ? -1 : 0;
}
