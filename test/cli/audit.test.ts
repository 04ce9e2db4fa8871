/** `async-lab audit` as a pipeline calls it: what it prints for people and for programs, and the status it exits with. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'async-lab-audit-'));
const ONE_SEED = ['--seeds', '1..1', '--only', 'functional'];

function scenario(name: string, loss: number): string {
  const path = join(folder, `${name}.json`);
  const file = {
    version: 1,
    title: name,
    duration: '2s',
    components: { client: { kind: 'client', arrivals: { constant: '10/s' }, calls: 'server' }, server: { kind: 'service', work: '1ms' } },
    links: [{ from: 'client', to: 'server', delay: '1ms', loss }],
  };
  writeFileSync(path, JSON.stringify(file));
  return path;
}

const sound = scenario('Sound', 0);
const lossy = scenario('Lossy', 1);

afterAll(() => rmSync(folder, { recursive: true }));

function audit(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/async-lab.js', 'audit', ...parameters], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('an audit on the command line', () => {
  it('ends with 0 when nothing fails, and does only what it is asked for', () => {
    const { status, stdout, stderr } = audit(sound, ...ONE_SEED);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [heading, , section, ...lines] = stdout.trimEnd().split('\n');
    expect(heading).toMatch(/^Sound: seeds 1 to 1, 2(\.\d+)? s each, \d+ runs$/);
    expect(section).toBe('Functional');
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line).toMatch(/^ {2}(pass|n\/a ) {2}\S/);
  });

  it('ends with 1 when something fails, and says where to look', () => {
    const { status, stdout } = audit(lossy, ...ONE_SEED);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ {2}FAIL {2}.+ \[seed 1, .+, request \d+\]$/m);
  });

  it('says the same to programs, with what it changed as JSON of its own', () => {
    const { status, stdout } = audit(lossy, ...ONE_SEED, '--json');
    expect(status).toBe(1);
    const report = JSON.parse(stdout) as Readonly<Record<string, unknown>> & { readonly findings: readonly object[] };
    expect(report).toMatchObject({ title: 'Lossy', variant: null, seeds: [1], durationMicros: 2_000_000, shortening: {} });
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        audit: 'functional',
        verdict: 'fail',
        key: 'audit.functional.lost',
        params: { count: 20, requests: 20 },
        sentence: expect.stringContaining('20') as string,
        evidence: { seed: 1, atMicros: expect.any(Number) as number, request: 1, change: {} },
      }),
    );
    for (const finding of report.findings) expect(finding).toMatchObject({ audit: 'functional', sentence: expect.stringMatching(/\S/) });
  });
});

describe('an audit that cannot be made', () => {
  it.each([
    ['seeds that are no range', [sound, '--seeds', 'all'], '--seeds needs a whole number from 0 to 4294967295, twice, like 1..20'],
    ['seeds from the last to the first', [sound, '--seeds', '3..1'], '--seeds A..B needs A ≤ B and at most 10 seeds'],
    ['too many seeds', [sound, '--seeds', '1..11'], '--seeds A..B needs A ≤ B and at most 10 seeds'],
    ['another audit', [sound, '--only', 'beauty'], 'There is no audit "beauty". There are: functional, performance, faults, security'],
    ['no file', [], 'Name one scenario file: async-lab audit FILE'],
    ['a variant that is not there', [sound, '--variant', 'faster', ...ONE_SEED], 'faster'],
  ])('is refused with a sentence: %s', (_, parameters, sentence) => {
    const { status, stdout, stderr } = audit(...parameters);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
