/** What can be done to the run, its time and the page: the commands with a key, and those beside them. */
import { language, t } from '../../i18n/t.svelte';
import type { Lab } from '../../state/lab.svelte';
import { EVENT_BY_EVENT, SPEEDS } from '../../state/playhead.svelte';
import { AREAS, THEMES } from '../../state/settings.svelte';
import { downloadScenario } from '../share/download';
import { copyScenario, newScenario } from '../shell/begin-scenario';
import { KEYED_COMMANDS, type KeyedCommand } from '../shell/keyboard';
import type { Page } from '../shell/page';
import { paneAt, toggleText, type Side } from '../shell/side-panes';
import { named, type Command, type CommandGroup } from './command';

/** Every key of the page is a command: the compiler asks for the group of a new one. */
const GROUP_OF: Readonly<Record<KeyedCommand, CommandGroup>> = {
  palette: 'page',
  playOrPause: 'time',
  stepForward: 'time',
  stepBack: 'time',
  bookmark: 'time',
  nextBookmark: 'time',
  previousBookmark: 'time',
  loopFromHere: 'time',
  loopToHere: 'time',
  endLoop: 'time',
  previousCause: 'time',
  nextEffect: 'time',
  run: 'run',
  save: 'page',
  undo: 'page',
  redo: 'page',
  leftPane: 'look',
  paneBelow: 'look',
  rightPane: 'look',
  present: 'page',
  print: 'page',
  showKeys: 'page',
};

export function pageCommands(lab: Lab, page: Page): readonly Command[] {
  return [...keyedCommands(lab, page), ...runCommands(lab), ...timeCommands(lab), ...ownCommands(lab, page)];
}

function keyedCommands(lab: Lab, page: Page): readonly Command[] {
  const { document } = lab;
  const stopped = whyStill(lab);
  const locked = lab.selection.presenting ? t('present.locked') : undefined;
  const unless: Partial<Record<KeyedCommand, string | undefined>> = {
    playOrPause: stopped,
    stepForward: stopped,
    stepBack: stopped,
    bookmark: stopped,
    nextBookmark: stopped,
    previousBookmark: stopped,
    loopFromHere: stopped,
    loopToHere: stopped,
    undo: locked ?? (document.canUndo ? undefined : t('commands.nothingToUndo')),
    leftPane: whyNoPane(lab, 'left'),
    paneBelow: whyNoPane(lab, 'below'),
    rightPane: whyNoPane(lab, 'right'),
    redo: locked ?? (document.canRedo ? undefined : t('commands.nothingToRedo')),
  };
  return KEYED_COMMANDS.filter((id) => id !== 'palette').map((id) => ({
    id,
    group: GROUP_OF[id],
    ...titleOf(lab, id),
    key: id,
    unless: unless[id],
    run: page.keyed[id],
  }));
}

const SIDE_OF: Partial<Record<KeyedCommand, Side>> = { leftPane: 'left', paneBelow: 'below', rightPane: 'right' };

/** A pane is called by its name where there is one. */
function titleOf(lab: Lab, id: KeyedCommand): Pick<Command, 'title' | 'also'> {
  const side = SIDE_OF[id];
  const pane = side && paneAt(lab, side);
  return pane ? toggleText(lab, pane) : named(`commands.${id}`);
}

function whyNoPane(lab: Lab, side: Side): string | undefined {
  return paneAt(lab, side) ? undefined : t('commands.noPane');
}

/** Why the playhead cannot be moved, if it cannot. */
function whyStill({ playhead }: Lab): string | undefined {
  if (playhead.locked) return t('lesson.playWaits');
  return playhead.endMicros === 0 ? t('commands.nothingRan') : undefined;
}

function runCommands({ run }: Lab): readonly Command[] {
  return run.isLong ? [{ id: 'cancelRun', group: 'run', ...named('commands.cancelRun'), run: () => run.cancel() }] : [];
}

function timeCommands(lab: Lab): readonly Command[] {
  const { playhead } = lab;
  const unless = whyStill(lab);
  const speeds = [EVENT_BY_EVENT, ...SPEEDS].map((speed): Command => ({
    id: `speed ${speed}`,
    group: 'time',
    ...(speed === EVENT_BY_EVENT ? named('commands.eventByEvent') : named('commands.speed', { speed })),
    unless: playhead.speed === speed ? t('commands.already') : undefined,
    run: () => playhead.setSpeed(speed),
  }));
  return [
    { id: 'toStart', group: 'time', ...named('commands.toStart'), unless, run: () => playhead.seek(0) },
    { id: 'toEnd', group: 'time', ...named('commands.toEnd'), unless, run: () => playhead.seek(playhead.endMicros) },
    ...speeds,
  ];
}

function ownCommands(lab: Lab, page: Page): readonly Command[] {
  const { document, editing, settings } = lab;
  const visits = document.identity.kind === 'visit';
  const mine = visits || editing.elsewhere ? undefined : t('commands.isOwn');
  const already = (is: boolean): string | undefined => (is ? t('commands.already') : undefined);
  return [
    ...AREAS.map((area): Command => ({
      id: `area ${area}`,
      group: 'page',
      ...named(`commands.area.${area}`),
      unless: already(settings.area === area),
      run: () => settings.goTo(area),
    })),
    { id: 'resetPanes', group: 'look', ...named('commands.resetPanes'), run: () => settings.resetPanes() },
    { id: 'share', group: 'page', ...named('commands.share'), run: () => page.open('share') },
    { id: 'work', group: 'page', ...named('work.title'), run: () => page.open('work') },
    { id: 'examples', group: 'page', ...named('commands.examples'), run: () => page.open('examples') },
    { id: 'fidelity', group: 'page', ...named('fidelity.title'), run: () => page.open('fidelity') },
    { id: 'keepCopy', group: 'page', ...named('commands.keepCopy'), unless: mine, run: () => void lab.keepCopy() },
    {
      id: 'backToWork',
      group: 'page',
      ...named('commands.backToWork'),
      unless: visits ? undefined : t('commands.isOwn'),
      run: page.backToWork,
    },
    {
      id: 'takeOver',
      group: 'page',
      ...named('commands.takeOver'),
      unless: editing.elsewhere ? undefined : t('commands.notElsewhere'),
      run: () => editing.takeOver(),
    },
    { id: 'new', group: 'page', ...named('commands.new'), run: () => void newScenario(lab, page.say) },
    { id: 'copy', group: 'page', ...named('commands.copy'), run: () => void copyScenario(lab, page.say) },
    { id: 'download', group: 'page', ...named('commands.download'), run: () => downloadScenario(document.title, document.file) },
    ...THEMES.map((theme): Command => ({
      id: `theme ${theme}`,
      group: 'page',
      ...named(`commands.theme.${theme}`),
      unless: already(settings.theme === theme),
      run: () => settings.setTheme(theme),
    })),
    {
      id: 'language',
      group: 'page',
      title: t(language.current === 'en' ? 'shell.openInChinese' : 'shell.openInEnglish'),
      also: t('commands.language'),
      run: () => void page.switchLanguage(),
    },
  ];
}
