/** Any small scenario at all, with code in every part that takes code: made to meet what can go wrong. */
import fc from 'fast-check';

const delay = fc.constantFrom<unknown>(
  '0ms',
  '1ms',
  '7ms',
  { exponential: '5ms' },
  { uniform: ['1ms', '30ms'] },
  { pareto: { min: '1ms', alpha: 1.5 } },
);
const link = fc.record({ delay, loss: fc.constantFrom(0, 0, 0.05, 0.3, 1), back: fc.option(fc.record({ delay }), { nil: undefined }) });
const arrivals = fc.constantFrom<Readonly<Record<string, unknown>>>(
  { arrivals: { poisson: '200/s' } },
  { arrivals: { constant: '90/s' } },
  { arrivals: { ramp: { from: '20/s', to: '200/s', over: '300ms' } } },
  { arrivals: { bursts: { size: 20, every: '150ms' } } },
  { arrivals: { list: ['0ms', '0ms', '10ms', '400ms'] } },
  { users: 8, thinkTime: { exponential: '20ms' } },
  { users: 1 },
);

const callOptions = fc.constantFrom(
  '{}',
  `{ timeout: '15ms' }`,
  `{ timeout: '9ms', retry: { attempts: 3 } }`,
  `{ timeout: '6ms', retry: { attempts: 4, backoff: 'full-jitter', base: '4ms' } }`,
  `{ retry: { attempts: 2, backoff: 'exponential', base: '2ms' } }`,
  `{ deadline: '12ms' }`,
  `{ deadline: '25ms', timeout: '8ms', retry: { attempts: 9, backoff: 'decorrelated-jitter', base: '1ms', on: ['DEADLINE_EXCEEDED'] } }`,
  `{ hedge: { after: '4ms', attempts: 3 } }`,
  `{ hedge: { after: '0ms' }, timeout: '9ms', deadline: '30ms' }`,
  `{ policies: ['breaker', 'soon'] }`,
  `{ policies: ['room', 'again', 'breaker'], timeout: '10ms' }`,
  `{ policies: ['pace', 'second'] }`,
  `{ policies: ['rpc'] }`,
);
/** Small enough to be met all the time. */
const POLICIES = {
  breaker: { kind: 'breaker', window: 4, minCalls: 2, openFor: '30ms', probes: 2 },
  soon: { kind: 'timeout', after: '9ms' },
  room: { kind: 'bulkhead', limit: 2 },
  again: { kind: 'retry', attempts: 3, backoff: 'equal-jitter', base: '2ms', budget: { ratio: 0.2, burst: 2 } },
  pace: { kind: 'rate-limit', rate: '150/s', burst: 3 },
  second: { kind: 'hedge', after: '5ms' },
  shed: { kind: 'shedding', limit: 3, target: '8ms' },
  bound: { kind: 'shedding', limit: 2 },
  rpc: {
    kind: 'service-config',
    methodConfig: [
      {
        name: [{}],
        timeout: '0.03s',
        retryPolicy: {
          maxAttempts: 4,
          initialBackoff: '0.002s',
          maxBackoff: '0.01s',
          backoffMultiplier: 2,
          retryableStatusCodes: ['INTERNAL', 'RESOURCE_EXHAUSTED'],
        },
      },
    ],
    retryThrottling: { maxTokens: 6, tokenRatio: 0.3 },
  },
} as const;
const doors = fc.constantFrom<readonly string[]>([], [], [], ['shed'], ['bound', 'room'], ['pace', 'shed']);
const request = callOptions.map((options) => `await ctx.call('service', { at: ctx.now }, ${options})`);
const sending = fc.constantFrom(
  `ctx.send('jobs', { n: 1 })`,
  `await ctx.send('jobs', [1, 2]).accepted`,
  `const ticket = ctx.send('jobs', 'text', { replyTo: 'replies' }); await ticket.accepted; await ticket.reply`,
  `await ctx.send('jobs', null, { replyTo: 'replies' }).reply`,
  `await Promise.race([ctx.send('jobs', 3, { replyTo: 'replies' }).reply, ctx.sleep('60ms')])`,
  `ctx.send('jobs', 4, { priority: Math.floor(ctx.random() * 10), confirm: false })`,
  `await ctx.send('jobs', 5, { priority: 3, ttl: '12ms', delay: '4ms' }).accepted`,
);
const pausing = fc.constantFrom(`await ctx.sleep('3ms')`, `await ctx.sleep(uniform('0ms', '9ms'))`, `ctx.log(ctx.random())`, ``);
/** What clients do: a statement, a few of them, alternatives side by side, mistakes with and without a catch. */
const { clientCode } = fc.letrec<{ clientCode: string }>((tie) => ({
  clientCode: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.oneof(request, sending, pausing),
    fc.tuple(tie('clientCode'), tie('clientCode')).map((parts) => parts.map((part) => `{ ${part} }`).join('\n')),
    fc
      .tuple(fc.constantFrom('all', 'race', 'any', 'allSettled'), tie('clientCode'), tie('clientCode'))
      .map(([how, one, other]) => `await Promise.${how}([(async () => { ${one} })(), (async () => { ${other} })()])`),
    tie('clientCode').map((part) => `try { ${part} } catch (error) { ctx.log(error.status) } finally { await ctx.sleep('1ms') }`),
    tie('clientCode').map((part) => `${part}\nif (ctx.random() < 0.1) throw new Error('unlucky')`),
    tie('clientCode').map((part) => `for (let turn = 0; turn < 2; turn++) { ${part} }`),
  ),
}));

