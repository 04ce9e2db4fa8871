/** The first seeds of the swarm hold, and it catches what it should: `npm run goal:seeds` does the same with thousands. */
import { readFileSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { describe, expect, it, vi } from 'vitest';
import { bundleJudge, mutate } from './bundle-judge';
import { judge, type Judged } from './judge';
import { MUTATIONS } from './mutations';

const SEEDS = 40;
/** One for each way of being caught that is fast to show. */
const SAMPLE = ['what is lost arrives all the same', 'a consumer gets one more than its prefetch', 'all streams are one'];

describe('the swarm', () => {
  it('breaks nothing: invariants, expectations, the same run again, the same on XState, the same beside a bystander', () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const judged = Array.from({ length: SEEDS }, (_, index) => judge(index + 1));
    expect(judged.filter(({ findings }) => findings.length > 0)).toEqual([]);
    const events = judged.reduce((sum, one) => sum + one.events, 0);
    // A swarm in which nothing happens finds nothing.
    expect(events).toBeGreaterThan(10_000);
  });

  it('knows faults that the code can still have', () => {
    for (const mutation of MUTATIONS) expect(mutate(readFileSync(mutation.file, 'utf8'), mutation)).toContain(mutation.to);
    expect(MUTATIONS.length).toBeGreaterThanOrEqual(25);
    expect(() => mutate('one one', { name: 'rotten', file: 'f', from: 'one', to: 'two' })).toThrow('2 times');
  });

  it.each(SAMPLE)('catches a deliberate fault: %s', async (name) => {
    const { folder, path } = await bundleJudge(
      rolldown,
      MUTATIONS.find((mutation) => mutation.name === name),
    );
    const { judge: judgeFaulty } = (await import(pathToFileURL(path).href)) as { judge: (seed: number) => Judged };
    rmSync(folder, { recursive: true });
    let findings: Judged['findings'] = [];
    for (let seed = 1; seed <= SEEDS && findings.length === 0; seed++) findings = judgeFaulty(seed).findings;
    expect(findings).not.toEqual([]);
  });
});
