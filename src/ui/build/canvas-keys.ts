/** The keys of the canvas. Arrows move what is chosen, and everything a pointer can do has a key or a place in the inspector. */
import { t } from '../../i18n/t.svelte';
import type { BuildState } from '../../state/build.svelte';
import { linkIndex } from './flow';

/** In px; the larger one with Shift. */
const STEP = { small: 10, large: 50 } as const;
const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The ids of what a key or a double click leads to. */
export type FormField = 'build-name' | 'build-connect';

/** `onField` takes the focus to a field of the form of what is chosen. */
export function canvasKeys(
  build: BuildState,
  tell: (text: string) => void,
  onField: (field: FormField) => void,
): (event: KeyboardEvent) => void {
  return (event) => {
    const act = (command: () => void): void => {
      event.preventDefault();
      event.stopPropagation();
      command();
    };
    const focused = focusOf(event.target);
    const modified = event.ctrlKey || event.metaKey;
    const direction = DIRECTIONS[event.key];
    if (direction && !modified && build.chosen.length > 0) {
      const step = event.shiftKey ? STEP.large : STEP.small;
      return act(() => build.move(direction[0] * step, direction[1] * step));
    }
    if ((event.key === 'Enter' || event.key === ' ') && focused) return act(() => choose(build, focused, event.shiftKey || modified));
    if (event.key === 'Escape') return act(() => build.choose([]));
    if (event.key === 'Delete' || event.key === 'Backspace') return act(() => removeChosen(build, tell));
    if (modified && event.key.toLowerCase() === 'd') {
      return act(() => {
        build.duplicate();
        tell(t('build.duplicated', { names: build.chosen.join(', ') }));
      });
    }
    if (modified && event.key.toLowerCase() === 'a') return act(() => build.choose(Object.keys(build.components)));
    if (event.key === 'F2' && build.chosen.length === 1) return act(() => onField('build-name'));
    if (event.key.toLowerCase() === 'c' && !modified && build.chosen.length === 1) return act(() => onField('build-connect'));
  };
}

export function removeChosen(build: BuildState, tell: (text: string) => void): void {
  const names = build.chosen.join(', ');
  const links = build.chosenLinks.length;
  build.remove();
  if (names !== '') tell(t('build.removed', { names }));
  else if (links > 0) tell(t('build.removedLinks', { count: links }));
}

interface Focus {
  readonly id: string;
  readonly isLink: boolean;
}

function focusOf(target: EventTarget | null): Focus | undefined {
  if (!(target instanceof Element)) return undefined;
  const isLink = target.classList.contains('svelte-flow__edge');
  const id = target.getAttribute('data-id');
  return id !== null && (isLink || target.classList.contains('svelte-flow__node')) ? { id, isLink } : undefined;
}

/** With `more`, what was chosen stays chosen, and what is chosen twice is not. */
function choose(build: BuildState, { id, isLink }: Focus, more: boolean): void {
  const toggled = <T>(items: readonly T[], item: T): T[] =>
    items.includes(item) ? items.filter((other) => other !== item) : [...items, item];
  if (isLink) build.choose(more ? build.chosen : [], more ? toggled(build.chosenLinks, linkIndex(id)) : [linkIndex(id)]);
  else build.choose(more ? toggled(build.chosen, id) : [id], more ? build.chosenLinks : []);
}
