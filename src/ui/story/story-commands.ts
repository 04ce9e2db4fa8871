/** The keys that go through the story of the selected request. What tells stories is loaded when one of them is first pressed. */
import { withWords } from '../../i18n/t.svelte';
import type { Lab } from '../../state/lab.svelte';

export interface StoryCommands {
  readonly previousCause: () => void;
  readonly nextEffect: () => void;
}

/** `say` is told where each of them has led. */
export function storyCommands(lab: Lab, say: (text: string) => void): StoryCommands {
  const go = async (to: 'cause' | 'effect'): Promise<void> => {
    if (lab.playhead.locked) return;
    const { step } = await withWords(import('./steps'));
    say(step(lab, to));
  };
  return { previousCause: () => void go('cause'), nextEffect: () => void go('effect') };
}
