/** The invariants of topics fire on records that break them, and hold for those that do not. */
import { describe, expect, it } from 'vitest';
import { LogBalance } from '../../src/metrics/log-balance';
import { RecordKind, type Place } from '../../src/model/trace';

const placesOf = (skips: boolean): readonly Place[] => [
  { kind: 'topic', id: 'log', partitions: 1, copies: 1, groups: ['g'], skipsKept: [skips], keeps: true },
];

type Step = readonly [kind: keyof typeof RecordKind, subject: number, value?: number];

/** What is reported of these records of partition 0, which is also the slot 0, and of so many arrivals. */
function findings(steps: readonly Step[], arrivals = steps.filter(([kind]) => kind === 'appended').length, skips = false): string[] {
  const found: string[] = [];
  const balance = new LogBalance(placesOf(skips), (invariant) => void found.push(invariant));
  for (const [at, [kind, subject, value = 0]] of steps.entries()) {
    if (kind === 'delivered') balance.delivered(0, 0, subject, value, at);
    else balance.take(RecordKind[kind], 0, 0, subject, value, at);
  }
  balance.balance(0, arrivals, steps.length, 0);
  return found;
}

const COPIED: readonly Step[] = [
  ['leaderElected', 1],
  ['appended', 0],
  ['appended', 1],
  ['highWatermark', 1, 1],
  ['assigned', 5, 0],
  ['delivered', 0],
];

describe('the books of a topic', () => {
  it('hold for a leader that fails, cleanly and uncleanly', () => {
    expect(findings([...COPIED, ['truncated', 1, 1], ['appended', 1], ['highWatermark', 2, 1], ['handled', 0], ['delivered', 1]])).toEqual(
      [],
    );
    expect(
      findings([...COPIED, ['truncated', 0, 2], ['highWatermark', 0], ['appended', 0], ['highWatermark', 1, 1], ['delivered', 0]]),
    ).toEqual([]);
  });

  it('let a reader hand over what it had fetched before the log was cut off, and then go back to the cut', () => {
    const cut: readonly Step[] = [...COPIED, ['truncated', 1, 1], ['handled', 0]];
    const later: readonly Step[] = [
      ['appended', 1],
      ['appended', 2],
      ['highWatermark', 3, 2],
    ];
    const [before, after] = [100, 0];
    expect(findings([...cut, ['delivered', 1, before], ['handled', 1], ...later, ['delivered', 1, after]])).toEqual([]);
    expect(findings([...cut, ['delivered', 1, before], ['handled', 1], ...later, ['delivered', 2, after]])).toEqual([]);
    const wrong = ['the order inside a partition'];
    // It was never there; it is before the cut and was handled; it is new, and the one before it is left out.
    expect(findings([...cut, ['delivered', 1, after]])).toEqual(wrong);
    expect(findings([...cut, ['delivered', 1, before], ['handled', 1], ...later, ['delivered', 0, after]])).toEqual(wrong);
    expect(findings([...cut, ...later, ['delivered', 2, after]])).toEqual(wrong);
  });

  it.each<[string, string, readonly Step[]]>([
    [
      'a record above the high watermark is read',
      'the order inside a partition',
      [
        ['handled', 0],
        ['delivered', 1],
      ],
    ],
    ['the high watermark falls', 'the high watermark rises', [['highWatermark', 0]]],
    ['the high watermark is beyond the end', 'the high watermark rises', [['highWatermark', 3, 2]]],
    ['an offset is given twice', 'offsets are dense', [['appended', 1]]],
    ['more is cut off than is said', 'appended = kept + expired', [['truncated', 0, 1]]],
    ['a second reader comes before the first has gone', 'one reader for a partition', [['assigned', 6, 0]]],
    ['what was never there is committed', 'committed ≤ appended', [['offsetCommitted', 3, 3]]],
  ])('show when %s: %s', (_, invariant, steps) => {
    expect(findings([...COPIED, ...steps])).toEqual([invariant]);
  });

  it('let a reader whose place has expired skip what is kept only if its group does', () => {
    const expired: readonly Step[] = [
      ...Array.from({ length: 6 }, (_, offset): Step => ['appended', offset]),
      ['assigned', 5, 0],
      ['delivered', 0],
      ['handled', 0],
      ['recordsExpired', 3, 3],
    ];
    for (const skips of [true, false]) expect(findings([...expired, ['delivered', 3]], 6, skips)).toEqual([]);
    expect(findings([...expired, ['delivered', 5]], 6, true)).toEqual([]);
    expect(findings([...expired, ['delivered', 5]], 6, false)).toEqual(['the order inside a partition']);
  });

  it('show a publish that came and is nowhere', () => {
    expect(findings(COPIED, 3)).toEqual(['arrivals = appended + refused']);
    expect(findings([...COPIED, ['duplicateDropped', 0, 7]], 3)).toEqual([]);
  });
});
