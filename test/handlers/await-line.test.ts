import { expect, it } from 'vitest';
import { prepareRun, startRun } from '../../src/world/run';

const evaluate = (parameters: string[], code: string) => new Function(...parameters, code) as (...args: unknown[]) => unknown;

function problemsOf(file: unknown) {
  const prepared = prepareRun(file, { variant: null, evaluate });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const run = startRun(prepared.value, { evaluate, keepTrace: false });
  while (run.advance(1_000));
  return run.finish().handlerProblems;
}

it('an error that a call brings is placed at the line of its await', () => {
  const file = {
    version: 1,
    duration: '1s',
    components: {
      client: { kind: 'client', arrivals: { list: ['0ms'] }, handler: 'caller.ts' },
      server: { kind: 'service', handler: 'server.ts' },
    },
    links: [{ from: 'client', to: 'server' }],
    files: {
      'caller.ts':
        "export async function onTick(ctx: Ctx) {\n  ctx.log('before');\n  const answer = await ctx.call('server');\n  ctx.log(answer);\n}\n",
      'server.ts':
        "export async function onRequest(request: Request, ctx: Ctx) {\n  await ctx.work('10ms');\n  throw new Error('boom');\n}\n",
    },
  };
  const places = problemsOf(file).map(({ file: name, line }) => `${name}:${line}`);
  expect(places).toEqual(['server.ts:3', 'caller.ts:3']);
});

it('a call that nobody awaits and that fails: which file, and that an await may be missing', () => {
  const file = {
    version: 1,
    duration: '1s',
    components: {
      client: { kind: 'client', arrivals: { list: ['0ms'] }, handler: 'caller.ts' },
      server: { kind: 'service', work: '10ms' },
    },
    links: [{ from: 'client', to: 'server' }],
    files: {
      'caller.ts':
        "export async function onTick(ctx: Ctx) {\n  ctx.call('server', {}, { timeout: '5ms' });\n  await ctx.sleep('20ms');\n}\n",
    },
  };
  expect(problemsOf(file)).toMatchObject([{ key: 'problem.promiseUnheard', path: 'files.caller.ts', file: 'caller.ts' }]);
});
