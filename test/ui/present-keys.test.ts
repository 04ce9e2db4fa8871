import { describe, expect, test } from 'vitest';
import { PRESENT_COMMANDS, PRESENT_KEYS, presentCommandOf } from '../../src/ui/present/present-keys';

const press = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key, target: null, defaultPrevented: false, ctrlKey: false, metaKey: false, altKey: false, ...more }) as KeyboardEvent;

describe('a clicker', () => {
  test.each(PRESENT_COMMANDS.flatMap((command) => PRESENT_KEYS[command].map((key) => [key, command] as const)))(
    'that sends %s asks for %s',
    (key, command) => expect(presentCommandOf(press(key))).toBe(command),
  );

  test('may hold Shift or have Caps Lock on', () => expect(presentCommandOf(press('T'))).toBe('text'));
});

test('what belongs to somebody else is left alone', () => {
  expect(presentCommandOf(press('PageDown', { defaultPrevented: true }))).toBeUndefined();
  expect(presentCommandOf(press('t', { ctrlKey: true }))).toBeUndefined();
  expect(presentCommandOf(press('x'))).toBeUndefined();
});

test('no two commands share a key', () => {
  const keys = Object.values(PRESENT_KEYS).flat();
  expect(new Set(keys).size).toBe(keys.length);
});
