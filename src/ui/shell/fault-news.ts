/** Which faults have begun and ended while the playhead moved on: what is said to who does not see their bands. */
import { joinSentences } from '../../i18n/sentences';
import type { Micros } from '../../model/time';
import type { ChartFault } from '../charts/lane-faults';
import type { Translate } from '../stage/describe';

/** Of more, their number: who listens must keep up. */
const MOST_NAMES = 3;

/** One sentence for those that begin in (`fromMicros`, `toMicros`], one for those that end there; empty when nothing happens. An instant begins and has no end. */
export function faultNews(faults: readonly ChartFault[], fromMicros: Micros, toMicros: Micros, t: Translate): string {
  const isIn = (at: Micros | undefined): boolean => at !== undefined && at > fromMicros && at <= toMicros;
  const began = faults.filter((fault) => isIn(fault.fromMicros));
  const ended = faults.filter(({ fromMicros: from, untilMicros }) => untilMicros !== from && isIn(untilMicros));
  return joinSentences(sentence('charts.faultsBegin', began, t), sentence('charts.faultsEnd', ended, t));
}

function sentence(key: string, faults: readonly ChartFault[], t: Translate): string {
  if (faults.length === 0) return '';
  const names = faults.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = faults.length > names.length ? [t('charts.faultsMore', { number: faults.length - names.length })] : [];
  return t(key, { faults: [...names, ...more].join(t('charts.semicolon')) });
}
