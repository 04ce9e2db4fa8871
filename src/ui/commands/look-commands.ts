/** What can be looked at: tabs, panes, components, files of code. */
import { t } from '../../i18n/t.svelte';
import type { Lab } from '../../state/lab.svelte';
import { placeTitle } from '../shell/place-title';
import { lookAt, openPane } from '../shell/side-panes';
import { timelineTabs } from '../shell/timeline-tabs';
import { named, type Command } from './command';

export function lookCommands(lab: Lab): readonly Command[] {
  return [...tabCommands(lab), ...componentCommands(lab), ...fileCommands(lab)];
}

function tabCommands(lab: Lab): readonly Command[] {
  const { run, settings } = lab;
  return timelineTabs(run.lanes, settings.area === 'build').map(({ id, text }) => ({
    id: `tab ${id}`,
    group: 'look',
    title: t('commands.showTab', { tab: text }),
    also: `show ${id}`,
    run: () => lookAt(lab, id),
  }));
}

/** The components of the lane that is chosen, with their state machines. */
function componentCommands(lab: Lab): readonly Command[] {
  const { run, selection } = lab;
  const index = Math.min(selection.lane, run.lanes.length - 1);
  const places = run.lanes[index]?.places ?? [];
  return places.flatMap((place, at): readonly Command[] => {
    if (place.kind === 'link') return [];
    const component = placeTitle(place, places);
    return [
      {
        id: `component ${component}`,
        group: 'components',
        ...named('commands.showComponent', { component }),
        run: () => {
          selection.selectPlace(index, at);
          lookAt(lab, 'machine');
        },
      },
    ];
  });
}

function fileCommands(lab: Lab): readonly Command[] {
  const { document, selection, settings } = lab;
  return Object.keys(document.files).map((file) => ({
    id: `file ${file}`,
    group: 'files',
    ...named('commands.openFile', { file }),
    run: () => {
      selection.showFile(file);
      selection.showPane('code');
      selection.showSide('code');
      openPane(lab, settings.area === 'build' ? 'form' : 'code');
    },
  }));
}
