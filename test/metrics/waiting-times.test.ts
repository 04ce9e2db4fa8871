import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JoinTimes, StoredMessages } from '../../src/metrics/waiting-times';

it('a line of join times behaves like a list', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('push', 'push', 'shift', 'pop'), { maxLength: 300, size: 'max' }), (steps) => {
      const line = new JoinTimes();
      const list: number[] = [];
      for (const [time, step] of steps.entries()) {
        if (step === 'push') list.push((line.push(time), time));
        else if (list.length > 0) expect(step === 'pop' ? line.pop() : line.shift()).toBe(step === 'pop' ? list.pop() : list.shift());
        expect(line.length).toBe(list.length);
        expect(line.sumUntil(1_000)).toBe(list.reduce((sum, joined) => sum + 1_000 - joined, 0));
      }
    }),
  );
});

it('stored times behave like a map', () => {
  // Few enough to come back, scattered enough to collide.
  const id = fc.integer({ min: 1, max: 45 }).map((n) => ((n * 2_654_435_761 * n) % (2 ** 31 - 2)) + 1);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), id), { maxLength: 600, size: 'max' }), (steps) => {
      const stored = new StoredMessages();
      const map = new Map<number, number>();
      for (const [time, [adds, key]] of steps.entries()) {
        if (adds) {
          expect(stored.add(key, time)).toBe(!map.has(key));
          if (!map.has(key)) map.set(key, time);
        } else {
          expect(stored.remove(key)).toBe(map.get(key) ?? -1);
          map.delete(key);
        }
        expect(stored.length).toBe(map.size);
      }
      expect(stored.sumUntil(10_000)).toBe([...map.values()].reduce((sum, time) => sum + 10_000 - time, 0));
    }),
  );
});
