import { describe, expect, it } from 'vitest';
import { breakerMachine } from '../../src/machines/index';
import { Driver } from '../../src/world/driver';

const INPUT = { failureRate: 0.5, minCalls: 4, probes: 2, openMicros: 1_000 };

/** A breaker with its timer in hand: `send` answers with what it did, `cool` lets the timer run out. */
function breaker(input = INPUT) {
  const definition = new Driver('specialised').define(breakerMachine);
  const done: string[] = [];
  const timers: { type: string; micros: number }[] = [];
  const act = (name: string) => () => done.push(name);
  const instance = definition.create(input, {
    actions: { permit: act('permit'), refuse: act('refuse'), clearWindow: act('clearWindow') },
    schedule: (type, micros) => timers.push({ type, micros }),
    cancel: () => timers.pop(),
  });
  return {
    send(type: string, calls = 0, failures = 0): string[] {
      done.length = 0;
      instance.send(definition.event(type), { calls, failures });
      return [...done];
    },
    cool(): number {
      const timer = timers.pop()!;
      instance.send(definition.event(timer.type));
      return timer.micros;
    },
    get state(): string {
      return definition.chart.configurations[instance.configuration]!.at(-1)!.replace('breaker.', '');
    },
  };
}

describe('the breaker', () => {
  it('opens when enough calls were counted and enough of them failed', () => {
    const one = breaker();
    expect(one.send('call')).toEqual(['permit']);
    one.send('failed', 3, 3);
    expect(one.state).toBe('closed');
    one.send('failed', 5, 2);
    expect(one.state).toBe('closed');
    one.send('failed', 4, 2);
    expect(one.state).toBe('open');
    expect(one.send('call')).toEqual(['refuse']);
  });

  it('lets so many probes through half-open, closes when all succeed, and forgets what it had counted', () => {
    const one = breaker();
    one.send('failed', 4, 4);
    expect(one.cool()).toBe(1_000);
    expect([one.state, one.send('call'), one.send('call'), one.send('call')]).toEqual(['halfOpen', ['permit'], ['permit'], ['refuse']]);
    one.send('succeeded', 1, 0);
    expect(one.state).toBe('halfOpen');
    expect(one.send('succeeded', 2, 0)).toEqual(['clearWindow']);
    expect(one.state).toBe('closed');
  });

  it('opens again when a probe fails, or when nothing is heard of the probes, and counts probes anew', () => {
    const one = breaker();
    one.send('failed', 4, 4);
    one.cool();
    one.send('call');
    one.send('failed', 1, 1);
    expect(one.state).toBe('open');
    one.cool();
    expect([one.send('call'), one.send('call'), one.send('call')]).toEqual([['permit'], ['permit'], ['refuse']]);
    one.cool();
    expect(one.state).toBe('open');
  });
});
