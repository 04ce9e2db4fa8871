/** What can run side by side when no lesson says so: the base and every variant, in the order of the file. */
import type { LessonLane } from '../model/lesson';
import { isRecord, type JsonRecord } from '../model/variant';

export function lanesOf(file: JsonRecord): readonly LessonLane[] {
  const base = typeof file['baseName'] === 'string' ? file['baseName'] : '';
  const variants = isRecord(file['variants']) ? Object.keys(file['variants']) : [];
  return [
    { variant: null, title: { en: base, zh: base } },
    ...variants.map((variant) => ({ variant, title: { en: variant, zh: variant } })),
  ];
}
