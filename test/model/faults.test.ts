import { describe, expect, it } from 'vitest';
import { readScenario } from '../../src/model/read-scenario';
import { MM1, QUEUED, merge } from './example-files';

const read = (file: unknown, fault: unknown) => readScenario(merge(file, { faults: [fault] }), null);

function problemsOf(file: unknown, fault: unknown): string[] {
  const result = read(file, fault);
  return result.ok ? [] : result.problems.map(({ path, key }) => `${path} ${key.replace('problem.', '')}`);
}

describe('a fault', () => {
  it.each([
    [
      { at: '60s', for: '10s', crash: 'server' },
      { kind: 'component', components: ['server'], atMicros: 60e6, untilMicros: 70e6, trouble: { verb: 'crash' } },
    ],
    [
      { at: '1s', pause: 'client' },
      { untilMicros: undefined, trouble: { verb: 'pause' } },
    ],
    [
      { at: '1s', partition: { from: 'client', to: 'server' } },
      { kind: 'link', links: [{ link: 0, forth: true, back: true }], trouble: { verb: 'partition' } },
    ],
    [{ at: '1s', partition: { from: 'client', to: 'server', oneWay: true } }, { links: [{ link: 0, forth: true, back: false }] }],
    [{ at: '1s', partition: { from: 'server', to: 'client', oneWay: true } }, { links: [{ link: 0, forth: false, back: true }] }],
    [
      { at: '1s', slow: { component: 'server', factor: 2 } },
      { components: ['server'], trouble: { verb: 'slow', factor: 2 } },
    ],
    [{ at: '1s', slow: { from: 'client', to: 'server', add: '5ms' } }, { trouble: { verb: 'slow', factor: 1, addMicros: 5_000 } }],
    [{ at: '1s', loss: { from: 'client', to: 'server', probability: 0.5 } }, { trouble: { verb: 'loss', probability: 0.5 } }],
    [
      { at: '1s', reorder: { from: 'client', to: 'server', probability: 0.5, by: '50ms' } },
      { trouble: { verb: 'reorder', probability: 0.5, byMicros: 50_000 } },
    ],
    [
      { at: '1s', skew: { component: 'server', offset: '-250ms', drift: 0.01 } },
      { trouble: { verb: 'skew', offsetMicros: -250_000, drift: 0.01 } },
    ],
  ])('is read: %j', (fault, expected) => {
    const result = read(MM1, fault);
    expect(result.ok && result.value.faults[0]).toMatchObject({ index: 0, ...expected });
  });

  it.each([
    [{ at: '1s' }, ['faults[0] faultWithoutVerb']],
    [{ at: '1s', crash: 'server', pause: 'client' }, ['faults[0] faultTwoVerbs']],
    [{ at: '1s', crash: 'sever' }, ['faults[0].crash noComponentNear']],
    [{ crash: 'server' }, ['faults[0].at missing']],
    [{ at: '1s', for: '0s', crash: 'server' }, ['faults[0].for durationZero']],
    [{ at: '1s', crsh: 'server' }, ['faults[0].crsh unknownKeyNear', 'faults[0] faultWithoutVerb']],
    [{ at: '1s', partition: { from: 'server', to: 'server' } }, ['faults[0].partition faultWithoutLink']],
    [{ at: '1s', loss: { from: 'client', to: 'server', probability: 2 } }, ['faults[0].loss.probability numberRange']],
    [{ at: '1s', slow: { component: 'server', from: 'client', to: 'server', factor: 2 } }, ['faults[0].slow slowWhat']],
    [{ at: '1s', slow: { component: 'server' } }, ['faults[0].slow slowHow']],
    [{ at: '1s', slow: { factor: 2 } }, ['faults[0].slow slowWhat']],
    [{ at: '1s', skew: { component: 'server', offset: '2 parsecs' } }, ['faults[0].skew.offset offset']],
  ])('that is wrong is reported: %j', (fault, expected) => {
    expect(problemsOf(MM1, fault)).toEqual(expected);
  });

  it('cannot slow a queue down', () => {
    const queue = Object.entries((QUEUED as { components: Record<string, { kind: string }> }).components).find(
      ([, { kind }]) => kind === 'queue',
    )![0];
    expect(problemsOf(QUEUED, { at: '1s', slow: { component: queue, factor: 2 } })).toEqual(['faults[0].slow.component slowQueue']);
  });
});

describe('set', () => {
  it('comes to changes of components and links, in the order of time', () => {
    const result = read(MM1, { at: '60s', for: '10s', set: { 'components.server.workers': 4, 'links[0].loss': 0.1 } });
    expect(result.ok && result.value.liveChanges).toMatchObject([
      { atMicros: 60e6, kind: 'component', value: { id: 'server', workers: 4 } },
      { atMicros: 60e6, kind: 'link', index: 0, value: { forth: { loss: 0.1 }, back: { loss: 0.1 } } },
      { atMicros: 70e6, kind: 'component', value: { id: 'server', workers: 1 } },
      { atMicros: 70e6, kind: 'link', index: 0, value: { forth: { loss: 0 } } },
    ]);
  });

  it.each([
    [{}, ['faults[0].set setNothing']],
    [{ 'components.sever.workers': 4 }, ['faults[0].set["components.sever.workers"] setWhere']],
    [{ workers: 4 }, ['faults[0].set["workers"] setWhere']],
    [{ 'components.server.handler': 'a.ts' }, ['faults[0].set["components.server.handler"] setNotLive']],
    [{ 'components.server.workers': 0 }, ['faults[0].set["components.server.workers"] wholeNumber']],
    [{ 'components.client.arrivals.poisson': 5 }, ['faults[0].set["components.client.arrivals.poisson"] rate']],
    [{ 'components.client.arrivals.constant': '5/s' }, ['faults[0].set["components.client.arrivals.constant"] arrivals']],
    [{ 'links[0].delay': '5' }, ['faults[0].set["links[0].delay"] duration']],
    [{ 'links[1].delay': '5ms' }, ['faults[0].set["links[1].delay"] setWhere']],
    [{ 'links[0].from': 'server' }, ['faults[0].set["links[0].from"] setNotLive']],
  ])('that is wrong is reported: %j', (settings, expected) => {
    expect(problemsOf(MM1, { at: '1s', set: settings })).toEqual(expected);
  });
});
