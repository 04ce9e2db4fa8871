import { expect, it } from 'vitest';
import type { Shape } from '../../src/model/fields/shape';
import { rangeText, valueOf } from '../../src/ui/build/form/field-text';

it('says the bounds of a number to the last digit', () => {
  const said = (min: number, max: number): string =>
    rangeText({ kind: 'number', min, max } as Shape, false, (_key, params) => `${params!['min']} to ${params!['max']}`, 'en');
  expect(said(0, 4_294_967_295)).toBe('0 to 4,294,967,295');
  expect(said(0.001, 0.999_999_9)).toBe('0.001 to 0.9999999');
});

const NUMBER = { kind: 'number' } as Shape;
const DURATION: Shape = { kind: 'quantity', quantity: 'duration' };

it('takes numbers and units as they are typed: with thousands in groups, by an input method, in Chinese', () => {
  expect(valueOf('1,000', NUMBER)).toBe(1000);
  expect(valueOf(' １２．５ ', NUMBER)).toBe(12.5);
  expect(valueOf('1，234，567', NUMBER)).toBe(1_234_567);
  expect(valueOf('６０　ｓ', DURATION)).toBe('60 s');
  expect(valueOf('20毫秒', DURATION)).toBe('20ms');
  expect(valueOf('2 分钟', DURATION)).toBe('2 min');
  expect(valueOf('1,000／秒', { kind: 'quantity', quantity: 'rate' })).toBe('1000/s');
  expect(valueOf('１０毫秒、20ms，1秒', { kind: 'list', item: DURATION })).toEqual(['10ms', '20ms', '1s']);
});

it('leaves what is no number as it was typed, to be said so, and words as they are', () => {
  expect(valueOf('10个', NUMBER)).toBe('10个');
  expect(valueOf('1,5', NUMBER)).toBe('1,5');
  expect(valueOf('1,0000', NUMBER)).toBe('1,0000');
  expect(valueOf('1,5s', DURATION)).toBe('1,5s');
  expect(valueOf('六十秒 Ａ', { kind: 'text', pattern: false })).toBe('六十秒 Ａ');
});
