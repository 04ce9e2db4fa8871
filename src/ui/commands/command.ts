/** One thing that the page can do, as the palette offers it. */
import { inEnglish, language, t } from '../../i18n/t.svelte';
import type { KeyedCommand } from '../shell/keyboard';

/** In the order of the palette. Keys of their headings: `commands.group.<id>`. */
export const GROUPS = ['run', 'time', 'look', 'page', 'components', 'files', 'lessons', 'examples'] as const;
export type CommandGroup = (typeof GROUPS)[number];

export interface Command {
  /** The same in every run of the page, so that it can be remembered. */
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: string;
  /** Other words by which it is found: the title in English, what it is about. */
  readonly also: string;
  readonly key?: KeyedCommand;
  /** Why it cannot be done now; it is shown all the same, so that it can be learned. */
  readonly unless?: string | undefined;
  readonly run: () => void;
}

/** The title in the language of the page, and the English words beside it when that is another. */
export function named(key: string, params: Readonly<Record<string, string | number>> = {}): Pick<Command, 'title' | 'also'> {
  return { title: t(key, params), also: language.current === 'en' ? '' : inEnglish(key, params) };
}
