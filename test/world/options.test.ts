/** The options that handlers write: what `ctx` says of those that it does not know, and of values that cannot be. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logOf, runFile } from './run-file';
import { coded } from './scenarios';

const TYPES = readFileSync(new URL('../../src/handlers/async-lab-types.d.ts.txt', import.meta.url), 'utf8');

/** The members of an interface that the editor shows. */
function membersOf(name: string): string[] {
  const [, body = ''] = new RegExp(`interface ${name} \\{([^}]*)\\}`).exec(TYPES) ?? [];
  return [...body.matchAll(/readonly (\w+)\??:/g)].map(([, member]) => member!);
}

const policies = { shed: { kind: 'shedding', limit: 3 }, once: { kind: 'timeout', after: '1s' }, twice: { kind: 'timeout', after: '2s' } };

/** What a client is told that does this. */
function told(code: string): string {
  const file = coded(`try { ${code}; ctx.log('nothing') } catch (error) { ctx.log(error.name + ': ' + error.message) }`);
  return logOf(runFile({ ...file, policies, components: { ...(file['components'] as object), ...BROKERS }, links: LINKS })).join();
}
const BROKERS = { jobs: { kind: 'queue' }, log: { kind: 'topic', partitions: 2 } };
const LINKS = [
  { from: 'client', to: 'server' },
  ...['jobs', 'log'].flatMap((id) => [
    { from: 'client', to: id },
    { from: id, to: 'server' },
  ]),
];

describe.each([
  ['CallOptions', (options: string) => `await ctx.call('server', 1, ${options})`],
  ['RetryOptions', (options: string) => `await ctx.call('server', 1, { retry: ${options} })`],
  ['HedgeOptions', (options: string) => `await ctx.call('server', 1, { hedge: ${options} })`],
  ['SendOptions', (options: string) => `ctx.send('jobs', 1, ${options})`],
  ['PublishOptions', (options: string) => `ctx.publish('log', 1, ${options})`],
  ['MetricOptions', (options: string) => `ctx.metric('m', 1, ${options})`],
  ['SpanOptions', (options: string) => `ctx.span('s', undefined, ${options}).end()`],
  ['FailOptions', (options: string) => `ctx.fail('INTERNAL', 'no', ${options})`],
])('%s', (name, code) => {
  const members = membersOf(name);

  it('refuses a name that there is not, and says which there are: those of the types', () => {
    const said = told(code('{ tiemout: 1 }'));
    expect(said).toMatch(/^TypeError: .* have no tiemout; they are /);
    expect(said.split('they are ')[1]!.split(', ').sort()).toEqual([...members].sort());
  });

  it.each(members)('refuses a %s that cannot be', (member) => {
    for (const wrong of ['-7.5', 'NaN', '[{}]'])
      expect(told(code(`{ ${member}: ${wrong} }`)), wrong).toMatch(/^(Type|Range|Handler)Error: \S/);
  });
});

describe('the policies of a call', () => {
  it.each([
    ["['shed']", 'RangeError: shed is a policy of kind shedding, which a service has for what arrives, not a caller for its calls'],
    ["['nobody']", 'RangeError: the scenario has no policy nobody; it has: shed, once, twice'],
    ["['once', 'twice']", 'RangeError: once and twice are both policies of kind timeout: name one of them'],
  ])('cannot be %s', (names, said) => {
    expect(told(`await ctx.call('server', 1, { policies: ${names} })`)).toBe(said);
  });
});
