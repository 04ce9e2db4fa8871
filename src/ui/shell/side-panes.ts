/** The panes around the picture: which there are, which are in sight, and how they are opened and collapsed by whichever way it was asked. */
import { createSubscriber } from 'svelte/reactivity';
import { inEnglish, language, t } from '../../i18n/t.svelte';
import type { Lab } from '../../state/lab.svelte';
import type { TimelineTab } from '../../state/selection.svelte';
import type { SidePane } from '../../state/settings.svelte';

/** Where a pane lies: the page has one of each at most. */
export type Side = 'left' | 'below' | 'right';

const LEARN = { left: 'lesson', below: 'timeline', right: 'code' } as const;
const BUILD = { left: 'parts', below: 'timeline', right: 'form' } as const;

/** A screen this narrow has room for one pane beside the simulation: the lesson, until the code is asked for. */
const narrow = media('(max-width: 1180px)');
/** One pane at a time, by the tabs at the bottom: nothing is collapsed there. */
const phone = media('(max-width: 760px)');

function media(query: string): () => boolean {
  const list = matchMedia(query);
  const subscribe = createSubscriber((update) => {
    list.addEventListener('change', update);
    return () => list.removeEventListener('change', update);
  });
  return () => {
    subscribe();
    return list.matches;
  };
}

/** Undefined where the page has no such pane now: the audits have none, an example has no lesson. */
export function paneAt({ lesson, settings, selection }: Lab, side: Side): SidePane | undefined {
  if (settings.area === 'audit' || selection.presenting) return undefined;
  const pane = (settings.area === 'build' ? BUILD : LEARN)[side];
  return pane === 'lesson' && !lesson ? undefined : pane;
}

export function isInSight(lab: Lab, pane: SidePane): boolean {
  if (phone()) return true;
  if (pane === 'lesson' && !lab.lesson) return false;
  return !lab.settings.isCollapsed(pane) && !(pane === 'code' && narrow() && isInSight(lab, 'lesson'));
}

/** Opens a pane, in the place of another where there is no room for both. */
export function openPane(lab: Lab, pane: SidePane): void {
  const rival = pane === 'lesson' ? 'code' : pane === 'code' && lab.lesson ? 'lesson' : undefined;
  if (rival && narrow()) lab.settings.collapse(rival, true);
  lab.settings.collapse(pane, false);
}

/** Opens or collapses a pane. Focus that would be lost with it goes to the line where it was. */
export function togglePane(lab: Lab, pane: SidePane): void {
  if (!isInSight(lab, pane)) return openPane(lab, pane);
  const shut = document.getElementById(paneId(pane));
  if (shut?.contains(document.activeElement)) document.querySelector<HTMLElement>(`[aria-controls="${paneId(pane)}"]`)?.focus();
  lab.settings.collapse(pane, true);
}

/** Shows a tab below the stage: the pane is opened when it was collapsed, and on a phone it is the one in sight. */
export function lookAt(lab: Lab, tab: TimelineTab): void {
  lab.selection.showTab(tab);
  lab.settings.lookedAt(tab);
  lab.selection.showPane('timeline');
  openPane(lab, 'timeline');
}

export function paneId(pane: SidePane): string {
  return `pane-${pane}`;
}

/** What opening or collapsing a pane is called, and the same in English when that is another language. */
export function toggleText(lab: Lab, pane: SidePane): { readonly title: string; readonly also: string } {
  const key = isInSight(lab, pane) ? 'shell.collapse' : 'shell.expand';
  const also = language.current === 'en' ? '' : inEnglish(key, { pane: inEnglish(`shell.pane.${pane}`) });
  return { title: t(key, { pane: t(`shell.pane.${pane}`) }), also };
}

/** What was done to a pane, for who does not see it. */
export function toggledText(lab: Lab, pane: SidePane): string {
  return t(isInSight(lab, pane) ? 'shell.expanded' : 'shell.paneCollapsed', { pane: t(`shell.pane.${pane}`) });
}

/** The width or height that the reader gave to a pane, as a value for CSS. */
export function sizeStyle({ settings }: Lab, pane: SidePane): string | undefined {
  const pixels = settings.sizeOf(pane);
  return pixels === undefined ? undefined : `${pixels}px`;
}
