/** The keys of the presenter's view, those that clickers send among them: one list for the view and for the sheet. */
export const PRESENT_KEYS = {
  next: ['PageDown', 'ArrowRight'],
  previous: ['PageUp', 'ArrowLeft'],
  text: ['t'],
  numbers: ['f'],
  diagram: ['d'],
  charts: ['c'],
  unlock: ['u'],
  leave: ['Escape'],
} as const;

export type PresentCommand = keyof typeof PRESENT_KEYS;
export const PRESENT_COMMANDS = Object.keys(PRESENT_KEYS) as readonly PresentCommand[];

const CAPS: Readonly<Record<string, string>> = {
  PageDown: 'Page ↓',
  PageUp: 'Page ↑',
  ArrowRight: '→',
  ArrowLeft: '←',
  Escape: 'Esc',
};

/** What is written on the key that the sheet shows. */
export function presentCap(command: PresentCommand): string {
  const [key] = PRESENT_KEYS[command];
  return CAPS[key] ?? key.toUpperCase();
}

/** The command of a key that nobody else wants: not a dialog, not what is written or chosen with it. */
export function presentCommandOf({ key, target, defaultPrevented, ctrlKey, metaKey, altKey }: KeyboardEvent): PresentCommand | undefined {
  if (defaultPrevented || ctrlKey || metaKey || altKey) return undefined;
  const element = target !== null && 'closest' in target ? (target as Element) : undefined;
  if (element?.closest('dialog[open]')) return undefined;
  const chosenWith = element?.closest('input, select, textarea, [role="tab"]');
  if (chosenWith && key.startsWith('Arrow')) return undefined;
  return PRESENT_COMMANDS.find((command) => PRESENT_KEYS[command].some((known) => known === (key.length === 1 ? key.toLowerCase() : key)));
}
