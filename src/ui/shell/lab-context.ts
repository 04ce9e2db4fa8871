/** The state of the page, for every component below the shell. */
import { createContext } from 'svelte';
import type { Lab } from '../../state/lab.svelte';

export const [getLab, setLab] = createContext<Lab>();
