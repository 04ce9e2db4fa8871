/** Whatever two ends of streaming calls do, every stream ends at both, every message comes or is given up, and no window is lost. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { merge } from '../model/example-files';
import { framesOf } from '../world/http/wire-scenario';
import { rowsOf, runFile } from '../world/run-file';
import { coded } from '../world/scenarios';

const steps = (...verbs: readonly string[]) =>
  fc.array(fc.tuple(fc.constantFrom(...verbs), fc.integer({ min: 0, max: 40_000 })), { maxLength: 8 });
const dialogue = fc.record({
  asks: steps('write', 'write', 'writeAndGoOn', 'read', 'read', 'sleep', 'end', 'cancel', 'reply', 'leave'),
  answers: steps('read', 'read', 'write', 'write', 'sleep', 'work', 'fail', 'return', 'throw'),
  deadlineMs: fc.integer({ min: 1, max: 900 }),
});
const wire = fc.record({
  protocol: fc.record({
    grpc: fc.record(
      {
        codec: fc.constantFrom('proto', 'json'),
        initialWindowSize: fc.constantFrom('1kB', '20kB', '64KiB'),
        maxConcurrentStreams: fc.constantFrom(1, 2, 100),
        windowUpdateAt: fc.constantFrom(0, 0.5, 1),
      },
      { requiredKeys: [] },
    ),
  }),
  loss: fc.constantFrom(0, 0, 0.02),
  bandwidth: fc.constantFrom('1Mbit/s', '1Gbit/s'),
  delay: fc.constantFrom('0ms', '7ms'),
});

const CLIENT = `
const text = (length: number) => 'x'.repeat(length)
async function talk(ctx: Ctx, { asks, answers, deadlineMs }: any) {
  const call = ctx.stream('server', undefined, { deadline: milliseconds(deadlineMs) })
  const parts = call[Symbol.asyncIterator]()
  await call.write({ answers })
  for (const [verb, amount] of asks) {
    if (verb === 'write') await call.write(text(amount))
    else if (verb === 'writeAndGoOn') call.write(text(amount))
    else if (verb === 'read') await parts.next()
    else if (verb === 'sleep') await ctx.sleep(milliseconds(amount / 1000))
    else if (verb === 'end') call.end()
    else if (verb === 'cancel') call.cancel()
    else if (verb === 'reply') await call.reply
    else return
  }
}
export async function onTick(ctx: Ctx) {
  const dialogues = DIALOGUES
  await Promise.allSettled(dialogues.map((dialogue: any) => talk(ctx, dialogue)))
  await ctx.sleep('5s')
  await ctx.call('server')
}`;
const SERVER = `
export async function onRequest() { return 'x'.repeat(100_000) }
export async function* onStream(requests: Requests, ctx: Ctx) {
  const parts = requests[Symbol.asyncIterator]()
  const first = await parts.next()
  for (const [verb, amount] of first.value?.answers ?? []) {
    if (verb === 'read') await parts.next()
    else if (verb === 'write') yield 'y'.repeat(amount)
    else if (verb === 'sleep') await ctx.sleep(milliseconds(amount / 1000))
    else if (verb === 'work') await ctx.work(milliseconds(amount / 1000))
    else if (verb === 'fail') ctx.fail('ABORTED', 'as the script says')
    else if (verb === 'throw') throw new Error('as the script says')
    else return
  }
}`;

it('any interleaving of streams ends with every stream closed and every window whole', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      fc.array(dialogue, { minLength: 1, maxLength: 4 }),
      wire,
      fc.constantFrom('blocking', 'event-loop'),
      (dialogues, link, threads) => {
        const file = merge(coded('', ''), {
          components: { server: { workers: 3, threads } },
          links: [{ from: 'client', to: 'server', transport: { tcp: { minRto: '50ms' } }, ...link }],
          files: { 'client.ts': CLIENT.replace('DIALOGUES', JSON.stringify(dialogues)), 'server.ts': SERVER },
        });
        const lane = runFile(file);
        const { violations, links } = lane.summary;
        expect(violations).toEqual([]);
        // The last call needs more than the windows that a leak would leave.
        expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok' }]);
        expect(links.map(({ inFlight }) => inFlight)).toEqual([0, 0]);
        expect(openStreams(lane)).toEqual([]);
        expect(runFile(file, { engine: 'xstate' }).summary.digest).toBe(lane.summary.digest);
      },
    ),
    { numRuns: 60, seed: 20_261_123 },
  );
});

/** Streams on which neither both ends have sent END_STREAM nor one has sent RST_STREAM. */
function openStreams(lane: ReturnType<typeof runFile>): string[] {
  const open = new Map<string, Set<string>>();
  for (const { kind, name, stream, flags, way } of framesOf(lane)) {
    if (kind !== 'received' || stream === 0 || name === 'syn' || name === 'synAck') continue;
    const ends = open.get(String(stream)) ?? new Set(['forth', 'back']);
    if (name === 'resetStream') ends.clear();
    else if ((name === 'data' || name === 'headers') && (flags & 1) > 0) ends.delete(way);
    open.set(String(stream), ends);
  }
  return [...open].filter(([, ends]) => ends.size > 0).map(([stream]) => stream);
}
