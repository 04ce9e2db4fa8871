/** Every command of the page by its group, and what a query means among them. */
import type { Lab } from '../../state/lab.svelte';
import { t } from '../../i18n/t.svelte';
import type { Page } from '../shell/page';
import { instantText } from '../timeline/time-text';
import { GROUPS, type Command } from './command';
import { readInstant } from './instant';
import { lookCommands } from './look-commands';
import { laneCommands } from './lane-commands';
import { offeredCommands } from './offered-commands';
import { openCommands } from './open-commands';
import { pageCommands } from './page-commands';
import { ranked } from './rank';

export function allCommands(lab: Lab, page: Page): readonly Command[] {
  const commands = [
    ...pageCommands(lab, page),
    ...lookCommands(lab),
    ...laneCommands(lab),
    ...offeredCommands(),
    ...openCommands(lab, page),
  ];
  return GROUPS.flatMap((group) => commands.filter((command) => command.group === group));
}

/** Without a query the commands that were used last come first; with one, the best. A time is a command of its own. */
export function commandsFor(lab: Lab, commands: readonly Command[], query: string): readonly Command[] {
  if (query.trim() !== '') return [...goToInstant(lab, query), ...ranked(possibleFirst(commands), query)];
  const recent = lab.settings.recentCommands.flatMap((id) => commands.find((command) => command.id === id) ?? []);
  return [...recent, ...commands.filter((command) => !recent.includes(command))];
}

/** Of commands that say the query equally well. */
function possibleFirst(commands: readonly Command[]): readonly Command[] {
  return [...commands.filter(({ unless }) => unless === undefined), ...commands.filter(({ unless }) => unless !== undefined)];
}

function goToInstant({ playhead }: Lab, query: string): readonly Command[] {
  const micros = readInstant(query);
  if (micros === undefined) return [];
  const instant = Math.min(micros, playhead.endMicros);
  return [
    {
      id: 'goTo',
      group: 'time',
      title: t('commands.goTo', { time: instantText(instant) }),
      also: '',
      unless: playhead.locked ? t('lesson.playWaits') : playhead.endMicros === 0 ? t('commands.nothingRan') : undefined,
      run: () => playhead.seek(instant),
    },
  ];
}
