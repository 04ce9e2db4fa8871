import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/model/problem';
import { readScenario, variantNames } from '../../src/model/read-scenario';
import { MM1, QUEUED, merge } from './example-files';

function problemsOf(file: unknown, variant: string | null = null): readonly Problem[] {
  const read = readScenario(file, variant);
  return read.ok ? [] : read.problems;
}

/** Each problem as `path key`. */
function findings(file: unknown, variant: string | null = null): string[] {
  return problemsOf(file, variant).map((item) => `${item.path} ${item.key.replace('problem.', '')}`);
}

describe('a good file', () => {
  it('reads the example of the semantics page with its units and defaults', () => {
    expect(readScenario(MM1, null)).toEqual({
      ok: true,
      value: {
        title: 'M/M/1',
        seed: 7,
        durationMicros: 2_000_000_000,
        warmupMicros: 200_000_000,
        deadlineMicros: undefined,
        components: [
          {
            kind: 'client',
            id: 'client',
            at: undefined,
            arrivals: { kind: 'poisson', perSecond: 8 },
            calls: 'server',
            bodyBytes: 0,
            handler: undefined,
            policies: [],
            secrets: {},
            priority: 0,
            background: false,
          },
          {
            kind: 'service',
            id: 'server',
            at: undefined,
            replicas: 1,
            spread: 'random',
            startMicros: 0,
            stopMicros: 30_000_000,
            idleMicros: undefined,
            workers: 1,
            waitingLimit: 1_000_000,
            discipline: 'fifo',
            threads: 'blocking',
            work: { kind: 'exponential', meanMicros: 100_000 },
            bodyBytes: 0,
            handler: undefined,
            policies: [],
            secrets: {},
            allow: undefined,
            identity: 'claimed',
          },
        ],
        links: [
          {
            from: 'client',
            to: 'server',
            forth: { delay: { kind: 'constant', micros: 0 }, loss: 0, duplicate: 0, corrupt: 0, order: 'any' },
            back: { delay: { kind: 'constant', micros: 0 }, loss: 0, duplicate: 0, corrupt: 0, order: 'any' },
          },
        ],
        policies: {},
        attackers: [],
        faults: [],
        alerts: [],
        tracing: undefined,
        liveChanges: [],
        files: {},
      },
    });
  });

  it('applies a variant and names the variants', () => {
    expect(variantNames(MM1)).toEqual(['slow link']);
    const read = readScenario(MM1, 'slow link');
    expect(read.ok && read.value.links[0]?.forth.delay).toEqual({ kind: 'constant', micros: 50_000 });
    expect(read.ok && read.value.links[0]?.back.delay).toEqual({ kind: 'constant', micros: 50_000 });
  });

  it('reads queues, handlers, closed clients, positions and the way back', () => {
    const read = readScenario(QUEUED, null);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const [client, queue, service] = read.value.components;
    expect(client).toMatchObject({
      arrivals: { kind: 'closed', users: 5, thinkTime: { kind: 'uniform', lowMicros: 1_000_000, highMicros: 3_000_000 } },
      handler: 'hello.ts',
    });
    expect(queue).toEqual({
      kind: 'queue',
      id: 'inbox',
      at: [120, 80.5],
      capacity: 1_000_000,
      overflow: 'drop-oldest',
      confirms: true,
      ack: 'manual',
      ackTimeoutMicros: 30_000_000,
      maxDeliveries: 1_000,
      deadLetter: undefined,
      prefetch: undefined,
      ttlMicros: undefined,
      delayMicros: 0,
      priority: 0,
      durable: true,
    });
    expect(service).toMatchObject({ workers: 3, discipline: 'lifo' });
    expect(read.value.links[0]).toMatchObject({ forth: { loss: 0.1 }, back: { loss: 0, delay: { kind: 'constant', micros: 20_000 } } });
    expect(read.value.deadlineMicros).toBe(500_000);
  });

  it.each([
    [{ constant: '300/min' }, { kind: 'constant', perSecond: 5 }],
    [{ bursts: { size: 10, every: '1s' } }, { kind: 'bursts', size: 10, everyMicros: 1_000_000 }],
    [{ ramp: { from: '1/s', to: '120/min', over: '10s' } }, { kind: 'ramp', fromPerSecond: 1, toPerSecond: 2, overMicros: 10_000_000 }],
    [{ list: ['5ms', '0ms'] }, { kind: 'list', atMicros: [0, 5_000] }],
  ])('reads arrivals %j', (arrivals, expected) => {
    const read = readScenario(merge(MM1, { components: { client: { arrivals: { poisson: null, ...arrivals } } } }), null);
    expect(read.ok && read.value.components[0]).toMatchObject({ arrivals: expected });
  });

  it.each([
    ['20ms', 'constant'],
    [{ uniform: ['10ms', '30ms'] }, 'uniform'],
    [{ erlang: { mean: '20ms', k: 3 } }, 'erlang'],
    [{ hyperexponential: { mean: '20ms', cv: 2 } }, 'hyperexponential'],
    [{ normal: { mean: '20ms', sd: '5ms' } }, 'normal'],
    [{ lognormal: { mean: '20ms', sd: '15ms' } }, 'lognormal'],
    [{ pareto: { min: '5ms', alpha: 2.5 } }, 'pareto'],
    [{ empirical: ['12ms', '19ms'] }, 'empirical'],
  ])('reads the distribution %j', (work, kind) => {
    const read = readScenario(withWork(work), null);
    expect(read.ok && read.value.components[1]).toMatchObject({ work: { kind } });
  });
});

