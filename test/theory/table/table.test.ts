/**
 * The small size of the table of theory; `npm run goal:theory` runs the large one. With so many intervals of 99.9 % some miss by chance:
 * as many as the binomial distribution allows. An identity or a bound never does.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledThreads, type BundledThreads } from '../bundled-threads';
import { compareTable, lineOf, type Job, type Measured } from './compare';
import { binomialQuantile } from './binomial';
import { TABLE } from './table';

let bundled: BundledThreads<Job, Measured>;

beforeAll(async () => {
  bundled = await bundledThreads('test/theory/table/thread.ts');
});
afterAll(() => bundled.close());

describe('the table of theory', { timeout: 300_000 }, () => {
  it('agrees with the simulator', async () => {
    const verdict = await compareTable({ seeds: 16, times: 1 }, (job) => bundled.threads.ask(job));
    console.log(
      `${TABLE.length} rows, ${verdict.byInterval} comparisons by interval, ${verdict.missed.length} of ${verdict.allowed} misses`,
    );
    for (const missed of verdict.missed) console.log(lineOf(missed));
    expect(verdict.broken.map(lineOf)).toEqual([]);
    expect(verdict.missed.length, verdict.missed.map(lineOf).join('\n')).toBeLessThanOrEqual(verdict.allowed);
  });

  it('has names that tell its rows and loads apart, since seeds come from them', () => {
    const names = TABLE.flatMap(({ name, loads }) => loads.map(({ at }) => `${name} ${at}`));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('binomialQuantile', () => {
  it('is the quantile of the definition', () => {
    expect(binomialQuantile(3, 0.5, 0.5)).toBe(1);
    expect(binomialQuantile(3, 0.5, 0.88)).toBe(3);
    expect(binomialQuantile(1_000, 0.001, 0.999)).toBe(5); // Poisson(1): P(X ≤ 4) = 0.9963, P(X ≤ 5) = 0.9994.
    expect(binomialQuantile(1, 0.001, 0.999)).toBe(0);
  });
});
