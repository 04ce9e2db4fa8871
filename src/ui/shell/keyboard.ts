/** The page's own keys. Single keys work only where nobody types or operates a control with them. */
import { tinykeys } from 'tinykeys';

export interface KeyCommands {
  playOrPause(): void;
  stepForward(): void;
  stepBack(): void;
  bookmark(): void;
  nextBookmark(): void;
  previousBookmark(): void;
  loopFromHere(): void;
  loopToHere(): void;
  endLoop(): void;
  run(): void;
  save(): void;
  undo(): void;
  redo(): void;
  showKeys(): void;
}

/** Listens until the returned function is called. */
export function listenToKeys(target: Window, commands: KeyCommands): () => void {
  const single = (command: () => void) => (event: KeyboardEvent) => {
    if (!isTaken(event)) act(event, command);
  };
  const outsideText = (command: () => void) => (event: KeyboardEvent) => {
    if (!isText(event.target)) act(event, command);
  };
  const always = (command: () => void) => (event: KeyboardEvent) => act(event, command);
  return tinykeys(target, {
    Space: single(commands.playOrPause),
    '.': single(commands.stepForward),
    ',': single(commands.stepBack),
    b: single(commands.bookmark),
    n: single(commands.nextBookmark),
    'Shift+n': single(commands.previousBookmark),
    i: single(commands.loopFromHere),
    o: single(commands.loopToHere),
    l: single(commands.endLoop),
    'Shift+?': single(commands.showKeys),
    '?': single(commands.showKeys),
    '$mod+Enter': always(commands.run),
    '$mod+s': always(commands.save),
    '$mod+z': outsideText(commands.undo),
    '$mod+Shift+z': outsideText(commands.redo),
    '$mod+y': outsideText(commands.redo),
  });
}

function act(event: KeyboardEvent, command: () => void): void {
  if (event.defaultPrevented) return;
  event.preventDefault();
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
  if (target.closest('dialog[open]')) return true;
  return (
    event.code === 'Space' &&
    target.closest('button, a, summary, select, [role="slider"], input[type="radio"], input[type="checkbox"]') !== null
  );
}
