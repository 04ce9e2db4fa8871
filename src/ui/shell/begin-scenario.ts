/** Where a scenario comes from: nothing, or a copy of what is open. */
import { scenarioName, t } from '../../i18n/t.svelte';
import { EMPTY_SCENARIO } from '../../model/edits/starters';
import type { Lab } from '../../state/lab.svelte';

/** Opens an empty scenario. On a phone it shows the parts, where there is something to add. */
export async function newScenario(lab: Lab, say: (text: string) => void): Promise<void> {
  await lab.openNew({ ...EMPTY_SCENARIO, title: t('build.untitled') });
  lab.selection.showPane('lesson');
  say(t('build.newOpened'));
}

export async function copyScenario(lab: Lab, say: (text: string) => void): Promise<void> {
  await lab.openNew({ ...lab.document.file, title: t('build.copyOf', { title: scenarioName(lab.document.title) || t('build.untitled') }) });
  say(t('build.copyOpened'));
}
