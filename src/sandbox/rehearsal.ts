/**
 * What a worker with nothing to do runs once, for nobody: calls and queues as most scenarios have them. The engine has then compiled the
 * simulator, and the first run of a reader's own is about as fast as all later ones.
 */
import type { RunRequest } from './protocol';

const FILES = {
  'call.ts': `export async function onTick(ctx) { ctx.log((await ctx.call('service', { name: 'a' })).name); }`,
  'send.ts': `export async function onTick(ctx) {
    const ticket = ctx.send('requests', { name: 'a' }, { replyTo: 'replies' });
    await ticket.accepted;
    ctx.log((await ticket.reply).name);
  }`,
  'service.ts': `export async function onRequest(request, ctx) { await ctx.work(seconds(1)); return request.body; }
  export async function onMessage(message, ctx) { await ctx.work(seconds(1)); ctx.reply(message.body); }`,
};
const LINK = { delay: '20ms', loss: 0.001 };

export const REHEARSAL: RunRequest = {
  kind: 'run',
  id: 0,
  seed: 1,
  variants: [null, 'queue'],
  file: {
    version: 1,
    title: 'rehearsal',
    seed: 1,
    duration: '60s',
    files: FILES,
    components: {
      client: { kind: 'client', arrivals: { poisson: '12/s' }, handler: 'call.ts' },
      service: { kind: 'service', workers: 10, waitingLimit: 100_000, handler: 'service.ts' },
    },
    links: [{ from: 'client', to: 'service', ...LINK }],
    variants: {
      queue: {
        components: { client: { handler: 'send.ts' }, requests: { kind: 'queue' }, replies: { kind: 'queue' } },
        links: [
          { from: 'client', to: 'requests', ...LINK },
          { from: 'requests', to: 'service', ...LINK },
          { from: 'service', to: 'replies', ...LINK },
          { from: 'replies', to: 'client', ...LINK },
        ],
      },
    },
  },
};
