import { expect, test, vi } from 'vitest';
import { inTurn } from '../../../src/ui/shell/in-turn';

/** In the end, however slow the machine. */
const eventually = (look: () => void): Promise<void> => vi.waitFor(look, { timeout: 4_000 });

test('parts are mounted in a later task, in the order in which they were asked for', async () => {
  const mounted: string[] = [];
  inTurn(() => mounted.push('first'));
  inTurn(() => mounted.push('second'));
  expect(mounted).toEqual([]);
  await eventually(() => expect(mounted).toEqual(['first', 'second']));
});

test('a part of a part comes after the parts that wait already', async () => {
  const mounted: string[] = [];
  inTurn(() => {
    mounted.push('view');
    inTurn(() => mounted.push('part of the view'));
  });
  inTurn(() => mounted.push('other view'));
  await eventually(() => expect(mounted).toEqual(['view', 'other view', 'part of the view']));
});

test('what is gone before its turn is not mounted', async () => {
  const mounted: string[] = [];
  const takeBack = inTurn(() => mounted.push('gone'));
  inTurn(() => mounted.push('there'));
  takeBack();
  await eventually(() => expect(mounted).toEqual(['there']));
});

test('the state that a part sets has taken effect before the next part has its turn', async () => {
  let isHere = $state(false);
  const seen: boolean[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(isHere);
    });
  });
  inTurn(() => (isHere = true));
  let seenByNext: readonly boolean[] = [];
  inTurn(() => (seenByNext = [...seen]));
  await eventually(() => expect(seenByNext).toEqual([false, true]));
  stop();
});
