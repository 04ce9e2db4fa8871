import { describe, expect, it } from 'vitest';
import { InvariantBroken } from '../../src/sim/assert';
import { Kernel, NO_TIMER, type Timer } from '../../src/sim/kernel';
import { Streams } from '../../src/sim/streams';

const LIMITS = { eventsAtOneInstant: 1_000, pending: 100_000 };

function recording(limits = LIMITS): { kernel: Kernel; fired: string[] } {
  const fired: string[] = [];
  const kernel: Kernel = new Kernel((kind, target) => fired.push(`${kind}:${String(target)}@${kernel.now}`), limits);
  return { kernel, fired };
}

describe('Kernel', () => {
  it('fires what is planned for now after what was planned for now before, however many they are, and not those cancelled', () => {
    const fired: unknown[] = [];
    const kernel: Kernel = new Kernel((_, target) => {
      fired.push(target);
      if (target !== 'first') return;
      const timers = Array.from({ length: 300 }, (_, index) => kernel.schedule(0, 0, index));
      kernel.scheduleOnLane(kernel.lane(0), 0, 'last');
      for (const [index, timer] of timers.entries()) if (index % 3 === 0) expect(kernel.cancel(timer)).toBe(true);
    }, LIMITS);
    kernel.schedule(10, 0, 'first');
    kernel.schedule(10, 0, 'second');
    kernel.run(1e6, Infinity);
    const kept = Array.from({ length: 300 }, (_, index) => index).filter((index) => index % 3 !== 0);
    expect(fired).toEqual(['first', 'second', ...kept, 'last']);
    expect(kernel.pending).toBe(0);
  });

  it('fires by time, and at one time in the order of scheduling', () => {
    const { kernel, fired } = recording();
    kernel.schedule(30, 1, 'late');
    kernel.schedule(10, 2, 'first');
    kernel.schedule(10, 3, 'second');
    expect(kernel.pending).toBe(3);
    expect(kernel.run(100, Infinity)).toBe('done');
    expect(fired).toEqual(['2:first@10', '3:second@10', '1:late@30']);
    expect([kernel.now, kernel.events, kernel.pending]).toEqual([30, 3, 0]);
  });

  it('stops at the instant asked for, that instant included, and goes on later', () => {
    const { kernel, fired } = recording();
    for (const delay of [10, 20, 21]) kernel.schedule(delay, 0, delay);
    expect(kernel.run(100, 20)).toBe('done');
    expect(fired).toHaveLength(2);
    expect(kernel.now).toBe(20);
    expect(kernel.run(100, 21)).toBe('done');
    expect(fired).toHaveLength(3);
  });

  it('says that more may be left when it ran as many events as allowed', () => {
    const { kernel, fired } = recording();
    for (const delay of [1, 2, 3]) kernel.schedule(delay, 0, delay);
    expect(kernel.run(2, Infinity)).toBe('more');
    expect(fired).toHaveLength(2);
    expect(kernel.run(2, Infinity)).toBe('done');
  });

  it('lets a cancelled timer neither fire, nor count, nor move time', () => {
    const { kernel, fired } = recording();
    const timer = kernel.schedule(10, 0, 'never');
    expect(kernel.cancel(timer)).toBe(true);
    expect(kernel.cancel(timer)).toBe(false);
    expect(kernel.pending).toBe(0);
    expect(kernel.run(100, Infinity)).toBe('done');
    expect([fired.length, kernel.events, kernel.now]).toEqual([0, 0, 0]);
  });

  it('does not take a stale handle for the timer that reuses its place', () => {
    const { kernel, fired } = recording();
    const first = kernel.schedule(1, 0, 'first');
    kernel.run(1, Infinity);
    const second = kernel.schedule(1, 0, 'second');
    expect(second).not.toBe(first);
    expect(kernel.cancel(first)).toBe(false);
    kernel.run(1, Infinity);
    expect(fired).toEqual(['0:first@1', '0:second@2']);
    expect([NO_TIMER, -1, NaN, 1e300].map((timer) => kernel.cancel(timer))).toEqual([false, false, false, false]);
  });

  it('cannot cancel the event that is running', () => {
    let own: Timer = NO_TIMER;
    let answer: boolean | undefined;
    const kernel: Kernel = new Kernel(() => (answer = kernel.cancel(own)), LIMITS);
    own = kernel.schedule(5, 0, undefined);
    kernel.run(1, Infinity);
    expect(answer).toBe(false);
  });

  it('rounds delays to whole microseconds and refuses those that are none', () => {
    const { kernel, fired } = recording();
    kernel.schedule(1.6, 0, 'rounded');
    for (const delay of [-1, NaN, Infinity, 2 ** 53]) expect(() => kernel.schedule(delay, 0, 0), String(delay)).toThrow(InvariantBroken);
    expect(() => kernel.lane(-1)).toThrow(InvariantBroken);
    kernel.run(10, Infinity);
    expect(fired).toEqual(['0:rounded@2']);
  });

  it('says when time stands still', () => {
    const kernel: Kernel = new Kernel(() => kernel.schedule(0, 0, 0), LIMITS);
    kernel.schedule(7, 0, 0);
    expect(kernel.run(Infinity, Infinity)).toBe('standstill');
    expect([kernel.now, kernel.events]).toEqual([7, LIMITS.eventsAtOneInstant + 1]);
  });

  it('counts the events of each instant by themselves', () => {
    const { kernel } = recording();
    for (let index = 0; index < LIMITS.eventsAtOneInstant; index++) [1, 2, 3].forEach((delay) => kernel.schedule(delay, 0, index));
    expect(kernel.run(Infinity, Infinity)).toBe('done');
  });

  it('says when more timers are pending than allowed', () => {
    const kernel: Kernel = new Kernel(() => [1, 2].forEach((delay) => kernel.schedule(delay, 0, 0)), {
      eventsAtOneInstant: 1e9,
      pending: 50,
    });
    kernel.schedule(1, 0, 0);
    expect(kernel.run(Infinity, Infinity)).toBe('overflow');
    expect(kernel.pending).toBe(51);
  });

  it('goes on after a callback that throws', () => {
    const fired: unknown[] = [];
    const kernel = new Kernel((_, target) => {
      if (target === 'bad') throw new Error('bad');
      fired.push(target);
    }, LIMITS);
    kernel.schedule(1, 0, 'bad');
    kernel.schedule(2, 0, 'good');
    expect(() => kernel.run(10, Infinity)).toThrow('bad');
    expect(kernel.run(10, Infinity)).toBe('done');
    expect(fired).toEqual(['good']);
  });

  it('forgets cancelled timers of the far future, so that they cannot pile up', () => {
    const { kernel, fired } = recording({ eventsAtOneInstant: 1e9, pending: 1_000 });
    for (let round = 0; round < 100_000; round++) kernel.cancel(kernel.schedule(1e12, 0, round));
    const lane = kernel.lane(1e12);
    kernel.scheduleOnLane(lane, 0, 'kept');
    for (let round = 0; round < 100_000; round++) kernel.cancel(kernel.scheduleOnLane(lane, 0, round));
    expect(kernel.pending).toBe(1);
    // The slot of a timer is its handle modulo 2²⁵: few slots were ever needed.
    expect(kernel.schedule(1, 0, 'next') % 2 ** 25).toBeLessThan(10_000);
    kernel.run(10, Infinity);
    expect(fired).toEqual(['0:next@1', '0:kept@1000000000000']);
  });
});

