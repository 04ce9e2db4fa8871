/** Whatever goes wrong in a scenario, the simulator's own books balance, and the same faults give the same run. */
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { merge } from '../model/example-files';
import { runFile } from '../world/run-file';
import { anyFaults, anyLinkTrouble } from './any-faults';
import { anyScenario } from './any-scenario';

const MAX_EVENTS = 20_000;

it('any faults break no invariant, and give the same run again and on real XState', { timeout: 120_000 }, () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const met = new Set<string>();
  fc.assert(
    fc.property(anyScenario, anyFaults, anyLinkTrouble, (base, faults, trouble) => {
      const { links } = base as { links: { from: string; to: string }[] };
      // The list of faults names the links from one end or the other.
      const file = merge(base, { faults, links: links.map((link, index) => (index % 3 === 0 ? { ...link, ...trouble } : link)) });
      const { summary } = runFile(file, { maxEvents: MAX_EVENTS });
      expect(summary.violations).toEqual([]);
      expect(runFile(file, { maxEvents: MAX_EVENTS, keepTrace: false }).summary).toEqual(summary);
      expect(runFile(file, { maxEvents: MAX_EVENTS, keepTrace: false, engine: 'xstate' }).summary).toEqual(summary);
      for (const [kind, count] of Object.entries(countsOf(summary))) if (count > 0) met.add(kind);
    }),
    { numRuns: 80, seed: 20_261_123, verbose: 0 },
  );
  expect([...met].sort()).toEqual(['UNAVAILABLE', 'abandoned', 'corrupted', 'duplicated', 'lost']);
});

function countsOf({ links, components, requests }: ReturnType<typeof runFile>['summary']): Record<string, number> {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    duplicated: sum(links.map(({ duplicated }) => duplicated)),
    corrupted: sum(links.map(({ corrupted }) => corrupted)),
    abandoned: sum(Object.values(components).map((component) => ('abandoned' in component ? component.abandoned : 0))),
    lost: requests.failures['lost'] ?? 0,
    UNAVAILABLE: requests.failures['UNAVAILABLE'] ?? 0,
  };
}
