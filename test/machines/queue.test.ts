import { describe, expect, it } from 'vitest';
import { queueMachine } from '../../src/machines/index';
import { chanceOf } from '../world/random-machine';
import { started } from './started';

describe('the queue machine', () => {
  it('refuses when its places are taken, the unacknowledged ones among them', () => {
    const queue = started(queueMachine, { capacity: 2, dropOldest: false });
    expect(queue.after('publish', 'publish', 'dispatch').at(-1)).toBe('handOut');
    expect(queue.state).toBe('full');
    expect(queue.after('publish')).toEqual(['refuse']);
    queue.after('acknowledge');
    expect(queue.state).toBe('holding');
    expect(queue.after('publish')).toContain('store');
  });

  it('drops its oldest ready message for a new one when it may, and refuses when none is ready', () => {
    const queue = started(queueMachine, { capacity: 2, dropOldest: true });
    queue.after('publish', 'publish');
    expect(queue.after('publish')).toEqual(['dropOldest', 'store']);
    expect(queue.count('ready')).toBe(2);
    queue.after('dispatch', 'dispatch');
    expect(queue.after('publish')).toEqual(['refuse']);
  });

  it('has a returned message ready again', () => {
    const queue = started(queueMachine, { capacity: 5, dropOldest: false });
    queue.after('publish', 'dispatch');
    expect([queue.count('ready'), queue.count('unacknowledged')]).toEqual([0, 1]);
    expect(queue.after('return')).toContain('putBack');
    expect([queue.count('ready'), queue.count('unacknowledged')]).toEqual([1, 0]);
  });

  it('is empty after its last message was forgotten, thrown away or acknowledged', () => {
    for (const last of [['forget'], ['discard'], ['dispatch', 'acknowledge']]) {
      for (const capacity of [1, 3]) {
        const queue = started(queueMachine, { capacity, dropOldest: false });
        queue.after('publish', ...last);
        expect(queue.state).toBe('empty');
      }
    }
  });

  it.each([
    [1, false],
    [1, true],
    [3, false],
    [3, true],
  ])('with capacity %i and dropOldest %s counts right under random events', (capacity, dropOldest) => {
    const queue = started(queueMachine, { capacity, dropOldest });
    const chance = chanceOf(capacity);
    const events = ['publish', 'publish', 'publish', 'dispatch', 'acknowledge', 'return', 'forget', 'discard'];
    let [ready, handedOut] = [0, 0];
    for (let step = 0; step < 5_000; step++) {
      const event = events[chance(events.length)]!;
      const caused = queue.after(event);
      if (event === 'publish') ready += Number(caused.includes('store')) - Number(caused.includes('dropOldest'));
      else if (['forget', 'discard', 'dispatch'].includes(event) && ready > 0) {
        ready--;
        if (event === 'dispatch') handedOut++;
      } else if (['return', 'acknowledge'].includes(event) && handedOut > 0) {
        handedOut--;
        if (event === 'return') ready++;
      }
      expect([queue.count('ready'), queue.count('unacknowledged')]).toEqual([ready, handedOut]);
      const depth = ready + handedOut;
      expect(queue.state).toBe(depth === 0 ? 'empty' : depth === capacity ? 'full' : 'holding');
    }
  });
});
