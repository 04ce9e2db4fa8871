/** Which side panes are in sight. A narrow screen has room for one beside the simulation: the lesson, until the code is asked for. */
import { createSubscriber } from 'svelte/reactivity';
import type { SettingsState } from '../../state/settings.svelte';

const query = matchMedia('(max-width: 1180px)');

const subscribe = createSubscriber((update) => {
  query.addEventListener('change', update);
  return () => query.removeEventListener('change', update);
});

function isNarrow(): boolean {
  subscribe();
  return query.matches;
}

/** `hasLesson`: without one there is no lesson pane to make room for. */
export function isCodeInSight(settings: SettingsState, hasLesson: boolean): boolean {
  return settings.codeShown && !(isNarrow() && settings.lessonShown && hasLesson);
}

/** Opens the code, in the place of the lesson where there is no room for both. */
export function showCode(settings: SettingsState): void {
  if (isNarrow()) settings.showLesson(false);
  settings.showCode(true);
}

export function showLesson(settings: SettingsState): void {
  if (isNarrow()) settings.showCode(false);
  settings.showLesson(true);
}
