/** The tabs below the stage: one list for the row of tabs and for the commands. */
import { t } from '../../i18n/t.svelte';
import type { LaneResult } from '../../model/run-result';
import type { TimelineTab } from '../../state/selection.svelte';

type Observed = Pick<LaneResult, 'spans' | 'instruments' | 'log' | 'summary'>;

/** `building`: on the workbench, where faults are edited. Of the lanes, whether one has spans, metrics, lines of a log, alerts or frames to show. */
export function timelineTabs(
  lanes: readonly Observed[],
  building: boolean,
): readonly { readonly id: TimelineTab; readonly text: string }[] {
  const isObserved = lanes.some(({ spans, instruments, log, summary: { alerts, links } }) => {
    return spans.length + instruments.length + log.length + alerts.length > 0 || links.some(({ frames }) => frames > 0);
  });
  return [
    ...(building ? [{ id: 'faults', text: t('shell.tabFaults') } as const] : []),
    { id: 'spaceTime', text: t('shell.tabSpaceTime') },
    { id: 'charts', text: t('shell.charts') },
    { id: 'theory', text: t('shell.theory') },
    { id: 'machine', text: t('shell.tabMachine') },
    { id: 'log', text: t('shell.tabLog') },
    { id: 'requests', text: t('shell.tabRequests') },
    ...(lanes.length > 1 ? [{ id: 'compare', text: t('shell.tabCompare') } as const] : []),
    ...(isObserved ? [{ id: 'observed', text: t('shell.tabObserved') } as const] : []),
  ];
}
