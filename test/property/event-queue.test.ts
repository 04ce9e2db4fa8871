import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BinaryHeap } from '../../src/sim/binary-heap';
import type { EventQueue } from '../../src/sim/event-queue';
import { LadderQueue } from '../../src/sim/ladder-queue';
import { Streams } from '../../src/sim/streams';

interface Entry {
  time: number;
  seq: number;
  slot: number;
}

/** The meaning of a queue, said as plainly as possible. */
class SortedList implements EventQueue {
  private readonly entries: Entry[] = [];
  get size(): number {
    return this.entries.length;
  }
  push(time: number, seq: number, slot: number): void {
    this.entries.push({ time, seq, slot });
    this.entries.sort((left, right) => left.time - right.time || left.seq - right.seq);
  }
  pop(): number {
    return this.entries.shift()?.slot ?? -1;
  }
  peekTime(): number {
    return this.entries[0]?.time ?? Infinity;
  }
  peekSeq(): number {
    return this.entries[0]?.seq ?? -1;
  }
}

/** Pushes and pops as told, the same on each queue; a push is a delay after the last popped time, a pop is −1. */
function transcript(queue: EventQueue, steps: readonly number[], seqs: readonly number[]): string[] {
  const lines: string[] = [];
  const free: number[] = [];
  let now = 0;
  let slots = 0;
  steps.forEach((step, index) => {
    if (step >= 0) queue.push(now + step, seqs[index]!, free.pop() ?? slots++);
    else if (queue.size > 0) {
      now = queue.peekTime();
      lines.push(`${now} ${queue.peekSeq()}`);
      free.push(queue.pop());
    }
  });
  while (queue.size > 0) lines.push(`${queue.peekTime()} ${queue.peekSeq()} ${queue.pop()}`);
  lines.push(`${queue.pop()} ${queue.peekTime()} ${queue.peekSeq()}`);
  return lines;
}

const QUEUES: [string, () => EventQueue][] = [
  ['binary heap', () => new BinaryHeap()],
  ['ladder', () => new LadderQueue()],
];

describe.each(QUEUES)('%s', (_name, create) => {
  it('pops what a sorted list pops, with seqs in any order', () => {
    const step = fc.oneof({ weight: 2, arbitrary: fc.integer({ min: 0, max: 5 }) }, fc.integer({ min: 0, max: 1e9 }), {
      weight: 2,
      arbitrary: fc.constant(-1),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'max' }), fc.boolean(), (steps, backwards) => {
        const seqs = steps.map((_, index) => (backwards ? steps.length - index : index));
        expect(transcript(create(), steps, seqs)).toEqual(transcript(new SortedList(), steps, seqs));
      }),
      { numRuns: 200 },
    );
  });

  it('is empty at first, and says so', () => {
    const queue = create();
    expect([queue.size, queue.pop(), queue.peekTime(), queue.peekSeq()]).toEqual([0, -1, Infinity, -1]);
  });
});

describe('both queues give one order in large runs', () => {
  const hold = (queue: EventQueue, size: number, delay: (uniform: number, word: number) => number): number => {
    const chance = new Streams(size).stream('hold');
    let seq = 0;
    let digest = 0;
    let last = 0;
    // Some entries come in late with a seq given early, as the first timers of lanes do.
    const kept: { time: number; seq: number; slot: number }[] = [];
    for (let slot = 0; slot < size; slot++) queue.push(delay(chance.uniform(), chance.nextUint32()), seq++, slot);
    for (let step = 0; step < 20_000; step++) {
      const time = queue.peekTime();
      const order = queue.peekSeq();
      const slot = queue.pop();
      if (time < last) throw new Error('time ran back');
      last = time;
      digest = (Math.imul(digest ^ slot, 0x01000193) + (order | 0)) | 0;
      const entry = { time: time + delay(chance.uniform(), chance.nextUint32()), seq: seq++, slot };
      if (chance.uniform() < 0.05) kept.push(entry);
      else queue.push(entry.time, entry.seq, entry.slot);
      const early = kept[0];
      if (early && (kept.length > 20 || queue.size < size / 2 || early.time <= queue.peekTime())) {
        kept.shift();
        queue.push(Math.max(early.time, last), early.seq, early.slot);
      }
    }
    return digest;
  };
  const delays: Record<string, (uniform: number, word: number) => number> = {
    uniform: (uniform) => Math.round(uniform * 1e6),
    bimodal: (uniform, word) => Math.round(uniform * (word % 10 === 0 ? 1e8 : 1e4)),
    constant: () => 1_000,
    ties: (_, word) => word % 10,
    zeros: (_, word) => (word % 4 === 0 ? 1 : 0),
    'heavy tail': (uniform) => Math.round(1 / (uniform * uniform)),
  };
  for (const size of [3, 100, 5_000]) {
    it.each(Object.keys(delays))(`${size} pending, %s`, (name) => {
      expect(hold(new LadderQueue(), size, delays[name]!)).toBe(hold(new BinaryHeap(), size, delays[name]!));
    });
  }
});
