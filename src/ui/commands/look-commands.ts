/** What can be looked at: tabs, panes, components, files of code. */
import { t } from '../../i18n/t.svelte';
import type { Lab } from '../../state/lab.svelte';
import { placeTitle } from '../shell/place-title';
import { isCodeInSight, showCode, showLesson } from '../shell/side-panes';
import { timelineTabs } from '../shell/timeline-tabs';
import { named, type Command } from './command';

export function lookCommands(lab: Lab): readonly Command[] {
  return [...tabCommands(lab), ...paneCommands(lab), ...componentCommands(lab), ...fileCommands(lab)];
}

function tabCommands({ run, selection, settings }: Lab): readonly Command[] {
  return timelineTabs(run.lanes, settings.area === 'build').map(({ id, text }) => ({
    id: `tab ${id}`,
    group: 'look',
    title: t('commands.showTab', { tab: text }),
    also: `show ${id}`,
    run: () => {
      selection.showTab(id);
      selection.showPane('timeline');
    },
  }));
}

function paneCommands({ lesson, settings }: Lab): readonly Command[] {
  if (settings.area !== 'learn') return [];
  const codeInSight = isCodeInSight(settings, lesson !== undefined);
  return [
    {
      id: 'lessonPane',
      group: 'look',
      ...named(settings.lessonShown ? 'shell.hideLesson' : 'shell.showLesson'),
      unless: lesson ? undefined : t('commands.noLesson'),
      run: () => (settings.lessonShown ? settings.showLesson(false) : showLesson(settings)),
    },
    {
      id: 'codePane',
      group: 'look',
      ...named(codeInSight ? 'shell.hideCode' : 'shell.showCode'),
      run: () => (codeInSight ? settings.showCode(false) : showCode(settings)),
    },
  ];
}

/** The components of the lane that is chosen, with their state machines. */
function componentCommands({ run, selection }: Lab): readonly Command[] {
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
          selection.showTab('machine');
          selection.showPane('timeline');
        },
      },
    ];
  });
}

function fileCommands({ document, selection, settings }: Lab): readonly Command[] {
  return Object.keys(document.files).map((file) => ({
    id: `file ${file}`,
    group: 'files',
    ...named('commands.openFile', { file }),
    run: () => {
      selection.showFile(file);
      selection.showPane('code');
      selection.showSide('code');
      showCode(settings);
    },
  }));
}
