import { beforeAll, beforeEach, expect, test } from 'vitest';
import { language, laterWords, t } from '../../../src/i18n/t.svelte';
import { EXAMPLES } from '../../../src/lesson/examples';
import { FIELD_WORDS } from '../../../src/lesson/example-words';
import { isFound, searchText } from '../../../src/ui/gallery/example-search';

const found = (query: string): readonly string[] =>
  EXAMPLES.flatMap(({ id, names }) => names.filter((name) => isFound(query, searchText(id, name))));

beforeAll(laterWords);
beforeEach(() => language.set('en'));

test.each([
  ['consumer groups', 'consumer-rebalance'],
  ['backpressure', 'block-the-producer'],
  ['idempotent', 'idempotency-key'],
  ['Circuit Breaker', 'circuit-breaker'],
  ['kafka', 'log-partitions'],
  ['at least once', 'consumer-rebalance'],
  ['DLQ', 'dead-letters'],
])('“%s” finds %s', (query, name) => {
  expect(found(query)).toContain(name);
});

test.each([
  ['消费者组', 'consumer-rebalance'],
  ['背压', 'http2-flow-control'],
  ['幂等', 'idempotent-retries'],
  ['熔断', 'circuit-breaker'],
  ['backpressure', 'streams'],
])('in Chinese “%s” finds %s', async (query, name) => {
  await language.set('zh');
  expect(found(query)).toContain(name);
});

test('nothing asked finds all, and what no example has to do with finds none', () => {
  expect(found('')).toHaveLength(EXAMPLES.flatMap(({ names }) => names).length);
  expect(found('pancakes')).toEqual([]);
});

test('words of the field belong to examples that ship, and are said in both languages', async () => {
  const shipped = EXAMPLES.flatMap(({ names }) => names);
  expect(FIELD_WORDS.flatMap(({ names }) => names).filter((name) => !shipped.includes(name))).toEqual([]);
  for (const spoken of ['en', 'zh'] as const) {
    await language.set(spoken);
    expect(FIELD_WORDS.filter(({ id }) => t(`examples.words.${id}`) === '').map(({ id }) => id)).toEqual([]);
  }
});
