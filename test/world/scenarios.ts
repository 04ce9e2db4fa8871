/** Small scenarios that the tests of this room change as they need. */

/** One service, called by a client without code: 20 ms there, 30 ms back, 100 ms of work. */
export const CALLED = {
  version: 1,
  duration: '10s',
  components: {
    client: { kind: 'client', arrivals: { list: ['1s'] }, calls: 'server' },
    server: { kind: 'service', workers: 1, work: '100ms' },
  },
  links: [{ from: 'client', to: 'server', delay: '20ms', back: { delay: '30ms' } }],
} as const;

/** Client and service with code. */
export function coded(onTick: string, onRequest = `await ctx.work('100ms')`): Record<string, unknown> {
  return {
    ...CALLED,
    components: {
      client: { kind: 'client', arrivals: { list: ['1s'] }, handler: 'client.ts' },
      server: { kind: 'service', workers: 1, handler: 'server.ts' },
    },
    files: {
      'client.ts': `export async function onTick(ctx: Ctx) { ${onTick} }`,
      'server.ts': `export async function onRequest(request: Request, ctx: Ctx) { ${onRequest} }`,
    },
  };
}

/** A client sends through `jobs` to a service, and takes replies from `replies`. All links take 10 ms. */
export function queued(onTick: string, onMessage: string, queue: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const link = (from: string, to: string) => ({ from, to, delay: '10ms' });
  return {
    version: 1,
    duration: '60s',
    components: {
      client: { kind: 'client', arrivals: { list: ['1s'] }, handler: 'client.ts' },
      jobs: { kind: 'queue', ...queue },
      worker: { kind: 'service', workers: 1, handler: 'worker.ts' },
      replies: { kind: 'queue' },
    },
    links: [link('client', 'jobs'), link('jobs', 'worker'), link('worker', 'replies'), link('replies', 'client')],
    files: {
      'client.ts': `export async function onTick(ctx: Ctx) { ${onTick} }`,
      'worker.ts': `export async function onMessage(message: Message, ctx: Ctx) { ${onMessage} }`,
    },
  };
}
