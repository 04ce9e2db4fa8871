/** What a scenario may say of secrets, permissions and attackers, and what is wrong with the rest. */
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../src/model/read-scenario';
import { merge, MM1, QUEUED } from './example-files';

const problemsOf = (base: unknown, patch: unknown) => {
  const read = readScenario(merge(base, patch), null);
  return read.ok ? [] : read.problems.map(({ path, key }) => [path, key]);
};

describe('secrets', () => {
  it.each([
    ['', 'problem.secret'],
    ['x'.repeat(1_001), 'problem.secret'],
    [7, 'problem.secret'],
  ])('%s is none', (secret, key) => {
    expect(problemsOf(QUEUED, { components: { greeter: { secrets: { orders: secret } } } })).toEqual([
      ['components.greeter.secrets.orders', key],
    ]);
  });

  it('are names and texts', () => {
    expect(problemsOf(QUEUED, { components: { people: { secrets: { 'a b': 'x' } } } })).toEqual([
      ['components.people.secrets["a b"]', 'problem.id'],
    ]);
    expect(problemsOf(QUEUED, { components: { people: { secrets: 'x' } } })).toEqual([['components.people.secrets', 'problem.object']]);
  });

  it('are at most 32', () => {
    const many = Object.fromEntries(Array.from({ length: 33 }, (_, at) => [`s${at}`, 'x']));
    expect(problemsOf(QUEUED, { components: { greeter: { secrets: many } } })).toEqual([['components.greeter.secrets', 'problem.tooMany']]);
  });

  it('are of no use without code', () => {
    expect(problemsOf(MM1, { components: { server: { secrets: { a: 'x' } } } })).toEqual([
      ['components.server.secrets', 'problem.secretsWithoutCode'],
    ]);
  });
});

describe('permissions', () => {
  it('name components that exist', () => {
    expect(problemsOf(MM1, { components: { server: { allow: ['client', 'cliant', 'x'] } } })).toEqual([
      ['components.server.allow[1]', 'problem.noComponentNear'],
      ['components.server.allow[2]', 'problem.noComponent'],
    ]);
    expect(problemsOf(MM1, { components: { server: { allow: 'client' } } })).toEqual([['components.server.allow', 'problem.list']]);
  });

  it('ask for proof only where somebody can give it', () => {
    const proved = { components: { server: { identity: 'proved' } } };
    expect(problemsOf(MM1, proved)).toEqual([['components.server.identity', 'problem.proofWithoutMtls']]);
    expect(problemsOf(MM1, { ...proved, links: [{ from: 'client', to: 'server', tls: 'mtls' }] })).toEqual([]);
    expect(problemsOf(MM1, { components: { server: { identity: 'sure' } } })).toEqual([['components.server.identity', 'problem.choice']]);
  });
});

describe('attackers', () => {
  const with1 = (attacker: Record<string, unknown>) => ({ attackers: { mallory: { from: 'client', to: 'server', ...attacker } } });

  it('may listen, tamper, forge, replay and flood, on a link named from either end', () => {
    const all = {
      at: '1s',
      for: '2s',
      tamper: { body: 7 },
      forge: { rate: '1/s', over: 'connection' },
      replay: {},
      flood: { rate: '1/s', as: 'bot', body: { a: [1] } },
    };
    expect(problemsOf(MM1, with1(all))).toEqual([]);
    expect(problemsOf(MM1, with1({ from: 'server', to: 'client', tamper: { body: 1 } }))).toEqual([]);
  });

  it.each([
    [{ to: 'nobody' }, 'attackers.mallory', 'problem.attackerWithoutLink'],
    [{ from: 'server' }, 'attackers.mallory', 'problem.attackerWithoutLink'],
    [{ tamper: { probability: 2, body: 1 } }, 'attackers.mallory.tamper.probability', 'problem.numberRange'],
    [{ replay: { after: 'soon' } }, 'attackers.mallory.replay.after', 'problem.duration'],
    [{ replay: { times: 0 } }, 'attackers.mallory.replay.times', 'problem.wholeNumber'],
    [{ forge: { rate: '0/s' } }, 'attackers.mallory.forge.rate', 'problem.rateRange'],
    [{ forge: { rate: '1/s', over: 'air' } }, 'attackers.mallory.forge.over', 'problem.choice'],
    [{ flod: { rate: '1/s' } }, 'attackers.mallory.flod', 'problem.unknownKeyNear'],
    [{ from: 'server', to: 'client', forge: { rate: '1/s' } }, 'attackers.mallory.forge', 'problem.attackerOfClient'],
  ])('%j is wrong', (attacker, path, key) => {
    expect(problemsOf(MM1, with1(attacker))).toEqual([[path, key]]);
  });

  it('have names of their own, and at most 16 of them', () => {
    expect(problemsOf(MM1, { attackers: { server: { from: 'client', to: 'server' } } })).toEqual([
      ['attackers.server', 'problem.attackerName'],
    ]);
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`m${at}`, { from: 'client', to: 'server' }]));
    expect(problemsOf(MM1, { attackers: many })).toEqual([['attackers', 'problem.tooMany']]);
  });

  it('do not sit before stores and topics', () => {
    const stored = {
      components: { data: { kind: 'store' } },
      links: [
        { from: 'client', to: 'server' },
        { from: 'server', to: 'data' },
      ],
      attackers: { mallory: { from: 'server', to: 'data' } },
    };
    expect(problemsOf(MM1, stored)).toEqual([['attackers.mallory', 'problem.attackerAt']]);
  });
});
