import { expect, it } from 'vitest';
import { csvText } from '../../src/share/csv';

it('quotes what needs quotes, as RFC 4180 wants it, and leaves nothing where there is nothing', () => {
  expect(
    csvText([
      ['a', 'b,c', 'd"e', 'f\ng'],
      [1, undefined, null, true],
    ]),
  ).toBe('a,"b,c","d""e","f\ng"\r\n1,,,true\r\n');
});
