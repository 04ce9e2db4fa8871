/**
 * Any small scenario at all: whatever its parts and its code do, the simulator's own books must balance, twice the same run must be the
 * same run, and real XState must agree with the tables. A failure prints the scenario and its seed.
 */
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { runFile } from '../world/run-file';
import { anyScenario } from './any-scenario';

/** No scenario of these needs more; one that does has run away, which the limit turns into an early end. */
const MAX_EVENTS = 20_000;

it('any small scenario breaks no invariant, and gives the same run again and on real XState', { timeout: 300_000 }, () => {
  // XState takes an actor that is made inside another's action for a mistake; here that is how calls begin.
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  let events = 0;
  let started = 0;
  const endings = new Set<string>();
  fc.assert(
    fc.property(anyScenario, (file) => {
      const first = runFile(file, { maxEvents: MAX_EVENTS });
      const { summary } = first;
      expect(summary.violations).toEqual([]);
      const { N, Ns, failed, inFlight, failures } = summary.requests;
      expect(Ns + failed + inFlight).toBe(N);
      expect(Object.values(failures).reduce((sum, count) => sum + count, 0)).toBe(failed);
      const again = runFile(file, { maxEvents: MAX_EVENTS, keepTrace: false });
      expect(again.summary).toEqual(summary);
      const real = runFile(file, { maxEvents: MAX_EVENTS, keepTrace: false, engine: 'xstate' });
      expect(real.summary).toEqual(summary);
      events += summary.events;
      started += N;
      for (const name of Object.keys(failures)) endings.add(name);
    }),
    { numRuns: 300, seed: 20_260_730, verbose: 0 },
  );
  console.log(`300 scenarios, ${events} events, ${started} requests, endings: ${[...endings].sort().join(', ')}`);
  // The scenarios are worth something only if they meet what can go wrong.
  expect([...endings].sort()).toEqual(['RESOURCE_EXHAUSTED', 'UNAVAILABLE', 'deadline', 'error', 'lost', 'timeout']);
});
