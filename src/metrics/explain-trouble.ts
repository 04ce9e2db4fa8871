/** What goes wrong in a window: faults, attacks, losses, refusals, retries, answers that come too late, dead letters, requests that fail. */
import type { FaultVerb } from '../model/faults/fault';
import { Outcome } from '../model/outcome';
import { MessageKind, PolicyAct, RecordKind, Refusal } from '../model/trace';
import type { ExplainFacts, ExplainWindow } from './explain-facts';
import type { Finding } from './explain';
import { WindowTally } from './explain-tally';

/** Fewer than this may be chance. */
const LEAST_COUNT = 3;
/** Losses below this share of what was sent, and failures below this share of what ended, are not worth a sentence. */
const LEAST_SHARE = 0.01;
/** Retries multiply the load from so many attempts for each call on. */
const LEAST_ATTEMPTS = 1.2;
/** Changes that are no trouble. */
const NO_TROUBLE: ReadonlySet<FaultVerb> = new Set(['set', 'deploy'] as const);

export function* troubleFindingsInSteps(facts: ExplainFacts, window: ExplainWindow): Generator<undefined, Finding[]> {
  const { lane, reader, wayTo, wayFrom } = facts;
  const tally = yield* WindowTally.inSteps(
    reader.trace,
    window.fromMicros,
    window.toMicros,
    (way) => wayFrom[way]!,
    (way) => wayTo[way]!,
  );
  return [
    ...faultFindings(facts, window),
    ...lane.places.flatMap((place, at): Finding[] => {
      switch (place.kind) {
        case 'link':
          return [...lossFindings(tally, at), ...attackFindings(tally, at)];
        case 'part':
          return policyFindings(facts, tally, at);
        default:
          return [...refusalFindings(facts, tally, at), ...retryFindings(tally, at, wayFrom), ...letterFindings(tally, at)];
      }
    }),
    ...failureFindings(facts, window),
  ];
}

/** Those that are on at the end of the window, and those that were on in it. */
function faultFindings({ faults }: ExplainFacts, window: ExplainWindow): Finding[] {
  return faults
    .filter(
      ({ verb, fromMicros, untilMicros }) =>
        !NO_TROUBLE.has(verb) && fromMicros <= window.toMicros && untilMicros > Math.max(fromMicros, window.fromMicros),
    )
    .map(({ verb, place, fromMicros, untilMicros }) =>
      untilMicros > window.toMicros
        ? { key: 'fault', place, fromMicros, numbers: {}, verb }
        : { key: 'faultOver', place, fromMicros, numbers: { untilMicros }, verb },
    );
}

/** However they fail: R says how many do, whatever else there is to say of it. */
function failureFindings({ rows, windows }: ExplainFacts, { fromMicros, toMicros }: ExplainWindow): Finding[] {
  const { decided, Ns } = windows.at(fromMicros, toMicros);
  const count = decided - Ns;
  if (count < LEAST_COUNT || count < LEAST_SHARE * decided) return [];
  const first = rows.ended.reduce((least, ended, row) => {
    const failed = rows.outcome[row] !== Outcome.ok && rows.outcome[row] !== Outcome.inFlight;
    return failed && ended > fromMicros && ended < least ? ended : least;
  }, toMicros);
  return [{ key: 'failed', place: undefined, fromMicros: first, numbers: { count, decided } }];
}

function lossFindings(tally: WindowTally, place: number): Finding[] {
  const [lost, sent] = [tally.count(place, RecordKind.messageLost), tally.count(place, RecordKind.messageSent)];
  if (lost < LEAST_COUNT || lost < LEAST_SHARE * sent) return [];
  return [{ key: 'loss', place, fromMicros: tally.firstMicros(place, RecordKind.messageLost), numbers: { count: lost, sent } }];
}

/** One is enough: attacks are not by chance. */
function attackFindings(tally: WindowTally, place: number): Finding[] {
  return (['attackAccepted', 'attackRefused'] as const).flatMap((key): Finding[] => {
    const kind = RecordKind[key];
    const count = tally.count(place, kind);
    return count === 0 ? [] : [{ key, place, fromMicros: tally.firstMicros(place, kind), numbers: { count } }];
  });
}

/** What a policy at the door turns away is refused by it, not by the line. */
function refusalFindings({ lane }: ExplainFacts, tally: WindowTally, place: number): Finding[] {
  const byDoor = lane.places.reduce((sum, part, at) => {
    const isDoor = part.kind === 'part' && part.of === place && part.to === undefined;
    return isDoor ? sum + tally.count(at, RecordKind.policyActed, PolicyAct.refused) : sum;
  }, 0);
  const count = tally.count(place, RecordKind.refused, Refusal.full) - byDoor;
  if (count < LEAST_COUNT || lane.places[place]!.kind === 'balancer') return [];
  return [{ key: 'full', place, fromMicros: tally.firstMicros(place, RecordKind.refused, Refusal.full), numbers: { count } }];
}

function policyFindings({ lane }: ExplainFacts, tally: WindowTally, place: number): Finding[] {
  const count = tally.count(place, RecordKind.policyActed, PolicyAct.refused);
  const name = lane.charts[lane.chartOfPlace[place] ?? -1]?.id;
  if (count < LEAST_COUNT || name === undefined) return [];
  return [
    { key: 'policy', place, fromMicros: tally.firstMicros(place, RecordKind.policyActed, PolicyAct.refused), numbers: { count }, name },
  ];
}

function retryFindings(tally: WindowTally, place: number, wayFrom: readonly number[]): Finding[] {
  const found: Finding[] = [];
  const retried = tally.count(place, RecordKind.retried);
  const sent = wayFrom.reduce(
    (sum, from, way) => (from === place ? sum + tally.count(way, RecordKind.messageSent, MessageKind.request) : sum),
    0,
  );
  const calls = sent - retried;
  if (retried >= LEAST_COUNT && calls > 0 && sent >= LEAST_ATTEMPTS * calls) {
    const fromMicros = tally.firstMicros(place, RecordKind.retried);
    found.push({ key: 'retries', place, fromMicros, numbers: { attempts: sent / calls, count: retried } });
  }
  const late = tally.lateAnswers.get(place);
  if (late && late.count >= LEAST_COUNT) found.push({ key: 'late', place, fromMicros: late.firstMicros, numbers: { count: late.count } });
  return found;
}

function letterFindings(tally: WindowTally, place: number): Finding[] {
  const count = tally.count(place, RecordKind.deadLettered);
  return count === 0
    ? []
    : [{ key: 'deadLetters', place, fromMicros: tally.firstMicros(place, RecordKind.deadLettered), numbers: { count } }];
}
