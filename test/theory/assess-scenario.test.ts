import { describe, expect, it } from 'vitest';
import chinese from '../../src/i18n/zh/theory.json';
import english from '../../src/i18n/en/theory.json';
import { readScenario } from '../../src/model/read-scenario';
import type { Scenario } from '../../src/model/scenario';
import { theoryFor, type TheoryHints, type TheoryReport } from '../../src/theory/assess-scenario';
import { mdc } from '../../src/theory/mdc';
import { mmck } from '../../src/theory/mmc';
import { MM1, merge } from '../model/example-files';

function scenario(patch: unknown = {}): Scenario {
  const read = readScenario(merge(MM1, patch), null);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

function report(patch: unknown = {}, hints: TheoryHints = {}): TheoryReport {
  const reports = theoryFor(scenario(patch), hints);
  expect(reports).toHaveLength(1);
  for (const { key, holds } of reports[0]!.assumptions) {
    expect(english).toHaveProperty([holds ? key : `${key}.fails`]);
    expect(chinese).toHaveProperty([holds ? key : `${key}.fails`]);
  }
  expect(english).toHaveProperty([reports[0]!.modelKey]);
  return reports[0]!;
}

const server = (part: unknown): unknown => ({ components: { server: part } });
const failing = ({ assumptions }: TheoryReport): string[] =>
  assumptions.filter(({ holds }) => !holds).map(({ key }) => key.replace('theory.assume.', ''));

describe('theoryFor', () => {
  it('knows the example as M/M/1', () => {
    const example = report();
    expect(example).toMatchObject({ component: 'server', model: 'M/M/1', modelKey: 'theory.model.mm1', isApproximate: false });
    expect(example).toMatchObject({ arrivalsPerSecond: 8, capacityPerSecond: 10, growthPerSecond: undefined });
    expect(failing(example)).toEqual([]);
    const { predictions } = example;
    expect(predictions?.utilization).toBeCloseTo(0.8, 12);
    expect(predictions?.meanWaitMs).toBeCloseTo(400, 9);
    expect(predictions?.meanTMs).toBeCloseTo(500, 9);
    expect(predictions?.p95SojournMs).toBeCloseTo(1_497.866, 3);
  });

  it.each([
    [{ at: '10s', set: { 'components.server.workers': 2 } }, true],
    [{ at: '10s', set: { 'components.client.arrivals.poisson': '4/s' } }, true],
    [{ at: '10s', for: '5s', slow: { component: 'server', factor: 3 } }, true],
    [{ at: '10s', for: '5s', partition: { from: 'client', to: 'server' } }, true],
    [{ at: '10s', for: '5s', crash: 'other' }, false],
  ])('predicts nothing for a run in which %j happens to the service or its clients: %s', (fault, isDisturbed) => {
    const patch = { components: { other: { kind: 'service', work: '1ms' } }, faults: [fault] };
    const disturbed = report(patch);
    expect(failing(disturbed)).toEqual(isDisturbed ? ['steady'] : []);
    expect(disturbed.predictions === undefined).toBe(isDisturbed);
    expect(disturbed.curves === undefined).toBe(isDisturbed);
  });

  it('says of a line with a limit and too much load that it is bounded, not that the workers keep up', () => {
    const said = (part: unknown): readonly string[] => report(server(part)).assumptions.map(({ key }) => key.replace('theory.assume.', ''));
    expect(said({ waitingLimit: 9, work: { exponential: '150ms' } })).toContain('bounded');
    expect(said({ waitingLimit: 9, work: { exponential: '150ms' } })).not.toContain('stable');
    expect(said({ waitingLimit: 9 })).toContain('stable');
    expect(failing(report(server({ work: { exponential: '150ms' } })))).toContain('stable');
  });

  it('takes replicas chosen at random for separate queues, each with its share, and says so', () => {
    const reports = theoryFor(scenario({ components: { client: { arrivals: { poisson: '32/s' } }, server: { replicas: 4 } } }));
    expect(reports.map(({ component, model }) => `${component} ${model}`)).toEqual([1, 2, 3, 4].map((n) => `server#${n} M/M/1`));
    for (const { arrivalsPerSecond, predictions, assumptions } of reports) {
      expect(arrivalsPerSecond).toBe(8);
      expect(predictions?.meanTMs).toBeCloseTo(500, 9);
      expect(assumptions).toContainEqual(expect.objectContaining({ key: 'theory.assume.split', holds: true }));
    }
  });

  it.each(['round-robin', 'sticky'])('predicts nothing for replicas chosen %s', (spread) => {
    const patch = { components: { client: { arrivals: { poisson: '32/s' } }, server: { replicas: 4, spread } } };
    for (const report of theoryFor(scenario(patch))) {
      expect(failing(report)).toContain('split');
      expect(report.predictions).toBeUndefined();
    }
  });

  it('adds the links to T and thins the arrivals by what they lose', () => {
    const lossy = report({ links: [{ from: 'client', to: 'server', delay: '50ms', loss: 0.25, back: { delay: '10ms', loss: 0 } }] });
    expect(lossy.arrivalsPerSecond).toBe(6);
    expect(lossy.predictions?.meanTMs).toBeCloseTo(250 + 60, 9);
    expect(lossy.predictions?.reliability).toBeCloseTo(0.75, 12);
  });

  it.each([
    [{ workers: 3, work: { exponential: '200ms' } }, 'M/M/3'],
    [{ waitingLimit: 4 }, 'M/M/1/5'],
    [{ waitingLimit: 0, workers: 2 }, 'M/M/2/2'],
    [{ work: '100ms' }, 'M/D/1'],
    [{ work: '100ms', workers: 2 }, 'M/D/2'],
    [{ work: '100ms', workers: 2, waitingLimit: 0 }, 'M/D/2/2'],
    [{ work: { erlang: { mean: '100ms', k: 4 } } }, 'M/G/1'],
  ])('calls %j by its name and predicts', (part, model) => {
    const fresh = theoryFor(withServer(part))[0]!;
    expect(fresh.model).toBe(model);
    expect(fresh.predictions).toBeDefined();
    expect(failing(fresh)).toEqual([]);
  });

  it('asks the right formula', () => {
    expect(theoryFor(withServer({ work: '200ms', workers: 2 }))[0]?.predictions?.meanWaitMs).toBeCloseTo(
      mdc(8, 0.2, 2).meanWaitSeconds * 1_000,
      9,
    );
    const limited = theoryFor(withServer({ waitingLimit: 4 }))[0]?.predictions;
    expect(limited?.blocking).toBeCloseTo(mmck(8, 10, 1, 5).blocking, 12);
    expect(limited?.throughputPerSecond).toBeCloseTo(8 * (1 - mmck(8, 10, 1, 5).blocking), 12);
    expect(theoryFor(withServer({ work: { erlang: { mean: '200ms', k: 2 } }, workers: 2 }))[0]).toMatchObject({
      model: 'M/G/2',
      isApproximate: true,
    });
  });

  it('says how fast the line grows when the workers cannot keep up', () => {
    const overloaded = report({ components: { client: { arrivals: { poisson: '12/s' } } } });
    expect(failing(overloaded)).toEqual(['stable']);
    expect(overloaded.predictions).toBeUndefined();
    expect(overloaded.growthPerSecond).toBeCloseTo(2, 12);
    // A line that fills during the run settles: then there is a long run.
    const limited = report({ components: { client: { arrivals: { poisson: '12/s' } }, server: { waitingLimit: 100 } } });
    expect(limited.model).toBe('M/M/1/101');
    expect(limited.predictions?.blocking).toBeCloseTo(1 / 6, 6);
  });

  it('crosses out what does not hold', () => {
    const steady = theoryFor({
      ...scenario(),
      components: [{ ...scenario().components[0]!, arrivals: { kind: 'constant', perSecond: 8 } } as never, scenario().components[1]!],
    })[0]!;
    expect([failing(steady), steady.predictions]).toEqual([['poisson'], undefined]);
    const shared = report({
      components: { other: { kind: 'service', handler: 'a.ts' } },
      files: { 'a.ts': '' },
      links: [...MM1.links, { from: 'other', to: 'server' }],
    });
    expect([failing(shared), shared.predictions]).toEqual([['onlyClients'], undefined]);
    const heavy = theoryFor(withServer({ work: { pareto: { min: '10ms', alpha: 1.5 } } }))[0]!;
    expect([failing(heavy), heavy.predictions]).toEqual([['variance'], undefined]);
    const narrow = theoryFor(withServer({ work: '100ms', waitingLimit: 3 }))[0]!;
    expect([failing(narrow), narrow.predictions]).toEqual([['room'], undefined]);
  });

  it('is not made where an attacker sends too, and is where one only listens', () => {
    const attacker = (act: Record<string, unknown>) => report({ attackers: { mallory: { from: 'client', to: 'server', ...act } } });
    expect(failing(attacker({ flood: { rate: '1/s' } }))).toEqual(['onlyClients']);
    expect(attacker({}).predictions).toEqual(report().predictions);
  });

  it('is not made of a service that lets in only some', () => {
    expect(failing(report(server({ allow: [] })))).toEqual(['noPolicies']);
  });

  it('keeps the means and drops the percentiles when the last come is the first served', () => {
    expect(failing(report(server({ discipline: 'priority' })))).toEqual(['noPriorities']);
    const lifo = report(server({ discipline: 'lifo' }));
    expect(failing(lifo)).toEqual(['fifo']);
    expect(lifo.predictions).toMatchObject({ p95WaitMs: undefined, p95SojournMs: undefined });
    expect(lifo.predictions?.meanWaitMs).toBeCloseTo(400, 9);
  });

  it('needs a hint for code', () => {
    const coded = { files: { 'a.ts': '' }, components: { server: { work: null, handler: 'a.ts' } } };
    expect(failing(report(coded))).toEqual(['work']);
    expect(report(coded).predictions).toBeUndefined();
    expect(report(coded, { work: { server: { kind: 'exponential', meanMicros: 100_000 } } }).predictions?.meanWaitMs).toBeCloseTo(400, 9);
    const ticking = { files: { 'a.ts': '' }, components: { client: { calls: null, handler: 'a.ts' } } };
    expect(theoryFor(scenario(ticking))).toEqual([]);
    expect(report(ticking, { calls: { client: 'server' } }).predictions?.meanWaitMs).toBeCloseTo(400, 9);
  });

  it('has every sentence in both languages', () => {
    expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort());
  });

  it('predicts nothing about links that shape what arrives', () => {
    for (const link of [{ bandwidth: '1Mbit/s' }, { protocol: 'http2' }, { transport: 'tcp' }]) {
      const shaped = report({ links: [{ from: 'client', to: 'server', ...link }] });
      expect(failing(shaped)).toEqual(['plainLinks']);
      expect(shaped.predictions).toBeUndefined();
    }
  });
});

/** The example with a part of the service changed; `work` is replaced, not merged. */
function withServer(part: Readonly<Record<string, unknown>>): Scenario {
  const removed = merge(MM1, { components: { server: Object.fromEntries(Object.keys(part).map((key) => [key, null])) } });
  const read = readScenario(merge(removed, { components: { server: part } }), null);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}
