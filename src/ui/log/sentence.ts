/** What a record of the trace says, as a sentence, a look and the lines that belong to it. */
import { FAULT_VERBS } from '../../model/faults/fault';
import { isAtLeast, LogLevel, type LogLevelName } from '../../model/log-level';
import { isLogRecord, LOG_RECORDS } from '../../model/log-records';
import type { LaneResult } from '../../model/run-result';
import { OUTCOME_NAMES } from '../../model/outcome';
import { ARRIVES_LATER, DEATH_REASONS, MessageKind, POLICY_ACT_NAMES, RecordKind } from '../../model/trace';
import type { TraceRow } from '../../metrics/trace-reader';
import { statesText } from '../machine/states-text';
import { placeTitle } from '../shell/place-title';
import { spanText } from '../timeline/time-text';
import { ATTACK_KINDS, attackSentence } from './attack-sentence';
import { frameText, isByConnection } from './frame-text';
import { TOPIC_TROUBLE, topicSentence } from './topic-sentence';

export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** Groups a reader can ask for. */
export const FILTERS = [
  'all',
  'everything',
  'requests',
  'messages',
  'frames',
  'work',
  'queues',
  'topics',
  'trouble',
  'attacks',
  'logged',
  'measured',
  'states',
] as const;
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
const { heldBack, letOn, messageCancelled, frameSent, frameReceived, segmentLost, segmentResent } = RecordKind;
const { connectionClosed, windowBlocked } = RecordKind;
const { dispatched, acknowledged, returned, dropped, expired, deadLettered, blocked, unblocked, delayed, delayEnded } = RecordKind;
const { timedOut, retried, logged, handlerFailed, stateChanged, policyActed } = RecordKind;
const { faultStarted, faultEnded, messageDuplicated, messageCorrupted, heldAtDoor, letIn, abandoned, versionServes } = RecordKind;
const { spanStarted, spanEnded, measured, alertFired, alertResolved, pushedBack } = RecordKind;

const KINDS: Readonly<Record<Exclude<Filter, 'all' | 'everything'>, ReadonlySet<number>>> = {
  requests: new Set([requestStarted, requestAccepted, requestEnded]),
  messages: new Set([messageSent, messageDuplicated, messageLost, messageDelivered, heldBack, letOn, messageCancelled]),
  frames: new Set([frameSent, frameReceived, segmentLost, segmentResent, windowBlocked, connectionClosed]),
  work: new Set([RecordKind.committed, workerTaken, workerFreed, workStarted, yielded, resumed]),
  queues: new Set([
    ...[joined, woken, dispatched, acknowledged, returned, blocked, unblocked, delayed, delayEnded, forwarded, answered],
    ...[heldAtDoor, letIn],
  ]),
  topics: new Set(Object.values(LOG_RECORDS)),
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
    ...TOPIC_TROUBLE,
    messageCancelled,
    segmentLost,
    segmentResent,
    messageCorrupted,
    abandoned,
    faultStarted,
    faultEnded,
    versionServes,
    alertFired,
    alertResolved,
    pushedBack,
  ]),
  attacks: ATTACK_KINDS,
  logged: new Set([logged]),
  measured: new Set([spanStarted, spanEnded, measured]),
  states: new Set([stateChanged]),
};

/** @param detail of the record: the level of a line of the log, which the filter for them can ask for, and which is trouble from `warn` on */
export function passes(filter: Filter, kind: number, detail: number, least: LogLevelName): boolean {
  if (kind === logged && filter === 'logged') return isAtLeast(detail, least);
  if (kind === logged && filter === 'trouble') return isAtLeast(detail, 'warn');
  if (filter === 'everything') return true;
  return filter === 'all' ? kind !== stateChanged && !KINDS.frames.has(kind) : KINDS[filter].has(kind);
}

