import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/model/limits';
import { readScenario } from '../../src/model/read-scenario';
import { instancesIn, replicaNumber, serviceOf } from '../../src/model/replicas';
import type { Scenario } from '../../src/model/scenario';
import { MM1, merge } from './example-files';

function read(patch: unknown): Scenario {
  const result = readScenario(merge(MM1, patch), null);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

function problemsOf(patch: unknown): (readonly [string, string])[] {
  const result = readScenario(merge(MM1, patch), null);
  return result.ok ? [] : result.problems.map(({ path, key }) => [path, key] as const);
}

const three = (more: object = {}): object => ({ components: { server: { replicas: 3 } }, ...more });

describe('a service with replicas', () => {
  it('becomes components of their own, linked like the service', () => {
    const scenario = read(three({ links: [{ from: 'client', to: 'server', delay: '5ms' }] }));
    expect(scenario.components.map(({ id }) => id)).toEqual(['client', 'server#1', 'server#2', 'server#3']);
    expect(scenario.links.map(({ from, to }) => `${from} ${to}`)).toEqual(['client server#1', 'client server#2', 'client server#3']);
    expect(scenario.links[2]!.forth.delay).toEqual({ kind: 'constant', micros: 5_000 });
  });

  it('keeps its own name when it is there once', () => {
    expect(read({ components: { server: { replicas: 1 } } }).components.map(({ id }) => id)).toEqual(['client', 'server']);
    expect(instancesIn(() => ({ kind: 'store', replicas: 3 }), [])('server')).toEqual(['server']);
    expect([serviceOf('server#12'), replicaNumber('server#12'), serviceOf('server'), replicaNumber('server')]).toEqual([
      'server',
      12,
      'server',
      0,
    ]);
  });

  it('is hit by a fault as a whole, or one replica alone', () => {
    const { faults } = read(
      three({
        faults: [
          { at: '1s', crash: 'server' },
          { at: '1s', crash: 'server#2' },
          { at: '1s', partition: { from: 'server#3', to: 'client', oneWay: true } },
          { at: '1s', loss: { from: 'client', to: 'server', probability: 0.1 } },
        ],
      }),
    );
    expect(faults).toMatchObject([
      { components: ['server#1', 'server#2', 'server#3'] },
      { components: ['server#2'] },
      { links: [{ link: 2, forth: false, back: true }] },
      { links: [{ link: 0 }, { link: 1 }, { link: 2 }] },
    ]);
  });

  it('changes as a whole when one of its parameters is set', () => {
    const { faults, liveChanges } = read(three({ faults: [{ at: '1s', set: { 'components.server.workers': 2, 'links[0].loss': 0.5 } }] }));
    expect(liveChanges.map((change) => (change.kind === 'component' ? change.value.id : change.index))).toEqual([
      'server#1',
      'server#2',
      'server#3',
      0,
      1,
      2,
    ]);
    expect(faults).toMatchObject([{ components: ['server#1', 'server#2', 'server#3'], links: [0, 1, 2] }]);
  });

  it('has all its replicas in one group of a log, and is several subscribers of a topic that keeps nothing', () => {
    const groupsOf = (topic: object): unknown => {
      const links = [
        { from: 'client', to: 'server' },
        { from: 'log', to: 'server' },
      ];
      const { components } = read({ components: { server: { replicas: 3 }, log: { kind: 'topic', ...topic } }, links });
      const component = components.find(({ id }) => id === 'log');
      return component?.kind === 'topic' && component.groups.map(({ name, members }) => [name, members]);
    };
    const all = ['server#1', 'server#2', 'server#3'];
    expect(groupsOf({ groups: { readers: { members: ['server'] } } })).toEqual([['readers', all]]);
    expect(groupsOf({})).toEqual([['server', all]]);
    expect(groupsOf({ retention: 'none' })).toEqual(all.map((name) => [name, [name]]));
  });

  it.each([
    [{ components: { server: { replicas: 0 } } }, 'components.server.replicas', 'problem.wholeNumber'],
    [{ components: { server: { replicas: LIMITS.replicas + 1 } } }, 'components.server.replicas', 'problem.wholeNumber'],
    [{ components: { server: { spread: 'sticky' } } }, 'components.server.spread', 'problem.spreadAlone'],
    [three({ faults: [{ at: '1s', crash: 'server#4' }] }), 'faults[0].crash', 'problem.noComponentNear'],
    [{ faults: [{ at: '1s', crash: 'server#1' }] }, 'faults[0].crash', 'problem.noComponentNear'],
    [three({ faults: [{ at: '1s', partition: { from: 'client', to: 'server#9' } }] }), 'faults[0].partition', 'problem.faultWithoutLink'],
  ])('%j is a problem at its place', (patch, path, key) => expect(problemsOf(patch)).toEqual([[path, key]]));

  it('may not become more components or links than a scenario can have', () => {
    const many = Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [id, { kind: 'service', work: '1ms', replicas: 64 }]));
    expect(problemsOf({ components: many })).toEqual([['components.a.replicas', 'problem.tooManyReplicas']]);
    const meshed = {
      components: { a: many['a'], b: many['b'] },
      links: [
        { from: 'client', to: 'server' },
        { from: 'a', to: 'b' },
      ],
    };
    expect(problemsOf(meshed)).toEqual([['components.a.replicas', 'problem.tooManyReplicas']]);
  });
});
