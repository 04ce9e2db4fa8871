/** Whether the system asks for dark colours; whoever reads it in markup or in an effect is told when that changes. */
import { createSubscriber } from 'svelte/reactivity';

const query = matchMedia('(prefers-color-scheme: dark)');

const subscribe = createSubscriber((update) => {
  query.addEventListener('change', update);
  return () => query.removeEventListener('change', update);
});

export function systemIsDark(): boolean {
  subscribe();
  return query.matches;
}
