/** `async-lab run` as a script calls it: what it prints, where problems go, and the status it exits with. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../src/model/summary';

const folder = mkdtempSync(join(tmpdir(), 'async-lab-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

const GOOD = {
  version: 1,
  title: 'M/M/1',
  seed: 7,
  duration: '60s',
  components: {
    client: { kind: 'client', arrivals: { poisson: '8/s' }, calls: 'server' },
    server: { kind: 'service', workers: 1, work: { exponential: '100ms' } },
  },
  links: [{ from: 'client', to: 'server' }],
  variants: { slow: { links: [{ from: 'client', to: 'server', delay: '50ms' }] } },
};

function written(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function run(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/async-lab.js', 'run', ...parameters], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const good = written('good.json', GOOD);

describe('what is bad ends with 1 and a sentence on stderr, with its path', () => {
  const server = { kind: 'service', workers: 0, work: { exponential: '100ms' } };
  it.each<[string, unknown, string]>([
    ['a seed out of range', { ...GOOD, seed: -1 }, 'seed: -1 should be a whole number from 0 to 4,294,967,295.'],
    ['no workers', { ...GOOD, components: { ...GOOD.components, server } }, 'components.server.workers: 0 should be a whole number from 1'],
    ['too much loss', { ...GOOD, links: [{ from: 'client', to: 'server', loss: 2 }] }, 'links[0].loss: 2 should be'],
    ['a word that is not known', { ...GOOD, colour: 'red' }, 'colour: “colour” is not known here.'],
    ['an unknown target', { ...GOOD, links: [{ from: 'client', to: 'nobody' }] }, 'links[0].to: There is no component named “nobody”.'],
    ['no JSON', '{', 'is not JSON'],
    [
      'code with the clock of the machine',
      {
        ...GOOD,
        components: { ...GOOD.components, server: { kind: 'service', handler: 'a.ts' } },
        files: { 'a.ts': 'export function onRequest() {\n  return Date.now();\n}' },
      },
      'a.ts:2:10: “Date” does not exist in virtual time. Use ctx.now.',
    ],
  ])('%s', (_what, file, sentence) => {
    const { status, stdout, stderr } = run(written('bad.json', file), '--json');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each([
    [['none.json'], 'none.json cannot be read'],
    [[good, '--variant', 'fast'], 'There is no variant named “fast”.'],
    [[good, '--seed', '-3'], "Option '--seed' argument is ambiguous."],
    [[good, '--seed', '4294967296'], '--seed needs a whole number from 0 to 4294967295'],
    [[good, '--seeds', '5..1'], '--seeds A..B needs A ≤ B'],
    [[good, '--frob'], "Unknown option '--frob'. `async-lab --help`"],
    [[good, '--trace', join(folder, 'no/such/folder')], 'cannot be written'],
    [[good, '--max-events', '100'], 'after 100 events, the limit of one run'],
  ])('%j', (parameters, sentence) => {
    const { status, stderr } = run(...parameters);
    expect(status).toBe(1);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('what is good ends with 0', () => {
  it('says its numbers in the units of their names, and that they belong together', () => {
    const { status, stdout, stderr } = run(good, '--json', '--variant', 'slow');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { requests, components, links, ...run1 } = JSON.parse(stdout) as RunSummary;
    expect(run1).toMatchObject({ title: 'M/M/1', variant: 'slow', seed: 7, durationMs: 60_000, violations: [] });
    const { T, N, Ns, failed, inFlight, QPerSecond, R } = requests;
    expect(N).toBe(Ns + failed + inFlight);
    expect([R, QPerSecond]).toEqual([1, Ns / 60]);
    expect(T.TrMs! + T.TdMs! + T.TsMs! + T.TpMs!).toBeCloseTo(T.meanMs!, 6);
    expect([T.TrMs, T.TpMs, requests.heldMeanMs]).toEqual([50, 50, T.meanMs]);
    expect(components['server']).toMatchObject({ kind: 'service', refused: 0 });
    for (const { sent, delivered, lost, inFlight } of links) expect(sent).toBe(delivered + lost + inFlight);
  });

  it('gives means and half-widths of 95 % intervals over seeds: Student, two degrees of freedom', () => {
    const { status, stdout } = run(good, '--json', '--seeds', '1..3');
    expect(status).toBe(0);
    const { runs, mean, ci95 } = JSON.parse(stdout) as { runs: RunSummary[]; mean: RunSummary; ci95: RunSummary };
    expect(runs.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    const values = runs.map(({ requests }) => requests.T.meanMs!);
    const average = (values[0]! + values[1]! + values[2]!) / 3;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / 2);
    expect(mean.requests.T.meanMs).toBeCloseTo(average, 9);
    expect(ci95.requests.T.meanMs).toBeCloseTo((4.30265 * deviation) / Math.sqrt(3), 2);
  });

  it('writes every record of the trace as a line, in order of time', () => {
    const path = join(folder, 'trace.jsonl');
    expect(run(good, '--trace', path).status).toBe(0);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const records = lines.map((line) => JSON.parse(line) as { readonly tMs: number; readonly kind: string; readonly place: string });
    expect(records.length).toBeGreaterThan(2_000);
    expect(records.every(({ tMs }, index) => tMs >= (records[index - 1]?.tMs ?? 0))).toBe(true);
    for (const { kind, place } of records) expect([typeof kind, typeof place]).toEqual(['string', 'string']);
  });

  it('says how it is used, behind any command', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('async-lab run FILE [options]');
  });
});
