/** Where T went in a window, what made its tail longer than before, and how far acceptance is from completion. */
import type { ExplainFacts, ExplainWindow } from './explain-facts';
import type { Finding } from './explain';
import { endedIn, staysInSteps, type Stays } from './explain-stays';

/** Fewer requests than this say nothing of percentiles. */
const LEAST_REQUESTS = 10;
/** p95 has grown when it is so many times, and so much, as in the window before of the same length. */
const GROWN_TIMES = 1.5;
const GROWN_MICROS = 20_000;
/** A stay is the reason of a growth when it makes up this share of it. */
const REASON_SHARE = 0.5;
/** A stay dominates T from this share on. */
const DOMINANT_SHARE = 0.6;
/** So much of T must be proved before anything is said of shares. */
const TRACED_SHARE = 0.9;
/** Completion is far from acceptance when T is so many times the time to it, and so much longer. */
const FAR_TIMES = 5;
const FAR_MICROS = 100_000;

export function* delayFindingsInSteps(
  facts: ExplainFacts,
  window: ExplainWindow,
  busy: readonly Finding[],
): Generator<undefined, Finding[]> {
  const now = endedIn(facts.rows, window.fromMicros, window.toMicros);
  const found = [...acceptedFirst(facts, window)];
  if (!now || now.length === 0) return found;
  const all = yield* staysInSteps(facts.paths, facts.rows, now);
  const [most] = all.stays;
  if (most && most.act !== 'work' && all.tracedMicros >= TRACED_SHARE * all.TMicros && most.micros >= DOMINANT_SHARE * all.TMicros) {
    const { place, act } = most;
    found.push({ key: 'dominates', place, fromMicros: window.fromMicros, numbers: { share: most.micros / all.TMicros }, act });
  }
  if (now.length < LEAST_REQUESTS) return found;
  return [...(yield* grownInSteps(facts, window, now, busy)), ...found];
}

function acceptedFirst({ windows }: ExplainFacts, { fromMicros, toMicros }: ExplainWindow): Finding[] {
  const { T, accepted, Ns } = windows.at(fromMicros, toMicros);
  if (Ns < LEAST_REQUESTS || T.meanMs === null || accepted.meanMs === null) return [];
  const [completedMicros, acceptedMicros] = [T.meanMs * 1_000, accepted.meanMs * 1_000];
  if (completedMicros < FAR_TIMES * acceptedMicros || completedMicros - acceptedMicros < FAR_MICROS) return [];
  return [{ key: 'accepted', place: undefined, fromMicros, numbers: { acceptedMicros, completedMicros } }];
}

/** p95 against the window before, and the stay of the slowest that has grown as much. */
function* grownInSteps(
  facts: ExplainFacts,
  { fromMicros, toMicros }: ExplainWindow,
  now: readonly number[],
  busy: readonly Finding[],
): Generator<undefined, Finding[]> {
  const before = fromMicros - (toMicros - fromMicros);
  const earlier = before >= facts.lane.keptFrom.micros ? endedIn(facts.rows, before, fromMicros) : undefined;
  if (!earlier || earlier.length < LEAST_REQUESTS) return [];
  const [wasMs, isMs] = [facts.windows.at(before, fromMicros).T.p95Ms, facts.windows.at(fromMicros, toMicros).T.p95Ms];
  if (wasMs === null || isMs === null) return [];
  const [wasMicros, isMicros] = [wasMs * 1_000, isMs * 1_000];
  if (isMicros < GROWN_TIMES * wasMicros || isMicros - wasMicros < GROWN_MICROS) return [];
  const slowNow = yield* slowestInSteps(facts, now, isMicros);
  const slowEarlier = yield* slowestInSteps(facts, earlier, wasMicros);
  const growth = slowNow.TMicros / slowNow.requests - slowEarlier.TMicros / slowEarlier.requests;
  for (const { act, place, micros } of slowNow.stays) {
    const same = slowEarlier.stays.find((stay) => stay.act === act && stay.place === place);
    if (micros / slowNow.requests - (same?.micros ?? 0) / slowEarlier.requests < REASON_SHARE * growth) continue;
    const numbers = { wasMicros, isMicros };
    const cause = act === 'line' ? busy.find((finding) => finding.place === place && finding.key !== 'saturatedThroughout') : undefined;
    if (cause) return [{ key: 'grewSaturated', place, fromMicros: cause.fromMicros, numbers: { ...cause.numbers, ...numbers }, act }];
    return [{ key: 'grew', place, fromMicros, numbers, act }];
  }
  return [];
}

/** Those whose T is at or above a percentile. */
function slowestInSteps({ rows, paths }: ExplainFacts, among: readonly number[], leastMicros: number): Generator<undefined, Stays> {
  return staysInSteps(
    paths,
    rows,
    among.filter((row) => rows.ended[row]! - rows.started[row]! >= leastMicros),
  );
}
