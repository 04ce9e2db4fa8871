/** A finding about a window of a run, as one sentence. */
import type { Finding } from '../../metrics/explain';
import type { LaneResult } from '../../model/run-result';
import { placeTitle } from '../shell/place-title';
import { spanText } from '../timeline/time-text';
import { percent, perSecond, seconds } from './amount';

type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** Policies that have a sentence of their own, by the id of their chart. */
const POLICIES: ReadonlySet<string> = new Set(['breaker', 'bulkhead', 'tokenBucket', 'shedding', 'retryBudget', 'retryThrottle']);

export function findingText({ key, place, fromMicros, numbers, act, verb, name }: Finding, { places }: LaneResult, t: Translate): string {
  const at = place === undefined ? undefined : places[place];
  const where = at ? placeTitle(at, places) : '';
  // A topic is kept by brokers, which fail one by one.
  const faulty = at?.kind === 'topic' ? t('explain.brokerOf', { topic: where }) : where;
  const span = (which: string): string => spanText(numbers[which] ?? 0);
  const params = {
    place: where,
    since: seconds(fromMicros),
    waiting: numbers['waiting'] ?? 0,
    rate: perSecond(numbers['perSecond'] ?? 0),
    act: act ? t(`explain.act.${act}`, { place: where }) : '',
    number: numbers['count'] ?? 0,
  };
  switch (key) {
    case 'grewSaturated':
    case 'grew':
      return t(`explain.${key}`, { ...params, was: span('wasMicros'), is: span('isMicros') });
    case 'fault':
      return t(`explain.fault.${verb}`, { ...params, place: faulty });
    case 'faultOver':
      return t(`explain.faultOver.${verb}`, { ...params, place: faulty, until: seconds(numbers['untilMicros']!) });
    case 'failed':
      return t('explain.failed', { ...params, decided: numbers['decided']!, share: percent(numbers['count']! / numbers['decided']!) });
    case 'full':
      return t(at?.kind === 'queue' ? 'explain.fullQueue' : 'explain.fullLine', params);
    case 'policy':
      return t(`explain.policy.${name !== undefined && POLICIES.has(name) ? name : 'other'}`, params);
    case 'loss':
      return t('explain.loss', { ...params, sent: numbers['sent']!, share: percent(numbers['count']! / numbers['sent']!) });
    case 'retries':
      return t('explain.retries', { ...params, attempts: numbers['attempts']!.toFixed(1) });
    case 'lag':
      return t('explain.lag', { ...params, group: name ?? '' });
    case 'dominates':
      return t('explain.dominates', { ...params, share: percent(Math.round(numbers['share']! * 100) / 100) });
    case 'accepted':
      return t('explain.accepted', { accepted: span('acceptedMicros'), completed: span('completedMicros') });
    default:
      return t(`explain.${key}`, params);
  }
}
