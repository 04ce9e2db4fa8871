/** Opens an example as the reader's own; says so when it cannot be had. */
import { t } from '../../i18n/t.svelte';
import type { Lab } from '../../state/lab.svelte';
import type { Page } from '../shell/page';
import { loadExample } from '../shell/load-example';

/** False when it could not be loaded. */
export async function openExample(lab: Lab, page: Page, name: string): Promise<boolean> {
  const file = await loadExample(name);
  if (!file) {
    page.say(t('examples.failed', { name: t(`examples.${name}`) }));
    return false;
  }
  page.leaveLink();
  await lab.openExample(name, file);
  return true;
}
