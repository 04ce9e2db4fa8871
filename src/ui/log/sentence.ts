/** What a record of the trace says, as a sentence, a look and the lines that belong to it. */
import type { LaneResult } from '../../model/run-result';
import { DEATH_REASONS, MessageKind, OUTCOME_NAMES, POLICY_ACT_NAMES, RecordKind } from '../../model/trace';
import type { TraceRow } from '../../metrics/trace-reader';
import { placeTitle } from '../shell/place-title';
import { lookOf, LOST_LOOK, RETRY_LOOK, type Look } from '../stage/message-shapes';
import { spanText } from '../timeline/time-text';

export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** Groups a reader can ask for. */
export const FILTERS = ['all', 'requests', 'messages', 'work', 'queues', 'trouble', 'logged', 'states'] as const;
export type Filter = (typeof FILTERS)[number];

const {
  requestStarted,
  requestAccepted,
  requestEnded,
  messageSent,
  messageLost,
  messageDelivered,
  joined,
  refused,
  workerTaken,
  workerFreed,
  workStarted,
} = RecordKind;
const { yielded, woken, resumed } = RecordKind;
const { forwarded, answered, backendOut, backendBack } = RecordKind;
const { dispatched, acknowledged, returned, dropped, expired, deadLettered, blocked, unblocked, delayed, delayEnded } = RecordKind;
const { timedOut, retried, logged, handlerFailed, stateChanged, policyActed } = RecordKind;

const KINDS: Readonly<Record<Exclude<Filter, 'all'>, ReadonlySet<number>>> = {
  requests: new Set([requestStarted, requestAccepted, requestEnded]),
  messages: new Set([messageSent, messageLost, messageDelivered]),
  work: new Set([RecordKind.committed, workerTaken, workerFreed, workStarted, yielded, resumed]),
  queues: new Set([joined, woken, dispatched, acknowledged, returned, blocked, unblocked, delayed, delayEnded, forwarded, answered]),
  trouble: new Set([
    RecordKind.aborted,
    messageLost,
    refused,
    dropped,
    expired,
    deadLettered,
    backendOut,
    backendBack,
    timedOut,
    retried,
    handlerFailed,
    policyActed,
  ]),
  logged: new Set([logged]),
  states: new Set([stateChanged]),
};

export function passes(filter: Filter, kind: number): boolean {
  return filter === 'all' ? kind !== stateChanged : KINDS[filter].has(kind);
}

export function sentenceOf(row: TraceRow, lane: LaneResult, t: Translate): string {
  const place = lane.places[row.place];
  const ends = place?.kind === 'link' ? { from: place.from, to: place.to } : { name: place ? placeTitle(place, lane.places) : '' };
  const params = { ...ends, request: row.request, message: row.subject, call: row.subject, worker: row.detail + 1, attempt: row.detail };
  const what = t(`log.what.${row.detail in MESSAGE_KINDS ? row.detail : MessageKind.message}`, {
    message: row.subject,
    request: row.request,
  });
  const span = spanText(row.value);
  switch (row.kind) {
    case requestEnded:
      return t('log.requestEnded', { ...params, span, outcome: t(`log.outcome.${OUTCOME_NAMES[row.detail] ?? 'error'}`) });
    case messageSent:
      return t('log.messageSent', { ...params, what, span: spanText(row.value - row.timeMicros) });
    case messageLost:
      return t('log.messageLost', { ...params, what });
    case messageDelivered:
      return t('log.messageDelivered', { ...params, what });
    case joined:
      return t('log.joined', { ...params, waiting: row.value });
    case workerTaken:
      return t(row.value > 0 ? 'log.workerTakenAfter' : 'log.workerTaken', { ...params, span });
    case resumed:
      return t('log.resumed', { ...params, span });
    case workStarted:
      return t('log.workStarted', { ...params, span: spanText(row.value - row.timeMicros) });
    case workerFreed:
      return t('log.workerFreed', { ...params, span });
    case dispatched:
      return t(row.detail > 1 ? 'log.redelivered' : 'log.dispatched', { ...params, times: row.detail, span });
    case acknowledged:
      return t('log.acknowledged', { ...params, span });
    case RecordKind.committed:
      return t('log.committed', { ...params, keys: row.value });
    case expired:
      return t('log.expired', { ...params, span });
    case deadLettered:
      return t('log.deadLettered', { ...params, reason: t(`log.death.${DEATH_REASONS[row.detail] ?? 'rejected'}`) });
    case unblocked:
      return t(row.detail === 1 ? 'log.blockedGone' : 'log.unblocked', { ...params, span });
    case delayed:
      return t('log.delayed', { ...params, span: spanText(row.value - row.timeMicros) });
    case delayEnded:
      return t(row.detail === 1 ? 'log.delayGone' : 'log.delayEnded', params);
    case forwarded:
    case answered:
    case backendOut:
    case backendBack:
      return t(`log.${BALANCER[row.kind]}`, { ...params, backend: backendName(row, lane), span });
    case logged:
      return t('log.logged', { ...params, text: lane.log[row.subject]?.text ?? '' });
    case handlerFailed:
      return t('log.handlerFailed', params);
    case policyActed:
      return t(`log.policy.${POLICY_ACT_NAMES[row.detail] ?? 'refused'}`, params);
    case stateChanged: {
      const states = lane.charts[lane.chartOfPlace[row.place] ?? -1]?.configurations[row.detail]?.filter((id) => id.includes('.')) ?? [];
      const state = states.map((id) => id.slice(id.lastIndexOf('.') + 1)).join(' · ');
      return place?.kind === 'link' ? t('log.linkStateChanged', { ...params, state }) : t('log.stateChanged', { ...params, state });
    }
    default:
      return t(`log.${SIMPLE[row.kind]}`, params);
  }
}

const BALANCER = { [forwarded]: 'forwarded', [answered]: 'answered', [backendOut]: 'backendOut', [backendBack]: 'backendBack' } as const;

/** Backends count in the order of the links that lead to them. */
function backendName({ place, detail }: TraceRow, { places }: LaneResult): string {
  const balancer = places[place];
  if (balancer?.kind === 'link') return '';
  const backends = places.flatMap((way) => (way.kind === 'link' && way.way === 'forth' && way.from === balancer?.id ? [way.to] : []));
  return backends[detail] ?? '';
}

const MESSAGE_KINDS: Readonly<Record<number, true>> = { 0: true, 1: true, 2: true, 3: true, 4: true, 5: true, 6: true, 7: true, 8: true };

/** Records whose sentence needs nothing but names. */
const SIMPLE: Readonly<Partial<Record<RecordKind, string>>> = {
  [requestStarted]: 'requestStarted',
  [requestAccepted]: 'requestAccepted',
  [refused]: 'refused',
  [yielded]: 'yielded',
  [woken]: 'woken',
  [returned]: 'returned',
  [dropped]: 'dropped',
  [RecordKind.aborted]: 'aborted',
  [blocked]: 'blocked',
  [timedOut]: 'timedOut',
  [retried]: 'retried',
};

export function lookOfRow({ kind, detail }: TraceRow): Look | undefined {
  switch (kind) {
    case messageSent:
    case messageDelivered:
      return lookOf(detail as MessageKind);
    case messageLost:
    case refused:
    case dropped:
    case expired:
    case deadLettered:
    case RecordKind.aborted:
    case handlerFailed:
    case backendOut:
    case policyActed:
      return LOST_LOOK;
    case timedOut:
    case retried:
    case returned:
    case blocked:
      return RETRY_LOOK;
    default:
      return undefined;
  }
}
