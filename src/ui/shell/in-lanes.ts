import { t } from '../../i18n/t.svelte';
import type { LessonLane } from '../../model/lesson';
import { laneTitle } from './lane-title';

/** In which lanes something is so, said where there are several to choose from: `in “tcp”, “message”`. */
export function inLanes(lanes: readonly LessonLane[], variants: ReadonlySet<string | null>): string {
  if (lanes.length < 2 || variants.size === 0) return '';
  return t('shell.problemLanes', { lanes: [...variants].map((variant) => `“${laneTitle(lanes, variant)}”`).join(t('formula.listComma')) });
}
