import { beforeEach, expect, test } from 'vitest';
import { browserMemory, type Memory } from '../../src/state/memory';
import { ProgressState } from '../../src/state/progress.svelte';
import { SettingsState } from '../../src/state/settings.svelte';

const kept = new Map<string, string>();
let memory: Memory;

beforeEach(() => {
  kept.clear();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => void kept.set(key, text) };
  memory = browserMemory(() => storage as Storage);
});

test('settings are there again after a reload', () => {
  const settings = new SettingsState(memory, ['zh-CN']);
  expect([settings.language, settings.theme]).toEqual(['zh', 'system']);
  settings.setTheme('dark');
  settings.setLanguage('en');
  const again = new SettingsState(memory, ['zh-CN']);
  expect([again.language, again.theme]).toEqual(['en', 'dark']);
});

test('nonsense that was kept gives the defaults', () => {
  kept.set('async-lab.settings', '{"theme":"loud","language":7}');
  kept.set('async-lab.progress', '{"greeter":{"step":-1,"done":"all","answers":{"0":"same","1":4}},"x":null}');
  expect(new SettingsState(memory, ['de']).language).toBe('en');
  expect(new ProgressState(memory).of('greeter')).toEqual({ step: 0, done: [], answers: { 0: 'same' }, outcomes: [] });
  kept.set('async-lab.settings', '{broken');
  expect(new SettingsState(memory, []).theme).toBe('system');
});

test('a browser that keeps nothing is no reason to fail', () => {
  const forbidden = browserMemory(() => {
    throw new Error('SecurityError');
  });
  const settings = new SettingsState(forbidden, ['en']);
  settings.setTheme('light');
  expect(settings.theme).toBe('light');
});

test('progress keeps steps and predictions, but not what old code passed', () => {
  const progress = new ProgressState(memory);
  progress.answer('greeter', 0, 'async-is-faster', true);
  progress.goTo('greeter', 1);
  progress.answer('greeter', 2, 'held', false);
  progress.checked('greeter', [{ check: 'soon' } as never]);
  expect(progress.of('greeter').outcomes).toHaveLength(1);
  expect(new ProgressState(memory).of('greeter')).toEqual({
    step: 1,
    done: [0],
    answers: { 0: 'async-is-faster', 2: 'held' },
    outcomes: [],
  });
  expect(new ProgressState(memory).of('other').step).toBe(0);
});
