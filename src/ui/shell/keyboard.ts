/** The page's own keys, each with the command that it gives. Single keys work only where nobody types or operates a control with them. */
import { tinykeys } from 'tinykeys';
import { isMac } from './platform';

interface Key {
  /** Patterns of tinykeys; the sheet of keys shows the first. */
  readonly keys: readonly string[];
  /** `single`: where no control wants the key. `outsideText`: where nobody writes. `first`: before the editor, which has keys of its own. */
  readonly where: 'single' | 'outsideText' | 'always' | 'first';
}

/** The order is the one of the sheet. */
const KEYS = {
  palette: { keys: ['$mod+k'], where: 'first' },
  playOrPause: { keys: ['Space'], where: 'single' },
  stepForward: { keys: ['.'], where: 'single' },
  stepBack: { keys: [','], where: 'single' },
  bookmark: { keys: ['b'], where: 'single' },
  nextBookmark: { keys: ['n'], where: 'single' },
  previousBookmark: { keys: ['Shift+n'], where: 'single' },
  loopFromHere: { keys: ['i'], where: 'single' },
  loopToHere: { keys: ['o'], where: 'single' },
  endLoop: { keys: ['l'], where: 'single' },
  previousCause: { keys: ['['], where: 'single' },
  nextEffect: { keys: [']'], where: 'single' },
  run: { keys: ['$mod+Enter'], where: 'always' },
  save: { keys: ['$mod+s'], where: 'always' },
  undo: { keys: ['$mod+z'], where: 'outsideText' },
  redo: { keys: ['$mod+Shift+z', '$mod+y'], where: 'outsideText' },
  leftPane: { keys: ['1'], where: 'single' },
  paneBelow: { keys: ['2'], where: 'single' },
  rightPane: { keys: ['3'], where: 'single' },
  present: { keys: ['p'], where: 'single' },
  print: { keys: ['$mod+p'], where: 'single' },
  showKeys: { keys: ['?', 'Shift+?'], where: 'single' },
} as const satisfies Readonly<Record<string, Key>>;

export type KeyedCommand = keyof typeof KEYS;
export const KEYED_COMMANDS = Object.keys(KEYS) as readonly KeyedCommand[];
export type KeyCommands = Readonly<Record<KeyedCommand, () => void>>;

/** Listens until the returned function is called. */
export function listenToKeys(target: Window, commands: KeyCommands): () => void {
  const bindings = (isFirst: boolean): Record<string, (event: KeyboardEvent) => void> =>
    Object.fromEntries(
      KEYED_COMMANDS.filter((id) => (KEYS[id].where === 'first') === isFirst).flatMap((id) =>
        KEYS[id].keys.map((pattern) => [pattern, (event: KeyboardEvent) => press(event, KEYS[id].where, commands[id])]),
      ),
    );
  const stops = [tinykeys(target, bindings(false)), tinykeys(target, bindings(true), { capture: true })];
  return () => stops.forEach((stop) => stop());
}

/** What is written on the keys of a command: `Ctrl`, `Shift`, `Z`. `space` is what the language calls that key. */
export function keyCaps(id: KeyedCommand, space: string): readonly string[] {
  const names: Readonly<Record<string, string>> = { $mod: isMac ? '⌘' : 'Ctrl', Space: space };
  return KEYS[id].keys[0].split('+').map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}

function press(event: KeyboardEvent, where: Key['where'], command: () => void): void {
  if (event.defaultPrevented) return;
  if ((where === 'single' && isTaken(event)) || (where === 'outsideText' && isText(event.target))) return;
  event.preventDefault();
  if (where === 'first') event.stopPropagation();
  command();
}

/** A text field takes every key. A range keeps the arrows, which are none of ours, so the keys work on it. */
function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('.monaco-editor') !== null) return true;
  return (
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !['range', 'radio', 'checkbox'].includes(target.type))
  );
}

/** Space presses a button and chooses an option, and belongs to an open dialog. */
function isTaken(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.repeat && event.code === 'Space') return true;
  if (isText(target) || !(target instanceof HTMLElement)) return isText(target);
  // A select finds its options by their letters and digits.
  if (target instanceof HTMLSelectElement || target.closest('dialog[open]')) return true;
  return (
    event.code === 'Space' && target.closest('button, a, summary, [role="slider"], input[type="radio"], input[type="checkbox"]') !== null
  );
}
