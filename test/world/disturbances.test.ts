/** Links that misbehave: by their own parameters, and while a fault is on. */
import { describe, expect, it } from 'vitest';
import { meanInterval } from '../../src/metrics/interval';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { logOf, recordsOf, rowsOf, runFile } from './run-file';
import { CALLED, coded, queued } from './scenarios';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const BUSY = merge(CALLED, { duration: '200s', components: { client: { arrivals: { list: null, poisson: '20/s' } }, server: { workers: 100 } } });
const link = (parameters: Readonly<Record<string, unknown>>) => ({ links: [{ from: 'client', to: 'server', delay: '20ms', ...parameters }] });
const ends = { from: 'client', to: 'server' };

/** Asserts that the mean of a number over the seeds is what it should be, at 99.9 %. */
function expectMean(file: unknown, expected: number, width: number, pick: (lane: ReturnType<typeof runFile>) => number): void {
  const { low, high } = meanInterval(
    SEEDS.map((seed) => {
      const lane = runFile(file, { seed, keepTrace: false });
      expect(lane.summary.violations).toEqual([]);
      return pick(lane);
    }),
    0.999,
  );
  expect(low).toBeLessThan(expected);
  expect(high).toBeGreaterThan(expected);
  expect(high - low).toBeLessThan(width);
}

describe('a partition', () => {
  it('loses what is sent while it lasts, both ways, and nothing else', () => {
    const file = merge(CALLED, {
      components: { client: { arrivals: { list: ['1s', '1100ms', '1300ms'] } }, server: { workers: 9 } },
      faults: [{ at: '1090ms', for: '100ms', partition: ends }],
    });
    // The first reply is sent at 1120, the second request at 1100: both are in the window.
    expect(rowsOf(runFile(file))).toMatchObject([{ outcome: 'lost', endedMs: 1_120 }, { outcome: 'lost', endedMs: 1_100 }, { outcome: 'ok' }]);
  });

  it('one way lets the other way through, whichever end is named first', () => {
    const cut = (from: string, to: string) => merge(CALLED, { faults: [{ at: '0ms', partition: { from, to, oneWay: true } }] });
    expect(rowsOf(runFile(cut('client', 'server')))).toMatchObject([{ outcome: 'lost', endedMs: 1_000 }]);
    expect(rowsOf(runFile(cut('server', 'client')))).toMatchObject([{ outcome: 'lost', endedMs: 1_120 }]);
  });

  it('of a quarter of the time leaves R at what was sent outside of it', () => {
    // A request lives if neither its sending nor its reply 120 ms later falls into the window of 50 s.
    expectMean(merge(BUSY, { faults: [{ at: '100s', for: '50s', partition: ends }] }), 1 - 50.12 / 199.95, 0.012, ({ summary }) => summary.requests.R!);
  });
});

it('a crash leaves R at one minus the downtime, and what it had in hand', () => {
  const file = merge(BUSY, { faults: [{ at: '40s', for: '20s', crash: 'server' }] });
  // Arrivals within the downtime are refused, those up to 100 ms before it are lost.
  expectMean(file, 1 - 20.1 / 200, 0.012, ({ summary }) => summary.requests.R!);
});

describe('loss', () => {
  it('adds to the loss of the link, each by itself', () => {
    const file = merge(merge(BUSY, link({ loss: 0.1 })), { faults: [{ at: '0ms', loss: { ...ends, probability: 0.2 } }] });
    expectMean(file, 0.72 ** 2, 0.015, ({ summary }) => summary.requests.R!);
  });

  it('leaves the luck of the link as it was', () => {
    const lostOf = (file: unknown): number[] => recordsOf(runFile(file), RecordKind.messageLost).map(({ request }) => request);
    const base = merge(merge(BUSY, link({ loss: 0.1, back: { loss: 0 } })), { duration: '20s' });
    const faulty = merge(base, { faults: [{ at: '5s', for: '5s', loss: { ...ends, oneWay: true, probability: 0.5 } }] });
    const [before, after] = [lostOf(base), lostOf(faulty)];
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after.length).toBeGreaterThan(before.length);
  });
});

