/** What runs side by side when no lesson says so: the base and the first variants. */
import type { LessonLane } from '../model/lesson';
import { isRecord, type JsonRecord } from '../model/variant';

const MOST_LANES = 5;

export function lanesOf(file: JsonRecord): readonly LessonLane[] {
  const base = typeof file['baseName'] === 'string' ? file['baseName'] : '';
  const variants = isRecord(file['variants']) ? Object.keys(file['variants']).slice(0, MOST_LANES - 1) : [];
  return [
    { variant: null, title: { en: base, zh: base } },
    ...variants.map((variant) => ({ variant, title: { en: variant, zh: variant } })),
  ];
}
