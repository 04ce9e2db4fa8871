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
