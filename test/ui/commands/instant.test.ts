import { expect, test } from 'vitest';
import { readInstant } from '../../../src/ui/commands/instant';

test.each([
  ['12.5', 12_500_000],
  ['12.5 s', 12_500_000],
  ['300ms', 300_000],
  ['1:05', 65_000_000],
  ['1:05.5', 65_500_000],
  ['2 min', 120_000_000],
  ['3秒', 3_000_000],
  ['7 µs', 7],
])('%s is an instant', (text, micros) => expect(readInstant(text)).toBe(micros));

test.each(['', 'mm1', '12 x', 's', '1:75', '-3'])('%j is none', (text) => expect(readInstant(text)).toBeUndefined());