describe('lanes', () => {
  it('are one for each delay, and beyond 256 of them still keep order', () => {
    const { kernel, fired } = recording();
    expect(kernel.lane(5)).toBe(kernel.lane(5));
    for (let delay = 600; delay > 0; delay--) kernel.scheduleOnLane(kernel.lane(delay), 0, delay);
    kernel.run(Infinity, Infinity);
    expect(fired).toEqual(Array.from({ length: 600 }, (_, index) => `0:${index + 1}@${index + 1}`));
  });

  it('put only their first timer into the queue, at its own place among equals', () => {
    const { kernel, fired } = recording();
    const lane = kernel.lane(10);
    kernel.scheduleOnLane(lane, 0, 'a');
    kernel.scheduleOnLane(lane, 0, 'b');
    kernel.schedule(10, 0, 'c');
    kernel.scheduleOnLane(lane, 0, 'd');
    kernel.run(Infinity, Infinity);
    expect(fired).toEqual(['0:a@10', '0:b@10', '0:c@10', '0:d@10']);
  });
});

describe('a long mixed run', () => {
  /** Timeouts on lanes, most of them cancelled, and work of random length: thousands pending, so that the ladder takes over. */
  const run = (lanes: boolean, width: number): { digest: number; events: number; now: number } => {
    const chance = new Streams(3).stream('mix');
    let digest = 0;
    const timeouts: Timer[] = [];
    const start = (request: number): void => {
      kernel.schedule(chance.nextUint32() % 100_000, 1, request);
      timeouts[request] = lanes ? kernel.scheduleOnLane(kernel.lane(90_000), 2, request) : kernel.schedule(90_000, 2, request);
    };
    const kernel: Kernel = new Kernel((kind, target) => {
      const request = target as number;
      digest = (Math.imul(digest ^ (kind * 65_537 + request), 0x01000193) + (kernel.now | 0)) | 0;
      if (kind === 1) {
        kernel.cancel(timeouts[request]!);
        start(request);
      }
    }, LIMITS);
    for (let request = 0; request < width; request++) start(request);
    kernel.run(60_000, Infinity);
    return { digest, events: kernel.events, now: kernel.now };
  };

  it.each([50, 1_500, 6_000])('of %i requests is the same with and without lanes', (width) => {
    expect(run(true, width)).toEqual(run(false, width));
  });
});
