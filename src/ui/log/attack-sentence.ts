/** What a record about an attacker says, as a sentence. */
import type { LaneResult } from '../../model/run-result';
import { MessageKind, RecordKind } from '../../model/trace';
import type { TraceRow } from '../../metrics/trace-reader';
import type { Translate } from './sentence';

const { overheard, attacked, attackAccepted, attackRefused } = RecordKind;
export const ATTACK_KINDS: ReadonlySet<number> = new Set([overheard, attacked, attackAccepted, attackRefused]);

export function attackSentence(row: TraceRow, lane: LaneResult, t: Translate): string {
  const { kind, detail, value, subject: message, request } = row;
  const place = lane.places[row.place];
  const ends = place?.kind === 'link' ? { from: place.from, to: place.to } : {};
  const attacker = lane.summary.attackers[detail]?.attacker ?? '';
  const params = { ...ends, attacker, message, request, what: t(`log.what.${MessageKind.message}`, { message, request }) };
  if (kind === overheard) return t(value < 0 ? 'log.overheard.sealed' : 'log.overheard.read', { ...params, bytes: Math.max(0, value) });
  if (kind === attacked) return t(message === 0 ? `log.attackedNothing.${value}` : `log.attacked.${value}`, params);
  const act = t(`log.act.${value}`);
  if (kind === attackAccepted) return t('log.attackAccepted', { ...params, act });
  return t(message === 0 ? 'log.attackBroken' : 'log.attackRefused', { ...params, act });
}