export function sentenceOf(row: TraceRow, lane: LaneResult, t: Translate): string {
  if (ATTACK_KINDS.has(row.kind)) return attackSentence(row, lane, t);
  const place = lane.places[row.place];
  const ends = place?.kind === 'link' ? { from: place.from, to: place.to } : { name: place ? placeTitle(place, lane.places) : '' };
  const params = { ...ends, request: row.request, message: row.subject, call: row.subject, worker: row.detail + 1, attempt: row.detail };
  const kind = MESSAGE_KINDS.has(row.detail) ? row.detail : MessageKind.message;
  // What an attacker makes belongs to no client's request.
  const what = t(`log.${row.request === 0 && kind <= MessageKind.message ? 'nobody' : 'what'}.${kind}`, {
    message: row.subject,
    request: row.request,
  });
  const span = spanText(row.value);
  if (isLogRecord(row.kind)) return topicSentence(row, lane, t);
  switch (row.kind) {
    case requestEnded:
      return t('log.requestEnded', { ...params, span, outcome: t(`log.outcome.${OUTCOME_NAMES[row.detail] ?? 'error'}`) });
    case messageSent:
      if (row.value === ARRIVES_LATER) return t('log.messageStarted', { ...params, what });
      return t('log.messageSent', { ...params, what, span: spanText(row.value - row.timeMicros) });
    case messageDuplicated:
      return t('log.messageDuplicated', { ...params, what, span: spanText(row.value - row.timeMicros) });
    case messageCorrupted:
      return t('log.messageCorrupted', { ...params, what });
    case heldAtDoor:
      return t('log.heldAtDoor', { ...params, what });
    case letIn:
      return t('log.letIn', { ...params, what, span });
    case versionServes:
      return t('log.versionServes', { ...params, version: row.detail });
    case abandoned:
      return t('log.abandoned', params);
    case faultStarted:
    case faultEnded: {
      const fault = t(`log.fault.${FAULT_VERBS[row.detail] ?? ''}`);
      const where = place?.kind === 'link' ? `${place.from} → ${place.to}` : (place?.id ?? '');
      return t(row.kind === faultStarted ? 'log.faultStarted' : 'log.faultEnded', { where, fault });
    }
    case messageLost:
      return t('log.messageLost', { ...params, what });
    case messageDelivered:
      return t('log.messageDelivered', { ...params, what });
    case messageCancelled:
      return t('log.messageCancelled', { ...params, what });
    case heldBack:
      return t('log.heldBack', { ...params, what, waiting: row.value });
    case letOn:
      return t(row.detail === 1 ? 'log.letOnGone' : 'log.letOn', { ...params, what, span });
    case connectionClosed:
      return t(row.detail === 1 ? 'log.connectionGivenUp' : 'log.connectionClosed', { ...params, connection: row.value });
    case windowBlocked:
      return t(isByConnection(row) ? 'log.blockedByConnection' : 'log.blockedByStream', { ...params, stream: row.value });
    case frameSent:
    case frameReceived:
      return t(row.kind === frameSent ? 'log.frameSent' : 'log.frameReceived', { ...params, frame: frameText(row, t) });
    case segmentLost:
      return t('log.segmentLost', { ...params, bytes: row.value });
    case segmentResent:
      return t(row.detail === 1 ? 'log.segmentResentLate' : 'log.segmentResent', { ...params, bytes: row.value });
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
      return loggedSentence(row, lane, params, t);
    case spanStarted:
    case spanEnded: {
      const { name: spanName = '', error = null } = lane.spans[row.subject] ?? {};
      if (row.kind === spanStarted) return t('log.spanStarted', { ...params, spanName });
      return t(error === null ? 'log.spanEnded' : 'log.spanFailed', { ...params, spanName, span, error: error ?? '' });
    }
    case alertFired:
    case alertResolved: {
      const alert = lane.summary.alerts[row.subject];
      return t(row.kind === alertFired ? 'log.alertFired' : 'log.alertResolved', { ...params, alert: alert?.alert ?? '' });
    }
    case measured:
      return t('log.measured', { ...params, metric: lane.instruments[row.subject]?.name ?? '', value: row.value });
    case pushedBack:
      return t(row.value < 0 ? 'log.pushedBackForEver' : 'log.pushedBack', { ...params, span });
    case handlerFailed:
      return t('log.handlerFailed', params);
    case policyActed:
      return t(`log.policy.${POLICY_ACT_NAMES[row.detail] ?? 'refused'}`, params);
    case stateChanged: {
      const states = lane.charts[lane.chartOfPlace[row.place] ?? -1]?.configurations[row.detail]?.filter((id) => id.includes('.')) ?? [];
      const state = statesText(states);
      return place?.kind === 'link' ? t('log.linkStateChanged', { ...params, state }) : t('log.stateChanged', { ...params, state });
    }
    case refused:
      return t(`log.refused.${row.detail}`, params);
    default:
      return t(`log.${SIMPLE[row.kind]}`, params);
  }
}

function loggedSentence({ detail, subject }: TraceRow, { log }: LaneResult, params: Parameters<Translate>[1], t: Translate): string {
  const { text = '', level = 'info' } = log[subject] ?? {};
  if (detail === LogLevel.info) return t('log.logged', { ...params, text });
  return t('log.loggedAt', { ...params, text, level: t(`log.level.${level}`) });
}

const BALANCER = { [forwarded]: 'forwarded', [answered]: 'answered', [backendOut]: 'backendOut', [backendBack]: 'backendBack' } as const;

/** Backends count in the order of the links that lead to them. */
function backendName({ place, detail }: TraceRow, { places }: LaneResult): string {
  const balancer = places[place];
  if (balancer?.kind === 'link') return '';
  const backends = places.flatMap((way) => (way.kind === 'link' && way.way === 'forth' && way.from === balancer?.id ? [way.to] : []));
  return backends[detail] ?? '';
}

const MESSAGE_KINDS: ReadonlySet<number> = new Set(Object.values(MessageKind));

/** Records whose sentence needs nothing but names. */
const SIMPLE: Readonly<Partial<Record<RecordKind, string>>> = {
  [requestStarted]: 'requestStarted',
  [requestAccepted]: 'requestAccepted',
  [yielded]: 'yielded',
  [woken]: 'woken',
  [returned]: 'returned',
  [dropped]: 'dropped',
  [RecordKind.aborted]: 'aborted',
  [blocked]: 'blocked',
  [timedOut]: 'timedOut',
  [retried]: 'retried',
};
