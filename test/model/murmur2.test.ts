/** The hash by the vectors of Kafka's own tests (clients, UtilsTest.testMurmur2). */
import { describe, expect, it } from 'vitest';
import { murmur2, partitionOfKey, utf8 } from '../../src/model/murmur2';

describe('murmur2', () => {
  it.each([
    ['21', -973_932_308],
    ['foobar', -790_332_482],
    ['a-little-bit-long-string', -985_981_536],
    ['a-little-bit-longer-string', -1_486_304_829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
    ['abc', 479_470_107],
  ])('of %s is %i', (text, hash) => {
    expect(murmur2(utf8(text))).toBe(hash);
  });

  it('puts a key where Kafka puts it: the hash without its sign, modulo the partitions', () => {
    // -973932308 & 0x7fffffff = 1173551340, and 479470107 is positive.
    expect(partitionOfKey('21', 7)).toBe(1_173_551_340 % 7);
    expect(partitionOfKey('abc', 12)).toBe(479_470_107 % 12);
  });

  it('spreads keys evenly', () => {
    const counts = [0, 0, 0, 0, 0, 0];
    for (let user = 0; user < 60_000; user++) counts[partitionOfKey(`user-${user}`, 6)]!++;
    // χ² with 5 degrees of freedom is below 20.5 in 99.9 % of samples of an even spread.
    const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(20.5);
  });
});

it('writes UTF-8 as the platform does', () => {
  for (const text of ['', 'plain', 'äöü ß', '订单', '🙂 mixed ё']) expect(utf8(text)).toEqual(new TextEncoder().encode(text));
  expect([...utf8('\ud800')]).toEqual([0x3f]);
});