function withWork(work: unknown): unknown {
  return merge(merge(MM1, { components: { server: { work: null } } }), { components: { server: { work } } });
}

describe('a wrong file', () => {
  const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
    [
      'unknown keys, all of them',
      { tittle: 'x', zzzzzz: 1, components: { server: { worker: 2 } } },
      ['components.server.worker unknownKeyNear', 'tittle unknownKeyNear', 'zzzzzz unknownKey'],
    ],
    [
      'missing parts',
      { duration: null, components: { server: { kind: null } } },
      ['duration missing', 'components.server.kind missingChoice'],
    ],
    ['another version', { version: 2, duration: 7 }, ['version version']],
    [
      'wrong units',
      { duration: '20', warmup: 5, components: { client: { arrivals: { poisson: '8' } } } },
      ['duration duration', 'warmup duration', 'components.client.arrivals.poisson rate'],
    ],
    [
      'too much',
      { duration: '999999h', components: { server: { workers: 10_001 }, client: { arrivals: { poisson: '9000/ms' } } } },
      ['duration durationTooLong', 'components.server.workers wholeNumber', 'components.client.arrivals.poisson rateRange'],
    ],
    [
      'too little',
      { duration: '0s', components: { server: { workers: -1.5 }, client: { arrivals: { poisson: '0/s' } } } },
      ['duration durationZero', 'components.client.arrivals.poisson rateRange', 'components.server.workers wholeNumber', 'warmup warmup'],
    ],
    ['a warm-up as long as the run', { warmup: '2000s' }, ['warmup warmup']],
    ['two kinds of arrivals', { components: { client: { arrivals: { constant: '1/s' } } } }, ['components.client.arrivals arrivals']],
    ['arrivals and users', { components: { client: { users: 3 } } }, ['components.client arrivalsOrUsers']],
    ['think time without users', { components: { client: { thinkTime: '1s' } } }, ['components.client.thinkTime thinkTimeAlone']],
    ['a client that calls nobody known', { components: { client: { calls: 'sever' } } }, ['components.client.calls noComponentNear']],
    ['a client that calls a client', { components: { client: { calls: 'client' } } }, ['components.client.calls callsNoService']],
    ['a call without a link', { links: [] }, ['components.client.calls callsWithoutLink']],
    ['a client without behaviour', { components: { client: { calls: null } } }, ['components.client doesNothing']],
    ['a handler without its file', { components: { server: { work: null, handler: 'a.ts' } } }, ['components.server.handler noFile']],
    ['two behaviours', { files: { 'a.ts': '' }, components: { server: { handler: 'a.ts' } } }, ['components.server.work twoBehaviours']],
    ['a queue nobody reads', { components: { inbox: { kind: 'queue' } } }, ['components.inbox queueWithoutConsumer']],
    [
      'a bad name',
      { components: { '9lives': { kind: 'service', work: '1ms' }, toString: { kind: 'service', work: '1ms' } } },
      ['components.9lives id', 'components.toString id'],
    ],
    ['a bad file name', { files: { 'no spaces.ts': '' } }, ['files["no spaces.ts"] fileName']],
    [
      'bad links',
      {
        links: [
          { from: 'client', to: 'server', loss: 2 },
          { from: 'client', to: 'server' },
          { from: 'server', to: 'server' },
          { from: 'x' },
        ],
      },
      ['links[0].loss numberRange', 'links[3].to missing', 'links[1] linkTwice', 'links[2] linkToItself', 'links[3].from noComponent'],
    ],
    ['a bad position', { components: { server: { at: [1, 'two'] } } }, ['components.server.at[1] numberRange']],
  ];

  it.each(cases)('reports %s', (_name, patch, expected) => {
    expect([...findings(merge(MM1, patch))].sort()).toEqual([...expected].sort());
  });

  it.each([
    ['soon', ' duration'],
    [{ exponential: '20m' }, '.exponential duration'],
    [{ erlang: { mean: '20ms' } }, '.erlang.k missing'],
    [{ erlang: { mean: '20ms', k: 0 } }, '.erlang.k wholeNumber'],
    [{ erlang: { mean: '20ms', k: 2, cv: 1 } }, '.erlang.cv unknownKey'],
    [{ uniform: ['30ms', '10ms'] }, '.uniform uniform'],
    [{ uniform: ['30ms'] }, '.uniform uniform'],
    [{ empirical: [] }, '.empirical distribution'],
    [{ toString: '1ms' }, ' distribution'],
    [7, ' distribution'],
  ])('reports the distribution %j', (work, expected) => {
    expect(findings(withWork(work))).toEqual([`components.server.work${expected}`]);
  });

  it('says that there is no client', () => {
    expect(findings({ version: 1, duration: '1s', components: {} })).toEqual(['components noClient']);
  });

  it('names a problem that a variant brings inside the variant', () => {
    const file = merge(MM1, { variants: { bad: { seed: -1, links: [{ from: 'client' }], components: { extra: { kind: 'service' } } } } });
    expect(findings(file)).toEqual([]);
    expect(findings(file, 'bad').sort()).toEqual([
      'components.client.calls callsWithoutLink',
      'variants.bad.components.extra doesNothing',
      'variants.bad.links[0].to missing',
      'variants.bad.seed wholeNumber',
    ]);
    expect(findings(file, 'slow lnk')).toEqual(['variants noVariantNear']);
    expect(findings(merge(MM1, { variants: { nested: { variants: {} } } }), 'nested')).toEqual(['variants.nested.variants variantKey']);
  });

  it('reports no more than fifty problems', () => {
    const keys = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`unknown${index}`, 1]));
    expect(findings({ ...MM1, ...keys })).toHaveLength(50);
  });

  it('finds __proto__ where a component should be', () => {
    const file = JSON.parse(JSON.stringify(MM1).replace('"server":{', '"__proto__":{"kind":"service"},"server":{')) as unknown;
    expect(findings(file)).toContain('components.__proto__ id');
  });

  it('stays calm with monstrous files', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
    expect(findings({ ...MM1, files: deep })).toEqual([' tooDeep']);
    expect(findings({ ...MM1, links: Array.from({ length: 100_000 }, () => 0) })).toEqual(['links tooMany']);
  });
});
