/** What a report says of itself. */
import { t } from '../../i18n/t.svelte';
import type { AuditReport } from '../../model/audit';
import { seconds } from '../formula/amount';

export interface Counts extends Record<string, number> {
  readonly fail: number;
  readonly warn: number;
  readonly pass: number;
}

export function countsOf({ findings }: AuditReport): Counts {
  const count = (wanted: string): number => findings.filter(({ verdict }) => verdict === wanted).length;
  return { fail: count('fail'), warn: count('warn'), pass: count('pass') };
}

/** Which runs its numbers are about. */
export function aboutText({ variant, seeds, durationMicros, wholeMicros, runs }: AuditReport): string {
  return t(durationMicros < wholeMicros ? 'audit.aboutShortened' : 'audit.about', {
    variant: variant ?? t('audit.base'),
    seeds: seeds.join(', '),
    length: seconds(durationMicros),
    whole: seconds(wholeMicros),
    runs,
  });
}
