/**
 * The small size of the table of theory; `npm run goal:theory` runs the large one. With so many intervals of 99.9 % some miss by chance:
 * as many as the binomial distribution allows. An identity or a bound never does.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readScenario } from '../../../src/model/read-scenario';
import { theoryFor } from '../../../src/theory/assess-scenario';
import { bundledThreads, type BundledThreads } from '../bundled-threads';
import { compareTable, lineOf, type Job, type Measured } from './compare';
import { binomialQuantile } from './binomial';
import { engset, meanValueAnalysis, repairmen } from './finite-sources';
import { dealtRoot, supermarket, supermarketOf, twoLines } from './several-lines';
import { TABLE } from './table';

let bundled: BundledThreads<Job, Measured>;

beforeAll(async () => {
  bundled = await bundledThreads('test/theory/table/thread.ts');
});
afterAll(() => bundled.close());

describe('the table of theory', { timeout: 300_000 }, () => {
  it('agrees with the simulator', async () => {
    const verdict = await compareTable({ seeds: 12, times: 0.5 }, (job) => bundled.threads.ask(job));
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

describe('the page', () => {
  it('predicts what the table says of a station', () => {
    let compared = 0;
    for (const { name, loads } of TABLE) {
      for (const { at, file, seconds, comparisons } of loads) {
        const read = readScenario({ version: 1, duration: `${seconds}s`, ...file }, null);
        if (!read.ok) throw new Error(`${name}, ${at}: ${JSON.stringify(read.problems)}`);
        const [report] = theoryFor(read.value);
        if (!report?.predictions || report.isApproximate || report.component !== 'server') continue;
        const { meanInSystem, meanWaiting, meanWaitMs, meanSojournMs, blocking, throughputPerSecond } = report.predictions;
        const said: Readonly<Record<string, number>> = {
          L: meanInSystem,
          Lq: meanWaiting,
          'mean wait in ms': meanWaitMs,
          'mean sojourn in ms': meanSojournMs,
          'share refused': blocking,
          Q: throughputPerSecond,
        };
        for (const { what, expected } of comparisons) {
          if (said[what] === undefined) continue;
          compared++;
          expect(Math.abs(said[what] - expected), `${name}, ${at}: ${what} ${said[what]}, table ${expected}`).toBeLessThan(
            1e-4 * expected + 1e-4,
          );
        }
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});

describe('formulas beside the table', () => {
  it('have the published values of two choices', () => {
    // M. Mitzenmacher 2001, table 1, predictions.
    const published = { 0.5: 1.2657, 0.7: 1.6145, 0.9: 2.6141, 0.95: 3.383, 0.99: 5.432 };
    for (const [load, sojourn] of Object.entries(published)) expect(supermarket(Number(load), 2)).toBeCloseTo(sojourn, 4);
    // N. Gast, B. Van Houdt 2017: mean number at each of ten and of twenty servers with load 0.9.
    expect(0.9 * supermarketOf(10, 0.9)).toBeCloseTo(2.7513, 4);
    expect(0.9 * supermarketOf(20, 0.9)).toBeCloseTo(2.552, 4);
  });

  it('meet each other where they speak of the same', () => {
    expect(dealtRoot(1, 0.8)).toBeCloseTo(0.8, 9); // M/M/1
    expect(twoLines(0.7, 0.5)).toBeCloseTo(1 / 0.3, 4); // Either line alike: two M/M/1.
    for (const users of [1, 5, 20]) {
      const [one, other] = [repairmen(users, 1, 0.1, 1), meanValueAnalysis([0.1], 1, users)];
      expect(one.perSecond).toBeCloseTo(other.perSecond, 9);
      expect(one.responseSeconds).toBeCloseTo(other.responseSeconds, 9);
    }
    // Many users who seldom ask are a Poisson stream: Erlang B of one erlang and three workers, 1/16.
    expect(engset(100_000, 100_000, 1, 3).call).toBeCloseTo(1 / 16, 4);
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
