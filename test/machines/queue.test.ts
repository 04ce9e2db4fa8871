import { describe, expect, it } from 'vitest';
import { queueMachine } from '../../src/machines/index';
import { chanceOf } from '../world/random-machine';
import { started } from './started';

describe('the queue machine', () => {
  it('refuses when its places are taken, the unacknowledged ones among them', () => {
    const queue = started(queueMachine, { capacity: 2, overflow: 'reject' });
    expect(queue.after('publish', 'publish', 'dispatch').at(-1)).toBe('handOut');
    expect(queue.state).toBe('full');
    expect(queue.after('publish')).toEqual(['refuse']);
    queue.after('acknowledge');
    expect(queue.state).toBe('holding');
    expect(queue.after('publish')).toContain('store');
  });

  it('drops its oldest ready message for a new one when it may, and refuses when none is ready', () => {
    const queue = started(queueMachine, { capacity: 2, overflow: 'drop-oldest' });
    queue.after('publish', 'publish');
    expect(queue.after('publish')).toEqual(['dropOldest', 'store']);
    expect(queue.count('ready')).toBe(2);
    queue.after('dispatch', 'dispatch');
    expect(queue.after('publish')).toEqual(['refuse']);
  });

  it('has a returned message ready again', () => {
    const queue = started(queueMachine, { capacity: 5, overflow: 'reject' });
    queue.after('publish', 'dispatch');
    expect([queue.count('ready'), queue.count('unacknowledged')]).toEqual([0, 1]);
    expect(queue.after('return')).toContain('putBack');
    expect([queue.count('ready'), queue.count('unacknowledged')]).toEqual([1, 0]);
  });

  it('is empty after its last message was forgotten, thrown away or acknowledged', () => {
    for (const last of [['forget'], ['discard'], ['dispatch', 'acknowledge']]) {
      for (const capacity of [1, 3]) {
        const queue = started(queueMachine, { capacity, overflow: 'reject' });
        queue.after('publish', ...last);
        expect(queue.state).toBe('empty');
      }
    }
  });

  it('holds publishes back when it may, and lets the first one in as soon as a place is free', () => {
    for (const free of [['dispatch', 'acknowledge'], ['forget'], ['discard']]) {
      const queue = started(queueMachine, { capacity: 1, overflow: 'block', blockLimit: 2 });
      queue.after('publish');
      expect(queue.after('publish', 'publish')).toEqual(['block', 'block']);
      expect([queue.state, queue.count('blocked')]).toEqual(['blocked', 2]);
      expect(queue.after('publish')).toEqual(['refuse']);
      expect(queue.after(...free).at(-1)).toBe('letIn');
      expect([queue.state, queue.count('blocked'), queue.count('ready')]).toEqual(['blocked', 1, 1]);
      queue.after(...free);
      expect([queue.state, queue.count('blocked'), queue.count('ready')]).toEqual(['full', 0, 1]);
      queue.after(...free);
      expect(queue.state).toBe('empty');
    }
  });

  it('counts a postponed message, and neither hands it out nor throws it away before it is due', () => {
    const queue = started(queueMachine, { capacity: 1, overflow: 'drop-oldest' });
    queue.after('publish', 'postpone');
    expect([queue.state, queue.count('delayed')]).toEqual(['full', 1]);
    expect(queue.after('dispatch', 'forget', 'discard')).toEqual([]);
    expect(queue.after('publish')).toEqual(['refuse']);
    expect(queue.after('due', 'dispatch')).toEqual(['handOut']);
  });

  it.each([
    [true, 'full', [2, 1]],
    [false, 'empty', [0, 0]],
  ])('durable %s: is %s after a crash and a restart', (durable, state, counts) => {
    const queue = started(queueMachine, { capacity: 3, overflow: 'block', blockLimit: 9, durable });
    queue.after('publish', 'dispatch', 'publish', 'publish', 'postpone', 'publish');
    expect([queue.state, queue.count('blocked')]).toEqual(['blocked', 1]);
    queue.after('crash');
    expect(queue.state).toBe('down');
    expect(queue.after('publish', 'dispatch', 'forget', 'acknowledge', 'return', 'discard', 'postpone', 'due')).toEqual([]);
    queue.after('restart');
    expect([queue.state, queue.count('blocked'), queue.count('unacknowledged')]).toEqual([state, 0, 0]);
    expect([queue.count('ready'), queue.count('delayed')]).toEqual(counts);
  });

  it.each([
    [1, 'reject'],
    [1, 'drop-oldest'],
    [1, 'block'],
    [3, 'reject'],
    [3, 'drop-oldest'],
    [3, 'block'],
  ])('with capacity %i and overflow %s counts right under random events', (capacity, overflow) => {
    const queue = started(queueMachine, { capacity, overflow, blockLimit: 2 });
    const chance = chanceOf(capacity);
    const events = ['publish', 'publish', 'publish', 'dispatch', 'acknowledge', 'return', 'forget', 'discard', 'postpone', 'due'];
    let [ready, handedOut, delayed, blocked] = [0, 0, 0, 0];
    for (let step = 0; step < 5_000; step++) {
      const event = events[chance(events.length)]!;
      const caused = queue.after(event);
      const isFull = ready + handedOut + delayed === capacity;
      if (event === 'publish') {
        expect(caused.at(-1)).toBe(
          !isFull || (overflow === 'drop-oldest' && ready > 0) ? 'store' : overflow === 'block' && blocked < 2 ? 'block' : 'refuse',
        );
        ready += Number(caused.includes('store')) - Number(caused.includes('dropOldest'));
        blocked += Number(caused.includes('block'));
      } else if (['forget', 'discard', 'dispatch', 'postpone'].includes(event) && ready > 0) {
        ready--;
        if (event === 'dispatch') handedOut++;
        if (event === 'postpone') delayed++;
      } else if (event === 'due' && delayed > 0) {
        delayed--;
        ready++;
      } else if (['return', 'acknowledge'].includes(event) && handedOut > 0) {
        handedOut--;
        if (event === 'return') ready++;
      }
      if (blocked > 0 && ready + handedOut + delayed < capacity) {
        expect(caused.at(-1)).toBe('letIn');
        blocked--;
        ready++;
      }
      const counts = ['ready', 'unacknowledged', 'delayed', 'blocked'].map((name) => queue.count(name));
      expect(counts).toEqual([ready, handedOut, delayed, blocked]);
      const depth = ready + handedOut + delayed;
      expect(queue.state).toBe(blocked > 0 ? 'blocked' : depth === 0 ? 'empty' : depth === capacity ? 'full' : 'holding');
    }
  });
});
