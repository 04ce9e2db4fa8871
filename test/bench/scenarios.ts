/** The two models of the benchmark as scenario files, as a learner would write them. Every contestant runs the same two. */

/** One worker, 0.8 customers and one service a second: E[T] = 1 / (µ − λ) = 5 s. */
export function mm1Scenario(customers: number): unknown {
  const handler = `export async function onRequest(request: Request, ctx: Ctx) {
  await ctx.work(exponential('1s'));
}
`;
  return {
    version: 1,
    title: 'M/M/1',
    seed: 7,
    duration: `${customers / 0.8}s`,
    components: {
      client: { kind: 'client', arrivals: { poisson: '0.8/s' }, calls: 'server' },
      server: { kind: 'service', workers: 1, handler: 'server.ts' },
    },
    links: [{ from: 'client', to: 'server', delay: '0ms', loss: 0 }],
    files: { 'server.ts': handler },
  };
}

/** Client → a → b → c over links that lose 1 %; each caller tries three times. Mean of T near 50.2 ms. */
export function chainScenario(requests: number, perSecond: number): unknown {
  const call = (target: string, timeout: string): string =>
    `await ctx.call('${target}', undefined, { timeout: '${timeout}', retry: { attempts: 3 } });`;
  const service = (next: string): string => `export async function onRequest(request: Request, ctx: Ctx) {
  await ctx.sleep(exponential('2ms'));
  ${next}
}
`;
  const worker = (handler: string) => ({ kind: 'service', workers: 10_000, handler });
  const link = (from: string, to: string) => ({ from, to, delay: { exponential: '5ms' }, loss: 0.01 });
  return {
    version: 1,
    title: 'Three services',
    seed: 7,
    duration: `${requests / perSecond}s`,
    components: {
      client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, handler: 'client.ts' },
      a: worker('a.ts'),
      b: worker('b.ts'),
      c: worker('c.ts'),
    },
    links: [link('client', 'a'), link('a', 'b'), link('b', 'c')],
    files: {
      'client.ts': `export async function onTick(ctx: Ctx) {\n  ${call('a', '400ms')}\n}\n`,
      'a.ts': service(call('b', '200ms')),
      'b.ts': service(call('c', '100ms')),
      'c.ts': service(''),
    },
  };
}

/** One request whose handler waits again and again: what an `await` costs, the kernel's event included. */
export function awaitScenario(awaits: number, nested: boolean): unknown {
  const wait = nested ? 'await pause(ctx);' : `await ctx.sleep('1ms');`;
  return {
    version: 1,
    title: 'Awaits',
    seed: 7,
    duration: `${awaits / 1000 + 1}s`,
    components: { client: { kind: 'client', arrivals: { list: ['0ms'] }, handler: 'client.ts' } },
    links: [],
    files: {
      'client.ts': `async function pause(ctx: Ctx) {
  await ctx.sleep('1ms');
}
export async function onTick(ctx: Ctx) {
  for (let turn = 0; turn < ${awaits}; turn++) ${wait}
}
`,
    },
  };
}