const serviceCode = fc.constantFrom(
  `await ctx.work('10ms')`,
  `await ctx.work(exponential('12ms')); return { ok: true, list: [1, { two: null }] }`,
  `await Promise.all([ctx.work('3ms'), ctx.work('8ms')])`,
  `await Promise.race([ctx.work('20ms'), ctx.sleep('5ms')])`,
  `if (ctx.random() < 0.2) throw new Error('no'); await ctx.work('2ms')`,
  `ctx.state.n = (ctx.state.n ?? 0) + 1; await ctx.work(milliseconds(ctx.state.n % 7)); return ctx.state.n`,
  `await ctx.work('1ms'); return await ctx.call('store', ctx.now, { timeout: '30ms', retry: { attempts: 2 } })`,
  `if (ctx.random() < 0.3) ctx.fail('UNAVAILABLE', 'no'); try { await ctx.work('6ms') } finally { if (ctx.cancelled) ctx.log('stopped', ctx.deadline) }`,
  `await Promise.race([ctx.call('store', 1, { deadline: '20ms' }), ctx.sleep('3ms')])`,
  `return`,
);
const messageCode = fc.constantFrom(
  `await ctx.work('6ms'); ctx.reply(message.body)`,
  `ctx.reply({ tries: message.deliveries })`,
  `if (message.deliveries < 2) throw new Error('again'); await ctx.work('4ms'); ctx.reply()`,
  `await ctx.work(exponential('15ms'))`,
  `throw new Error('never')`,
  `ctx.ack(); await ctx.work('5ms'); ctx.reply()`,
  `await ctx.work('2ms'); ctx.nack({ requeue: ctx.random() < 0.5 })`,
  `await ctx.call('store', message.body); ctx.reply(1)`,
);

const small = fc.integer({ min: 0, max: 6 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const service = fc.record({
  workers: fc.integer({ min: 1, max: 4 }),
  waitingLimit: fc.oneof(small, fc.constant(1_000)),
  discipline: fc.constantFrom('fifo', 'lifo'),
});
const queue = fc.record({
  capacity: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(1_000)),
  overflow: fc.constantFrom('reject', 'drop-oldest', 'block'),
  ack: fc.constantFrom('manual', 'manual', 'auto'),
  ackTimeout: optional(fc.constantFrom('8ms', '40ms')),
  maxDeliveries: fc.integer({ min: 1, max: 4 }),
  prefetch: optional(fc.integer({ min: 1, max: 5 })),
  ttl: optional(fc.constantFrom('5ms', '60ms')),
  delay: optional(fc.constantFrom('0ms', '9ms')),
  priority: optional(fc.constantFrom(2, 9)),
  deadLetter: optional(fc.constant('morgue')),
});

export const anyScenario: fc.Arbitrary<unknown> = fc
  .record({
    seed: fc.nat({ max: 2 ** 32 - 1 }),
    warmup: fc.constantFrom('0ms', '100ms'),
    deadline: optional(fc.constantFrom('25ms', '200ms')),
    clients: fc.array(fc.record({ load: arrivals, code: clientCode }), { minLength: 1, maxLength: 2 }),
    service,
    serviceCode,
    worker: service,
    messageCode,
    store: service,
    jobs: queue,
    replies: queue,
    morgue: queue,
    doors,
    links: fc.array(link, { minLength: 9, maxLength: 9 }),
  })
  .map(({ clients, links, ...given }) => {
    const names = clients.map((_, index) => `client${index}`);
    const ways = [
      ...names.flatMap((name) => [
        [name, 'service'],
        [name, 'jobs'],
        ['replies', name],
      ]),
      ['jobs', 'worker'],
      ['worker', 'replies'],
      ['service', 'store'],
      ['jobs', 'morgue'],
      ['replies', 'morgue'],
      ['morgue', 'worker'],
    ].filter(([from, to]) => to !== 'morgue' || (from === 'jobs' ? given.jobs : given.replies).deadLetter === to);
    const { messageCode, serviceCode } = given;
    const file = {
      version: 1,
      seed: given.seed,
      duration: '700ms',
      warmup: given.warmup,
      deadline: given.deadline,
      policies: POLICIES,
      components: {
        ...Object.fromEntries(clients.map(({ load }, index) => [names[index], { kind: 'client', ...load, handler: `client${index}.ts` }])),
        service: { kind: 'service', ...given.service, policies: given.doors, handler: 'service.ts' },
        store: { kind: 'service', ...given.store, work: { erlang: { mean: '4ms', k: 2 } } },
        jobs: { kind: 'queue', ...given.jobs },
        worker: { kind: 'service', ...given.worker, handler: 'worker.ts' },
        replies: { kind: 'queue', ...given.replies },
        morgue: { kind: 'queue', ...given.morgue, deadLetter: undefined },
      },
      links: [...ways, ['worker', 'store']].map(([from, to], index) => ({ from, to, ...links[index % links.length] })),
      files: {
        ...Object.fromEntries(
          clients.map(({ code }, index) => [`client${index}.ts`, `export async function onTick(ctx: Ctx) {\n${code}\n}`]),
        ),
        'service.ts': `export async function onRequest(request: Request, ctx: Ctx) {\n${serviceCode}\n}`,
        'worker.ts': `export async function onMessage(message: Message, ctx: Ctx) {\n${messageCode}\n}`,
      },
    };
    return JSON.parse(JSON.stringify(file)) as unknown;
  });
