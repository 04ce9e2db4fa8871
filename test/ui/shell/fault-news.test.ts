import { expect, it } from 'vitest';
import { faultNews } from '../../../src/ui/shell/fault-news';

const WORDS: Readonly<Record<string, string>> = {
  'charts.faultsBegin': '故障开始：{{faults}}。',
  'charts.faultsEnd': '故障结束：{{faults}}。',
  'charts.faultsMore': '另有 {{number}} 个',
  'charts.semicolon': '；',
};
const words = (key: string, params: Readonly<Record<string, string | number>> = {}): string =>
  WORDS[key]!.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name]));
const news = (from: number, to: number): string =>
  faultNews(
    [
      { name: 'crash', fromMicros: 10, untilMicros: 20 },
      { name: 'slow', fromMicros: 15, untilMicros: undefined },
      { name: 'deploy', fromMicros: 30, untilMicros: 30 },
    ],
    from,
    to,
    words,
  );

it('says what begins and ends on the way, each once', () => {
  expect(news(0, 9)).toBe('');
  expect(news(9, 10)).toBe('故障开始：crash。');
  expect(news(10, 14)).toBe('');
  expect(news(14, 19)).toBe('故障开始：slow。');
  expect(news(19, 29)).toBe('故障结束：crash。');
});

it('says all that a fast run has gone through, the beginnings first', () => {
  expect(news(0, 25)).toBe('故障开始：crash；slow。故障结束：crash。');
});

it('an instant begins and has no end, and what has no end never ends', () => {
  expect(news(25, 1_000)).toBe('故障开始：deploy。');
});

it('names three and counts the others', () => {
  const many = Array.from({ length: 7 }, (_, at) => ({ name: `f${at}`, fromMicros: 5, untilMicros: undefined }));
  expect(faultNews(many, 0, 5, words)).toBe('故障开始：f0；f1；f2；另有 4 个。');
});
