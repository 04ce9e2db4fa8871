/** What policies owe: no more attempts than allowed, a breaker that tries again in time, no more calls at once or in a time than given. */
import { Outcome } from '../../src/model/outcome';
import { MessageKind, RecordKind } from '../../src/model/trace';
import { fixedMicros, linkAt, placeOf, type Traced } from './trace-of';

export function expectAttempts({ entries, broken }: Traced, attempts: number): void {
  for (const { kind, detail, time } of entries) {
    if (kind === RecordKind.retried && detail > attempts)
      broken('no call is tried too often', `attempt ${detail} of ${attempts}, t = ${time} µs`);
  }
}

/** Of a client without code, every request is one call. */
export function expectTimeouts({ file, lane, entries, broken }: Traced): void {
  const plain = new Set(
    Object.entries(file.components).flatMap(([id, { kind, calls }]) =>
      kind === 'client' && calls !== undefined ? [placeOf(lane, id)] : [],
    ),
  );
  const ended = new Set<number>();
  for (const { kind, place, request, detail, time } of entries) {
    if (!plain.has(place)) continue;
    if (kind === RecordKind.requestEnded && detail !== Outcome.lost && detail !== Outcome.deadline) ended.add(request);
    if (kind === RecordKind.timedOut && ended.has(request))
      broken('what has ended does not time out', `request ${request}, t = ${time} µs`);
  }
}

/** Open, or half-open without an answer, a breaker stays for `openFor` and not longer. */
export function expectBreakers({ file, lane, entries, broken }: Traced): void {
  const openFor = fixedMicros(file.policies['breaker']?.['openFor']);
  if (openFor === undefined) return;
  for (const [place, { kind }] of lane.places.entries()) {
    const chart = kind === 'part' ? lane.charts[lane.chartOfPlace[place] ?? -1] : undefined;
    if (chart?.id !== 'breaker') continue;
    let [state, since] = ['closed', 0];
    const leave = (time: number, isEnd: boolean): void => {
      const stayed = time - since;
      const isRight = state === 'closed' || (state === 'open' && !isEnd ? stayed === openFor : stayed <= openFor);
      if (!isRight) broken('a breaker tries again in time', `${state} for ${stayed} µs, t = ${time} µs`);
    };
    for (const entry of entries) {
      if (entry.place !== place || entry.kind !== RecordKind.stateChanged) continue;
      leave(entry.time, false);
      state = chart.configurations[entry.detail]!.at(-1)!.split('.').at(-1)!;
      since = entry.time;
    }
    leave(lane.endMicros, true);
  }
}

/** Of a client that names nothing but a bulkhead or a rate limit, every request is one call. */
export function expectLimits({ file, lane, entries, broken }: Traced): void {
  for (const [id, { kind, calls, policies }] of Object.entries(file.components)) {
    if (kind !== 'client' || calls === undefined) continue;
    const [name] = (policies as readonly string[] | undefined) ?? [];
    const policy = name === undefined ? undefined : file.policies[name];
    if (policy?.['kind'] !== 'bulkhead' && policy?.['kind'] !== 'rate-limit') continue;
    const inside = new Set<number>();
    const sent: number[] = [];
    for (const entry of entries) {
      const link = linkAt(lane, entry.place);
      if (entry.kind === RecordKind.requestEnded && entry.place === placeOf(lane, id)) inside.delete(entry.request);
      if (entry.kind !== RecordKind.messageSent || link?.from !== id || entry.detail !== MessageKind.request) continue;
      sent.push(entry.time);
      inside.add(entry.request);
      if (policy['kind'] === 'bulkhead' && inside.size > Number(policy['limit']))
        broken('no more calls at once than the bulkhead lets in', `${id}: ${inside.size}`);
    }
    if (policy['kind'] === 'rate-limit')
      expectPace(sent, parseFloat(String(policy['rate'])), Number(policy['burst']), (what) =>
        broken('calls keep their pace', `${id}: ${what}`),
      );
  }
}

/** In any t seconds at most `burst + perSecond · t` (Le Boudec and Thiran, Network Calculus, §1.2); a millionth for rounding. */
function expectPace(sent: readonly number[], perSecond: number, burst: number, report: (what: string) => void): void {
  for (let first = 0; first < sent.length; first++) {
    for (let last = first; last < sent.length; last++) {
      const allowed = burst + ((sent[last]! - sent[first]!) * perSecond) / 1e6 + 1e-3;
      if (last - first + 1 <= allowed) continue;
      report(`${last - first + 1} calls in ${sent[last]! - sent[first]!} µs`);
      return;
    }
  }
}
