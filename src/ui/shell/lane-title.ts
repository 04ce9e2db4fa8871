/** What a lane is called in the language of the page: the lesson's words, the scenario's own name, or "Base". */
import { language, scenarioName, t } from '../../i18n/t.svelte';
import type { LessonLane } from '../../model/lesson';

export function laneTitle(lanes: readonly LessonLane[], variant: string | null): string {
  const lane = lanes.find((known) => known.variant === variant);
  return scenarioName(lane?.title[language.current] || (variant ?? t('shell.baseVariant')));
}
