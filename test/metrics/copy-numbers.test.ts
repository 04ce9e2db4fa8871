/** Each copy of a message in a line has a number of its own. */
import { expect, it } from 'vitest';
import { CopyNumbers } from '../../src/metrics/copy-numbers';

it('lets the copy that joined first leave first', () => {
  const numbers = new CopyNumbers();
  expect([7, 8, 7].map((message) => numbers.join(message))).toEqual([1, 2, 3]);
  expect([7, 7, 7, 8, 8].map((message) => numbers.leave(message))).toEqual([1, 3, -1, 2, -1]);
  expect(numbers.join(7)).toBe(4);
});
