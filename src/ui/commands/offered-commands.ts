/** The commands of parts that are not always in sight. Elsewhere they say where they are, so that they can be learned. */
import { t } from '../../i18n/t.svelte';
import { named, type Command, type CommandGroup } from './command';
import { offered } from './offered.svelte';

/** `where`: what has to be in sight, `commands.needs.<where>`. */
const OFFERED = {
  compareFile: { group: 'files', where: 'code' },
  previousDifference: { group: 'files', where: 'comparison' },
  nextDifference: { group: 'files', where: 'comparison' },
  restoreFile: { group: 'files', where: 'comparison' },
  formatFile: { group: 'files', where: 'code' },
  newFile: { group: 'files', where: 'files' },
  renameFile: { group: 'files', where: 'files' },
  deleteFile: { group: 'files', where: 'files' },
  duplicateParts: { group: 'components', where: 'canvas' },
  removeParts: { group: 'components', where: 'canvas' },
  tidyCanvas: { group: 'components', where: 'canvas' },
  fitCanvas: { group: 'look', where: 'canvas' },
  zoomIn: { group: 'look', where: 'canvas' },
  zoomOut: { group: 'look', where: 'canvas' },
  wholeRun: { group: 'look', where: 'charts' },
  copyComparison: { group: 'look', where: 'lanes' },
  manySeeds: { group: 'run', where: 'theory' },
  audit: { group: 'run', where: 'audit' },
  copyAudit: { group: 'page', where: 'audit' },
  printAudit: { group: 'page', where: 'audit' },
  nextStep: { group: 'lessons', where: 'lesson' },
  previousStep: { group: 'lessons', where: 'lesson' },
  checkAnswer: { group: 'lessons', where: 'lesson' },
  restartLesson: { group: 'lessons', where: 'lesson' },
} as const satisfies Readonly<Record<string, { readonly group: CommandGroup; readonly where: string }>>;

export type OfferedId = keyof typeof OFFERED;
const IDS = Object.keys(OFFERED) as readonly OfferedId[];

export function offeredCommands(): readonly Command[] {
  const { all } = offered;
  return IDS.map((id) => {
    const { group, where } = OFFERED[id];
    const offer = all[id] ?? t(`commands.needs.${where}`);
    const command = { id, group, ...named(`commands.${id}`) };
    return typeof offer === 'string' ? { ...command, unless: offer, run: () => undefined } : { ...command, run: offer };
  });
}