describe('duplicates', () => {
  it('are so many, and each is served', () => {
    expectMean(merge(BUSY, link({ duplicate: 0.25, back: { duplicate: 0 } })), 1.25, 0.03, ({ summary }) => {
      const [forth] = summary.links;
      expect(forth!.sent + forth!.duplicated).toBe(forth!.delivered + forth!.inFlight);
      return forth!.delivered / forth!.sent;
    });
  });

  it('of a send are two messages of a queue, of which both are handled', () => {
    const file = merge(queued(`await ctx.send('jobs', 7).accepted`, `ctx.log(message.id, message.body)`), {
      faults: [{ at: '0ms', duplicate: { from: 'client', to: 'jobs', probability: 1 } }],
    });
    const lane = runFile(file);
    expect(logOf(lane)).toEqual(['1 7', '2 7']);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', heldMs: 20 }]);
    expect(lane.summary.violations).toEqual([]);
  });
});

describe('order', () => {
  const deliveries = (file: unknown): number[] => recordsOf(runFile(file), RecordKind.workerTaken).map(({ request }) => request);
  const sorted = (list: readonly number[]): number[] => [...list].sort((one, other) => one - other);
  const jumbled = merge(merge(BUSY, link({ delay: { uniform: ['10ms', '500ms'] } })), { duration: '20s' });

  it('is kept by a link that keeps it', () => {
    const kept = deliveries(merge(jumbled, link({ delay: { uniform: ['10ms', '500ms'] }, order: 'keep' })));
    expect(kept).toEqual(sorted(kept));
    expect(deliveries(jumbled)).not.toEqual(sorted(deliveries(jumbled)));
  });

  it('is lost on a link of constant delay while messages are held back', () => {
    const constant = merge(BUSY, { duration: '20s' });
    expect(deliveries(constant)).toEqual(sorted(deliveries(constant)));
    const file = merge(constant, { faults: [{ at: '5s', for: '5s', reorder: { ...ends, oneWay: true, probability: 0.3, by: '200ms' } }] });
    const order = deliveries(file);
    expect(order).not.toEqual(sorted(order));
    const delays = recordsOf(runFile(file), RecordKind.messageSent).map(({ timeMicros, value }) => value - timeMicros);
    expect(sorted([...new Set(delays)])).toEqual([20_000, 30_000, 220_000]);
  });
});

describe('a slow link', () => {
  it('takes longer by its factor and by what is added', () => {
    const file = merge(CALLED, { faults: [{ at: '0ms', slow: { ...ends, factor: 3, add: '5ms' } }] });
    expect(rowsOf(runFile(file))).toMatchObject([{ tr: 65, tp: 95, ts: 100 }]);
  });
});

describe('a damaged message', () => {
  it('that is a request is answered with DATA_LOSS', () => {
    const file = merge(coded(`try { await ctx.call('server') } catch (error) { ctx.log(error.status, ctx.now) }`), {
      faults: [{ at: '0ms', corrupt: { ...ends, oneWay: true, probability: 1 } }],
    });
    const lane = runFile(file);
    expect(logOf(lane)).toEqual(['DATA_LOSS 1050']);
    expect(lane.summary.components['server']).toMatchObject({ arrivals: 1, refused: 1 });
    expect(lane.summary.links[0]).toMatchObject({ delivered: 1, corrupted: 1 });
    expect(lane.summary.violations).toEqual([]);
  });

  it('that is a reply fails the call, and a retry gets it', () => {
    const call = coded(`await ctx.call('server', {}, { retry: { attempts: 2 } })`);
    const file = merge(call, { faults: [{ at: '0ms', for: '1200ms', corrupt: { from: 'server', to: 'client', oneWay: true, probability: 1 } }] });
    expect(rowsOf(runFile(file))).toMatchObject([{ outcome: 'ok', endedMs: 1_300 }]);
  });

  it('of a queue goes back to it', () => {
    const file = merge(queued(`await ctx.send('jobs', 1, { replyTo: 'replies' }).reply`, `ctx.reply(1)`), {
      faults: [{ at: '0ms', for: '1040ms', corrupt: { from: 'jobs', to: 'worker', oneWay: true, probability: 1 } }],
    });
    const lane = runFile(file);
    expect(lane.summary.components['jobs']).toMatchObject({ redelivered: 2, completions: 1 });
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok' }]);
    expect(lane.summary.violations).toEqual([]);
  });
});
