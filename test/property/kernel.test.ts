import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernel, type Timer } from '../../src/sim/kernel';

const LIMITS = { eventsAtOneInstant: 1_000_000, pending: 1_000_000 };

/** What the kernel promises, as a list that is sorted again and again. */
class NaiveKernel {
  now = 0;
  private seq = 0;
  private timers: { time: number; seq: number; name: number }[] = [];
  constructor(private readonly dispatch: (name: number) => void) {}
  get pending(): number {
    return this.timers.length;
  }
  schedule(delay: number, name: number): number {
    this.timers.push({ time: this.now + delay, seq: this.seq++, name });
    return name;
  }
  cancel(name: number): boolean {
    const before = this.timers.length;
    this.timers = this.timers.filter((timer) => timer.name !== name);
    return this.timers.length < before;
  }
  run(events: number, until: number): void {
    for (let left = events; left > 0; left--) {
      this.timers.sort((one, other) => one.time - other.time || one.seq - other.seq);
      if (!this.timers[0] || this.timers[0].time > until) return;
      const timer = this.timers.shift()!;
      this.now = timer.time;
      this.dispatch(timer.name);
    }
  }
}

type Step =
  | { do: 'schedule'; delay: number; lane: boolean; whenFired: Step[] }
  | { do: 'cancel'; which: number }
  | { do: 'run'; events: number; span: number };

const delay = fc.oneof(fc.constantFrom(0, 10, 10, 50), fc.integer({ min: 0, max: 100 }));
const cancelling = fc.record({ do: fc.constant('cancel' as const), which: fc.nat(200) });
const leaf = fc.record({ do: fc.constant('schedule' as const), delay, lane: fc.boolean(), whenFired: fc.constant([] as Step[]) });
const scheduling = fc.record({
  do: fc.constant('schedule' as const),
  delay,
  lane: fc.boolean(),
  whenFired: fc.array(fc.oneof(leaf, cancelling), { maxLength: 3 }),
});
const running = fc.record({ do: fc.constant('run' as const), events: fc.integer({ min: 1, max: 20 }), span: fc.nat(80) });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof({ weight: 4, arbitrary: scheduling }, { weight: 2, arbitrary: cancelling }, running),
  { maxLength: 150, size: 'max' },
);

interface Side {
  now(): number;
  pending(): number;
  schedule(delay: number, lane: boolean, name: number): void;
  cancel(name: number): boolean;
  run(events: number, until: number): void;
}

/** Plays the steps and writes down everything that can be seen from outside. */
function play(program: readonly Step[], create: (fired: (name: number) => void) => Side): string[] {
  const seen: string[] = [];
  const consequences: Step[][] = [];
  const perform = (step: Step): void => {
    if (step.do === 'schedule') side.schedule(step.delay, step.lane, consequences.push(step.whenFired) - 1);
    else if (step.do === 'cancel') seen.push(`cancel ${step.which} ${step.which < consequences.length && side.cancel(step.which)}`);
    else side.run(step.events, side.now() + step.span);
    seen.push(`pending ${side.pending()}`);
  };
  const side = create((name) => {
    seen.push(`fired ${name} at ${side.now()}`);
    consequences[name]!.forEach(perform);
  });
  program.forEach(perform);
  side.run(1e6, Infinity);
  seen.push(`end ${side.now()} ${side.pending()}`);
  return seen;
}

const real =
  (lanes: boolean) =>
  (fired: (name: number) => void): Side => {
    const kernel = new Kernel((_, target) => fired(target as number), LIMITS);
    const timers: Timer[] = [];
    return {
      now: () => kernel.now,
      pending: () => kernel.pending,
      schedule: (delayMicros, lane, name) => {
        timers[name] = lanes && lane ? kernel.scheduleOnLane(kernel.lane(delayMicros), 1, name) : kernel.schedule(delayMicros, 1, name);
      },
      cancel: (name) => kernel.cancel(timers[name]!),
      run: (events, until) => void kernel.run(events, until),
    };
  };

const naive = (fired: (name: number) => void): Side => {
  const kernel = new NaiveKernel(fired);
  return {
    now: () => kernel.now,
    pending: () => kernel.pending,
    schedule: (delayMicros, _, name) => void kernel.schedule(delayMicros, name),
    cancel: (name) => kernel.cancel(name),
    run: (events, until) => kernel.run(events, until),
  };
};

describe('the kernel, against a list sorted at each step', () => {
  it('fires, cancels and counts the same', () => {
    fc.assert(
      fc.property(steps, (program) => {
        expect(play(program, real(false))).toEqual(play(program, naive));
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same order when timers of one delay share a lane', () => {
    fc.assert(
      fc.property(steps, (program) => {
        expect(play(program, real(true))).toEqual(play(program, naive));
      }),
      { numRuns: 300 },
    );
  });

  it('never lets time go back', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ delay, lane: fc.boolean(), again: delay }), { maxLength: 200 }), (timers) => {
        let last = 0;
        const kernel = new Kernel((kind, target) => {
          expect(kernel.now).toBeGreaterThanOrEqual(last);
          last = kernel.now;
          if (kind === 1) kernel.schedule(target as number, 2, 0);
        }, LIMITS);
        for (const timer of timers) {
          if (timer.lane) kernel.scheduleOnLane(kernel.lane(timer.delay), 1, timer.again);
          else kernel.schedule(timer.delay, 1, timer.again);
        }
        kernel.run(Infinity, Infinity);
        expect(kernel.events).toBe(timers.length * 2);
      }),
    );
  });
});
