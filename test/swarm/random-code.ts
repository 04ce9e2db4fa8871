/** Handlers of random scenarios: statements from a pool, one after the other, side by side, inside `try`. */
import type { Chance } from './chance';

/** What the scenario at hand has; the code uses nothing else. */
export interface Surroundings {
  /** Services and balancers that a client can call. */
  readonly targets: readonly string[];
  readonly hasQueue: boolean;
  readonly hasStore: boolean;
  readonly policies: readonly string[];
  /** Whether calls have deadlines and are called off. */
  readonly callsOff: boolean;
  /** The only number of attempts that any retry of the scenario allows. */
  readonly attempts: number;
}

export function clientCode(chance: Chance, around: Surroundings): string {
  const lines = Array.from({ length: chance.between(1, 3) }, () => statement(chance, around, 2));
  return `export async function onTick(ctx: Ctx) {\n${lines.join('\n')}\n}`;
}

function statement(chance: Chance, around: Surroundings, depth: number): string {
  const inner = (): string => statement(chance, around, depth - 1);
  const shape = depth > 0 ? chance.below(10) : 9;
  if (shape === 0) return `await Promise.${sideBySide(chance)}([(async () => { ${inner()} })(), (async () => { ${inner()} })()])`;
  if (shape === 1) return `try { ${inner()} } catch (error) { ctx.log(error.status) } finally { await ctx.sleep('1ms') }`;
  if (shape === 2) return `for (let turn = 0; turn < 2; turn++) { ${inner()} }`;
  if (shape === 3) return `if (ctx.random() < 0.5) { ${inner()} } else { ${inner()} }`;
  const ways = [around.targets.length > 0 ? call(chance, around) : '', around.hasQueue ? sending(chance) : ''].filter(Boolean);
  return chance.oneIn(5) ? pause(chance) : chance.pick(...ways);
}

function sideBySide(chance: Chance): string {
  return chance.pick('all', 'race', 'any', 'allSettled');
}

function pause(chance: Chance): string {
  return chance.pick(`await ctx.sleep('3ms')`, `await ctx.sleep(uniform('0ms', '9ms'))`, `ctx.log(ctx.random())`);
}

function call(chance: Chance, { targets, policies, callsOff, attempts }: Surroundings): string {
  const options = [
    chance.perhaps(`timeout: '${chance.pick('6ms', '15ms', '40ms')}'`),
    chance.perhaps(`retry: { attempts: ${attempts}, backoff: '${chance.pick('none', 'exponential', 'full-jitter')}', base: '2ms' }`),
    callsOff ? chance.perhaps(`deadline: '${chance.pick('9ms', '50ms')}'`) : undefined,
    policies.length > 0 ? chance.perhaps(`policies: ['${chance.pick(...policies)}']`) : undefined,
  ].filter((option) => option !== undefined && !(option.startsWith('retry') && chance.oneIn(3)));
  // A call is tried again or hedged, not both.
  const isRetried =
    options.some((option) => option?.startsWith('retry') === true) || options.some((option) => option?.includes('policies') === true);
  if (callsOff && !isRetried && chance.oneIn(2)) options.push(`hedge: { after: '${chance.pick('2ms', '8ms')}' }`);
  return `await ctx.call('${chance.pick(...targets)}', { at: ctx.now }, { ${options.join(', ')} })`;
}

function sending(chance: Chance): string {
  return chance.pick(
    `ctx.send('jobs', { n: 1 })`,
    `await ctx.send('jobs', [1, 2]).accepted`,
    `await ctx.send('jobs', null, { replyTo: 'replies' }).reply`,
    `await Promise.race([ctx.send('jobs', 3, { replyTo: 'replies' }).reply, ctx.sleep('60ms')])`,
    `ctx.send('jobs', 4, { priority: Math.floor(ctx.random() * 10), confirm: false })`,
    `await ctx.send('jobs', 5, { priority: 3, ttl: '12ms', delay: '4ms' }).accepted`,
    `await Promise.all([1, 2, 3].map((n) => ctx.send('jobs', n, { priority: n }).accepted))`,
  );
}

/** What a service says about when to try again; by the number of attempts, which is from 2 to 4. */
const PUSH_BACKS = ['{}', `{ retryAfter: '4ms' }`, `{ retryAfter: 'never' }`] as const;

export function serviceCode(chance: Chance, { hasStore, attempts, callsOff }: Surroundings): string {
  const bodies = [
    `await ctx.work('10ms')`,
    `await ctx.work(exponential('7ms')); return { ok: true, list: [1, { two: null }] }`,
    `await Promise.all([ctx.work('3ms'), ctx.work('8ms')])`,
    `await Promise.race([ctx.work('20ms'), ctx.sleep('5ms')])`,
    `if (ctx.random() < 0.3) throw new Error('no'); await ctx.work('2ms')`,
    `if (ctx.random() < 0.3) ctx.fail('${chance.pick('UNAVAILABLE', 'NOT_FOUND', 'RESOURCE_EXHAUSTED')}', 'no', ${PUSH_BACKS[attempts - 2]}); await ctx.work('2ms')`,
    `ctx.state.n = (ctx.state.n ?? 0) + 1; await ctx.work(milliseconds(ctx.state.n % 7)); return ctx.state.n`,
    `return`,
  ];
  const asking = `await ctx.work('1ms'); return await ctx.call('store', ctx.now, { timeout: '30ms', retry: { attempts: ${attempts} } })`;
  const relayed = `await ctx.call('store', null, { deadline: '12ms' }); await ctx.work('1ms')`;
  const body = hasStore && chance.oneIn(2) ? (callsOff && chance.oneIn(2) ? relayed : asking) : chance.pick(...bodies);
  return `export async function onRequest(request: Request, ctx: Ctx) {\n${body}\n}`;
}

export function consumerCode(chance: Chance, { hasStore }: Surroundings): string {
  const bodies = [
    `await ctx.work('6ms'); if (message.replyTo) ctx.reply(message.body)`,
    `if (message.deliveries < 2) throw new Error('again'); await ctx.work('4ms'); if (message.replyTo) ctx.reply()`,
    `await ctx.work(exponential('9ms'))`,
    `throw new Error('never')`,
    `ctx.ack(); await ctx.work('5ms'); if (message.replyTo) ctx.reply({ tries: message.deliveries })`,
    `await ctx.work('2ms'); ctx.nack({ requeue: ctx.random() < 0.5 })`,
  ];
  const body =
    hasStore && chance.oneIn(4) ? `await ctx.call('store', message.body); if (message.replyTo) ctx.reply(1)` : chance.pick(...bodies);
  return `export async function onMessage(message: Message, ctx: Ctx) {\n${body}\n}`;
}
