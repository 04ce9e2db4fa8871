/** Which lanes are shown, and from one problem in the code to the next. */
import { named, type Command } from './command';
import { t } from '../../i18n/t.svelte';
import { isCodeProblem } from '../../model/problem';
import type { Lab } from '../../state/lab.svelte';
import { MOST_LANES } from '../../state/shown-lanes.svelte';
import { laneTitle } from '../shell/lane-title';
import { openPane } from '../shell/side-panes';

export function laneCommands(lab: Lab): readonly Command[] {
  return [...shownLaneCommands(lab), ...problemCommands(lab)];
}

/** Where there are more than fit beside each other. */
function shownLaneCommands({ lesson, shownLanes }: Lab): readonly Command[] {
  const { all, lanes } = shownLanes;
  if (lesson || all.length <= MOST_LANES) return [];
  return all.map(({ variant }): Command => {
    const isShown = lanes.some((lane) => lane.variant === variant);
    const tooMany = !isShown && lanes.length >= MOST_LANES;
    return {
      id: `lane ${variant ?? ''}`,
      group: 'look',
      ...named(isShown ? 'commands.hideLane' : 'commands.showLane', { lane: laneTitle(all, variant) }),
      unless: tooMany ? t('lanes.free', { most: MOST_LANES }) : isShown && lanes.length === 1 ? t('lanes.last') : undefined,
      run: () => shownLanes.show(variant, !isShown),
    };
  });
}

function problemCommands(lab: Lab): readonly Command[] {
  const { run, selection, settings } = lab;
  const order = Object.keys(lab.document.files);
  const places = run.problems
    .filter(isCodeProblem)
    .toSorted((one, other) => order.indexOf(one.file) - order.indexOf(other.file) || one.line - other.line || one.column - other.column)
    .filter(({ file, line }, index, all) => index === 0 || all[index - 1]!.file !== file || all[index - 1]!.line !== line);
  const at = places.findIndex(({ file, line }) => file === selection.codePlace?.file && line === selection.codePlace.line);
  const go = (step: 1 | -1): void => {
    const from = at < 0 && step < 0 ? 0 : at;
    const place = places[(from + step + places.length) % places.length];
    if (!place) return;
    selection.revealCode(place.file, place.line, place.column);
    openPane(lab, settings.area === 'build' ? 'form' : 'code');
  };
  const unless = places.length === 0 ? t('commands.noProblems') : undefined;
  return [
    { id: 'nextProblem', group: 'files', ...named('commands.nextProblem'), unless, run: () => go(1) },
    { id: 'previousProblem', group: 'files', ...named('commands.previousProblem'), unless, run: () => go(-1) },
  ];
}
