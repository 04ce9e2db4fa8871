/**
 * Why a window of a run looks as it does: findings that its own numbers prove, the most telling first. None is a guess: what is said to be
 * because of something else is said only where the part of T that grew was spent there. Each threshold says what is too little to be told.
 */
import type { FaultVerb } from '../model/faults/fault';
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import type { PathAct } from './critical-path';
import { delayFindingsInSteps } from './explain-delay';
import type { ExplainFacts } from './explain-facts';
import { backlogFindings, saturated } from './explain-stations';
import { troubleFindingsInSteps } from './explain-trouble';

/** In the order in which they are told. */
const FINDINGS = [
  'grewSaturated',
  'grew',
  'fault',
  'faultOver',
  'attackAccepted',
  'growing',
  'saturated',
  'saturatedThroughout',
  'full',
  'policy',
  'loss',
  'retries',
  'late',
  'backlog',
  'lag',
  'deadLetters',
  'attackRefused',
  'failed',
  'dominates',
  'accepted',
] as const;
export type FindingKey = (typeof FINDINGS)[number];

export interface Finding {
  readonly key: FindingKey;
  /** Index in the places of the lane; undefined when it is about the whole. */
  readonly place: number | undefined;
  /** Where to look: since when it is so, or the first time in the window. */
  readonly fromMicros: Micros;
  /** Times in µs, rates per second, shares from 0 to 1, and counts. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly act?: PathAct;
  readonly verb?: FaultVerb;
  /** The id of the chart of a policy, or the name of a group of consumers. */
  readonly name?: string;
}

/** The shortest window that is explained: in a shorter one everything is chance. */
const LEAST_WINDOW_MICROS = 2e6;

/** Whether a window is long enough to be explained, and its trace is kept. */
export function canExplain(lane: LaneResult, fromMicros: Micros, toMicros: Micros): boolean {
  return toMicros - fromMicros >= LEAST_WINDOW_MICROS && fromMicros >= lane.keptFrom.micros;
}

/** Later than `fromMicros`, up to and including `toMicros`. Nothing where it cannot be explained. With rests. */
export function* explainInSteps(facts: ExplainFacts, fromMicros: Micros, toMicros: Micros): Generator<undefined, readonly Finding[]> {
  if (!canExplain(facts.lane, fromMicros, toMicros)) return [];
  const window = { fromMicros, toMicros };
  const busy = saturated(facts, window);
  const delays = yield* delayFindingsInSteps(facts, window, busy);
  // A place whose line is the reason of a growth need not be told of twice.
  const told = new Set(delays.filter(({ key }) => key === 'grewSaturated').map(({ place }) => place));
  const findings = [
    ...delays,
    ...busy.filter(({ place }) => !told.has(place)),
    ...backlogFindings(facts, window),
    ...(yield* troubleFindingsInSteps(facts, window)),
  ];
  return findings.sort(mostTelling);
}

/** For sorting: what tells more comes first. */
export function mostTelling(one: Finding, other: Finding): number {
  return FINDINGS.indexOf(one.key) - FINDINGS.indexOf(other.key);
}
