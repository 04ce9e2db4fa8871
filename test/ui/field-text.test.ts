import { expect, it } from 'vitest';
import type { Shape } from '../../src/model/fields/shape';
import { rangeText } from '../../src/ui/build/form/field-text';

it('says the bounds of a number to the last digit', () => {
  const said = (min: number, max: number): string =>
    rangeText({ kind: 'number', min, max } as Shape, false, (_key, params) => `${params!['min']} to ${params!['max']}`, 'en');
  expect(said(0, 4_294_967_295)).toBe('0 to 4,294,967,295');
  expect(said(0.001, 0.999_999_9)).toBe('0.001 to 0.9999999');
});
