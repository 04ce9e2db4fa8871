/** What is being built, for every component of the workbench, and where it says what happened. */
import { createContext } from 'svelte';
import type { BuildState } from '../../state/build.svelte';

export interface Workbench {
  readonly build: BuildState;
  /** Shows a short text, and says it to who cannot see it. */
  readonly say: (text: string) => void;
  /** Says it only to who cannot see what has happened. */
  readonly tell: (text: string) => void;
}

export const [getWorkbench, setWorkbench] = createContext<Workbench>();
