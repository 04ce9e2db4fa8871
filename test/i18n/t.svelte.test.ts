import { flushSync } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { languageOfBrowser } from '../../src/i18n/languages';
import { problemSentence } from '../../src/i18n/problem-sentence';
import { language, laterWords, problemText, t } from '../../src/i18n/t.svelte';
import { problem } from '../../src/model/problem';

afterEach(() => language.set('en'));

test('a text that was read in an effect changes with the language', async () => {
  const seen: string[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(t('shell.share'));
    });
  });
  flushSync();
  await language.set('zh');
  flushSync();
  expect(seen).toEqual(['Share', '分享']);
  expect(language.current).toBe('zh');
  stop();
});

test('the sentence of a problem is said as soon as the sentences have come', async () => {
  const seen: string[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(problemText(problem('components', 'problem.noClient')));
    });
  });
  flushSync();
  await laterWords();
  flushSync();
  expect(seen).toEqual(['', problemSentence(problem('components', 'problem.noClient'), 'en')]);
  stop();
});

test('values are filled in as they are, and counts choose the plural form', () => {
  expect(t('shell.visiting', { title: '<b>&' })).toContain('<b>&');
  expect(t('stage.loadUsers', { count: 1 })).toBe('1 user');
  expect(t('stage.loadUsers', { count: 2 })).toBe('2 users');
});

test('any Chinese wish of the browser gives Chinese, and no wish that fits gives English', () => {
  expect(languageOfBrowser(['zh-TW', 'en'])).toBe('zh');
  expect(languageOfBrowser(['de', 'zh-Hans-CN'])).toBe('zh');
  expect(languageOfBrowser(['en-GB', 'zh'])).toBe('en');
  expect(languageOfBrowser(['de'])).toBe('en');
  expect(languageOfBrowser([])).toBe('en');
});

test('a problem without a sentence still says its key and its values', () => {
  expect(problemSentence(problem('a', 'problem.neverWritten', { n: 3 }), 'zh')).toBe('problem.neverWritten {"n":3}');
});

test('in the sentence of a problem large numbers have separators, and no digit is rounded away', () => {
  const sentence = (value: number): string => problemSentence(problem('', 'problem.lessonSections', { sections: value, steps: 1 }), 'en');
  expect([1_000_000, 1024, 0.123456789].map(sentence)).toEqual(
    ['1,000,000', '1024', '0.123456789'].map((text) => expect.stringContaining(` ${text} sections`)),
  );
});
