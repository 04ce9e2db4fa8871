/** `async-lab sweep` as a script calls it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../src/model/summary';

const folder = mkdtempSync(join(tmpdir(), 'async-lab-sweep-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SCENARIO = {
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

function cli(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/async-lab.js', ...parameters], {
    encoding: 'utf8',
    input: JSON.stringify(SCENARIO),
  });
  return { status, stdout, stderr };
}

describe('async-lab sweep', () => {
  it('runs all combinations over the same seeds: each run is the one that `run` gives for the scenario with these values', () => {
    const csv = join(folder, 'sweep.csv');
    const sets = ['--set', 'components.client.arrivals.poisson=4/s..8/s:4/s', '--set', 'components.server.workers=1,2'];
    const { status, stdout } = cli('sweep', '-', ...sets, '--seeds', '7..8', '--variant', 'slow', '--json', '--csv', csv);
    expect(status).toBe(0);
    const { points } = JSON.parse(stdout) as { points: { set: Record<string, unknown>; runs: RunSummary[] }[] };
    expect(points.map(({ set }) => Object.values(set))).toEqual([
      ['4/s', 1],
      ['4/s', 2],
      ['8/s', 1],
      ['8/s', 2],
    ]);
    const [alone] = [JSON.parse(cli('run', '-', '--variant', 'slow', '--json').stdout) as RunSummary];
    expect(points[2]!.runs[0]).toEqual(alone);
    expect(new Set(points.flatMap(({ runs }) => runs.map(({ digest }) => digest))).size).toBe(8);

    const [names, ...rows] = readFileSync(csv, 'utf8')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(rows).toHaveLength(8);
    expect(Object.fromEntries(names!.map((name, column) => [name, rows[4]![column]]))).toMatchObject({
      'components.client.arrivals.poisson': '8/s',
      seed: '7',
      digest: alone.digest,
      'requests.T.meanMs': String(alone.requests.T.meanMs),
      'links[0].sent': String(alone.links[0]!.sent),
    });
  });

  it('prints a line for each combination, and refuses what cannot be run with its place and value', () => {
    const table = cli('sweep', '-', '--set', 'components.server.workers=1..3:1').stdout.trim().split('\n');
    expect(table).toHaveLength(1 + 1 + 3);
    expect(table[0]).toBe('M/M/1: 3 points, seed 7');
    const bad = cli('sweep', '-', '--set', 'links[0].loss=0,2');
    expect(bad).toMatchObject({ status: 1, stdout: '' });
    expect(bad.stderr).toContain('with links[0].loss=2: links[0].loss: 2 should be a number from 0 to 1');
  });
});
