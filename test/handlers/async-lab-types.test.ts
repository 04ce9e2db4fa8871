/** The types that the editor shows, checked with the compiler the editor uses. */
import ts from 'typescript';
import { expect, it } from 'vitest';
import { SHIPPED } from '../golden/shipped-scenarios';
import { HANDLER_TYPES, typeProblems as check, typeProblemsIn } from './type-check';

const GOOD = {
  greeter:
    'export async function onRequest(request: Request, ctx: Ctx) { await ctx.work(seconds(1)); return { message: `Hello, ${request.body.name}` } }',
  consumer:
    "export async function onMessage(message: Message, ctx: Ctx) { await ctx.work(exponential('20ms')); ctx.reply({ message: `Hello, ${message.body.name}` }) }",
  client:
    "export async function onTick(ctx: Ctx) { const ticket = ctx.send('hellos', { name: 'World' }); await ticket.accepted; const { message } = await ticket.reply; ctx.log(message) }",
  streams:
    "export async function onTick(ctx: Ctx) { const call = ctx.stream('stock', undefined, { deadline: '2s' }); await call.write({ sku: 7 }); call.end(); for await (const part of call) ctx.log(part.n); ctx.log((await call.reply).sum); call.cancel() }\nexport async function* onStream(requests: Requests, ctx: Ctx) { ctx.log(requests.from, requests.id); for await (const { sku } of requests) yield { sku } }",
  publisher:
    "export async function onTick(ctx: Ctx) { const ticket = ctx.publish('orders', { n: 1 }, { key: 'ada' }); const { partition, offset } = await ticket.accepted; ctx.log(partition + offset, ticket.partition) }",
  reader:
    "export async function onMessage(message: Message, ctx: Ctx) { if (message.topic === 'orders' && message.offset === 9) ctx.seek(0); await ctx.commit(); await ctx.commit(3); ctx.log(message.key, message.partition) }",
  calls:
    "export async function onTick(ctx: Ctx) { const stock = await ctx.call('stock', { sku: 7 }, { timeout: '200ms', retry: { attempts: 3, backoff: 'full-jitter', base: milliseconds(5) } }); ctx.state.n = (ctx.state.n ?? 0) + stock.items[0].count; if (ctx.deadline !== undefined && ctx.now > ctx.deadline) return; await Promise.all([ctx.sleep('1ms'), ctx.work(uniform('1ms', seconds(1)))]); ctx.log(ctx.random() * 2) }",
  observed:
    "export async function onRequest(request: Request, ctx: Ctx) { ctx.metric('basket', request.body.items.length, { kind: 'histogram' }); const price: number = await ctx.span('price', async (ctx) => { ctx.log(ctx.traceparent); await ctx.work('1ms'); return 7 }, { links: [ctx.receivedTraceparent ?? ctx.traceparent] }); const span = ctx.span('charge'); await span.ctx.sleep('1ms'); span.end(new Error('no')); return price }",
  logged:
    "export async function onTick(ctx: Ctx) { const log: Log = ctx.log; log('a', 1); ctx.log.debug(1); ctx.log.info(2); ctx.log.warn({ a: 1 }); ctx.log.error(new Error('no')) }",
  imported:
    "import type { Ctx, CallFailed } from 'async-lab'\nexport async function onTick(ctx: Ctx) { try { await ctx.call('a') } catch (error) { ctx.log((error as CallFailed).status) } }",
};

it.each(Object.entries(GOOD))('takes %s', (_name, source) => {
  expect(check(source)).toEqual([]);
});

it.each([
  ['export async function onTick(ctx: Ctx) { await ctx.work(20) }', /'20'/],
  ["export async function onTick(ctx: Ctx) { await ctx.work('20 parsecs') }", /parsecs/],
  ["export async function onTick(ctx: Ctx) { await ctx.call('a', {}, { retry: { attempts: 3, backoff: 'quick' } }) }", /quick/],
  ["export async function onTick(ctx: Ctx) { await ctx.call('a', {}, { timeOut: '1s' }) }", /timeOut/],
  ['export async function onTick(ctx: Ctx) { ctx.now = 5 }', /now/],
  ['export async function onTick(ctx: Ctx) { await ctx.send() }', /argument/],
  ['export async function onTick(ctx: Ctx) { setTimeout(() => 1, 5); fetch("/") }', /setTimeout/],
])('finds the mistake in %s', (source, message) => {
  const [first = ''] = check(source);
  expect(first).toMatch(/^handler\.ts 1: /);
  expect(first).toMatch(message);
});

it('finds no mistake in what ships', () => {
  const handlers: Record<string, string> = {};
  const take = (where: string, { files = {} }: { readonly files?: Readonly<Record<string, unknown>> }): void => {
    for (const [file, text] of Object.entries(files)) {
      if (file.endsWith('.ts') && typeof text === 'string') handlers[`${where}/${file}`] = text;
    }
  };
  for (const { name, file } of SHIPPED) {
    const { variants = {}, ...base } = file as { readonly variants?: Readonly<Record<string, object>>; readonly files?: object };
    take(name, base as object);
    Object.values(variants).forEach((variant, index) => take(`${name}-${index}`, variant));
  }
  expect(Object.keys(handlers).length).toBeGreaterThan(90);
  expect(typeProblemsIn(handlers)).toEqual([]);
});

it('documents every member', () => {
  const file = ts.createSourceFile('async-lab.d.ts', HANDLER_TYPES, ts.ScriptTarget.ES2022, true);
  const undocumented: string[] = [];
  const visit = (node: ts.Node): void => {
    const documented =
      ts.isMethodSignature(node) ||
      ts.isFunctionDeclaration(node) ||
      (ts.isPropertySignature(node) && node.name.getText() !== 'kind' && node.name.getText() !== 'name');
    if (documented && ts.getJSDocCommentsAndTags(node).length === 0) undocumented.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(file);
  expect(undocumented).toEqual([]);
});
