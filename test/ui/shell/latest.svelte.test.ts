import { afterEach, expect, test, vi } from 'vitest';
import type { LaneResult } from '../../../src/model/run-result';
import { Latest } from '../../../src/ui/shell/latest.svelte';
import { PerLane } from '../../../src/ui/shell/per-lane';

const reported = vi.fn();
vi.stubGlobal('reportError', reported);
afterEach(() => reported.mockClear());

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test('what could not be made is said and reported, and what was there before stays', async () => {
  const latest = new Latest<string>();
  latest.follow(Promise.resolve('older'));
  await settled();
  latest.follow(Promise.reject(new Error('a fault of ours')));
  await settled();
  expect([latest.value, latest.failed]).toEqual(['older', true]);
  expect(reported).toHaveBeenCalledExactlyOnceWith(new Error('a fault of ours'));
});

test('the next that is made takes the sentence away again', async () => {
  const latest = new Latest<string>();
  latest.follow(Promise.reject(new Error('a fault of ours')));
  await settled();
  latest.follow(Promise.resolve('newer'));
  await settled();
  expect([latest.value, latest.failed]).toEqual(['newer', false]);
});

test('nobody is told of one that nobody waits for any more', async () => {
  const latest = new Latest<string>();
  latest.follow(Promise.reject(new Error('overtaken')));
  latest.follow(Promise.resolve('newer'));
  await settled();
  expect([latest.value, latest.failed]).toEqual(['newer', false]);
  expect(reported).not.toHaveBeenCalled();
});

test('what failed for a lane is made anew for whoever asks next', async () => {
  let asked = 0;
  const perLane = new PerLane(function* () {
    if (asked++ === 0) throw new Error('a fault of ours');
    return asked;
  });
  const lane = {} as LaneResult;
  await expect(perLane.soon(lane)).rejects.toThrow('a fault of ours');
  expect(await perLane.soon(lane)).toBe(2);
  expect(perLane.of(lane)).toBe(2);
});
