import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inSlices } from '../../../src/ui/shell/in-slices';

/** Real time, which only steps take. */
let now = 0;
let stepped = 0;

beforeEach(() => {
  [now, stepped] = [0, 0];
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

/** So many steps of 2 ms each. */
function* work(steps: number): Generator<undefined, number> {
  for (let step = 0; step < steps; step++) {
    now += 2;
    stepped += 1;
    yield;
  }
  return steps;
}

test('what is short is done at once', async () => {
  const coming = inSlices(work(2));
  expect(stepped).toBe(2);
  let turns = 0;
  const turn = setTimeout(() => (turns += 1));
  expect(await coming).toBe(2);
  expect(turns).toBe(0);
  clearTimeout(turn);
});

test('however many works begin in one task, together they take no more of it than one', async () => {
  await new Promise((resolve) => setTimeout(resolve)); // a task in which none has begun
  const all = [work(20), work(20), work(3)].map(inSlices);
  expect(now).toBeLessThanOrEqual(12);
  expect(await Promise.all(all)).toEqual([20, 20, 3]);
});

test('between the last slice of a long work and who waits for it, the page has a turn', async () => {
  let lastStepInTask = 0;
  let task = 0;
  const count = setInterval(() => (task += 1), 0);
  function* marked(): Generator<undefined, void> {
    yield* work(20);
    lastStepInTask = task;
  }
  await inSlices(marked());
  clearInterval(count);
  expect(task).toBeGreaterThan(lastStepInTask);
});

test('what goes wrong in a later slice goes wrong for who waits', async () => {
  function* wrong(): Generator<undefined, void> {
    yield* work(20);
    throw new Error('no');
  }
  await expect(inSlices(wrong())).rejects.toThrow('no');
});
