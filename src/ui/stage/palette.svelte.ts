/** The tokens of `app.css` as colours for a canvas, read again when the theme changes. */
import { createSubscriber } from 'svelte/reactivity';

const TOKENS = [
  'surface',
  'sunken',
  'ink',
  'muted',
  'line',
  'line-strong',
  'accent',
  'request',
  'reply',
  'message',
  'lost',
  'retry',
  'Tr',
  'Td',
  'Ts',
  'Tp',
] as const;
export type Token = (typeof TOKENS)[number];
export type Palette = Readonly<Record<Token, string>>;

const subscribe = createSubscriber((update) => {
  const changed = (): void => {
    read = undefined;
    update();
  };
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', changed);
  };
});

let read: Palette | undefined;

/** Whoever calls this in an effect is told when the colours change. */
export function palette(): Palette {
  subscribe();
  return (read ??= readTokens());
}

/** A custom property keeps `light-dark(…)` as it is written; only a property that is a colour resolves it. */
function readTokens(): Palette {
  const probe = document.createElement('span');
  // The system's few colours, where it forces them, would make every mark and every bar the same.
  probe.style.setProperty('forced-color-adjust', 'none');
  document.body.append(probe);
  const entries = TOKENS.map((token) => {
    probe.style.color = `var(--${token})`;
    return [token, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as Record<Token, string>;
}
