/** Timeouts, retries and what they cost. Each request meets its own luck, so nothing has to settle. */
import { executedTwice, meanAttempts, TRIALS } from './attempts';
import { meanTMs, ofSummary, reliability, sentPerRequest } from './measures';
import { exactly, mean, type Row } from './row';
import { AMPLE, type File } from './scenarios';

/** A client with code before one service; `onTick` and `onRequest` are the bodies of the handlers. */
function called(onTick: string, link: File, server: File, perSecond = 50, onRequest?: string): File {
  return {
    components: {
      client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, handler: 'client.ts' },
      server: { kind: 'service', workers: AMPLE, ...(onRequest === undefined ? { work: '1ms' } : { handler: 'server.ts' }), ...server },
    },
    links: [{ from: 'client', to: 'server', ...link }],
    files: {
      'client.ts': `export async function onTick(ctx: Ctx) { ${onTick} }`,
      ...(onRequest !== undefined && { 'server.ts': `export async function onRequest(request: Request, ctx: Ctx) { ${onRequest} }` }),
    },
  };
}

export const RETRIES: readonly Row[] = [
  {
    name: 'Retries over a lossy link',
    source: `${TRIALS}: R = 1−fⁿ, attempts (1−fⁿ)/(1−f)`,
    loads: (
      [
        [0.1, 2],
        [0.1, 3],
        [0.4, 4],
      ] as const
    ).map(([loss, attempts]) => {
      const failing = 1 - (1 - loss) ** 2;
      return {
        at: `loss ${loss}, ${attempts} attempts`,
        file: called(`await ctx.call('server', null, { timeout: '10ms', retry: { attempts: ${attempts} } })`, { loss }, {}),
        seconds: 60,
        warmupSeconds: 1,
        comparisons: [
          mean('R', reliability, 1 - failing ** attempts),
          mean('attempts', sentPerRequest('client', 'server'), meanAttempts(failing, attempts)),
          mean(
            'executions',
            ofSummary(({ components, requests }) => (components['server'] as { arrivals: number }).arrivals / requests.N),
            meanAttempts(failing, attempts) * (1 - loss),
          ),
        ],
      };
    }),
  },
  {
    name: 'Executed twice without a key',
    source: `${TRIALS}: a lost reply makes the caller ask again`,
    loads: (
      [
        [0.1, 0.1, 3],
        [0, 0.3, 2],
        [0.2, 0.4, 4],
      ] as const
    ).map(([there, back, attempts]) => {
      const file = called(
        `await ctx.call('server', ctx.random(), { timeout: '10ms', retry: { attempts: ${attempts} } })`,
        { loss: there, back: { loss: back } },
        {},
        50,
        `const seen = (ctx.state[request.body] ?? 0) + 1
  ctx.state[request.body] = seen
  if (seen === 2) await ctx.call('twice')`,
      );
      const components = file['components'] as File;
      return {
        at: `loss ${there}, ${back} back, ${attempts} attempts`,
        file: {
          ...file,
          components: { ...components, twice: { kind: 'service', workers: AMPLE, work: '0ms' } },
          links: [...(file['links'] as readonly unknown[]), { from: 'server', to: 'twice' }],
        },
        seconds: 60,
        warmupSeconds: 1,
        comparisons: [mean('requests executed twice', sentPerRequest('server', 'twice'), executedTwice(there, back, attempts))],
      };
    }),
  },
  {
    name: 'Timeout of exponential work',
    source: 'R = P(S ≤ t) = 1 − e^−μt',
    loads: [20, 100, 300].map((ms) => ({
      at: `t = ${ms} ms`,
      file: called(`await ctx.call('server', null, { timeout: '${ms}ms' })`, {}, { work: { exponential: '100ms' } }),
      seconds: 100,
      warmupSeconds: 2,
      comparisons: [mean('R', reliability, 1 - Math.exp(-ms / 100))],
    })),
  },
  {
    name: 'Timeout and retries of exponential work',
    source: `${TRIALS}: late replies of earlier attempts are too late`,
    loads: (
      [
        [100, 2],
        [50, 3],
        [150, 4],
      ] as const
    ).map(([ms, attempts]) => ({
      at: `t = ${ms} ms, ${attempts} attempts`,
      file: called(
        `for (let left = ${attempts}; left > 0; left--) {
    try { return await ctx.call('server', null, { timeout: '${ms}ms' }) } catch (error) { if (left === 1) throw error }
  }`,
        {},
        { work: { exponential: '100ms' } },
      ),
      seconds: 80,
      warmupSeconds: 2,
      comparisons: [
        mean('R', reliability, 1 - Math.exp((-ms * attempts) / 100)),
        mean('attempts', sentPerRequest('client', 'server'), meanAttempts(Math.exp(-ms / 100), attempts)),
      ],
    })),
  },
  ...(
    [
      ['none', 2, 0],
      ['fixed', 3, 200],
      ['exponential', 5, 1_500],
    ] as const
  ).map(([backoff, attempts, pauses]) => ({
    name: `Time to give up, back-off ${backoff}`,
    source:
      'n timeouts and the n−1 pauses between them: 0, b each, b·2ⁱ; RFC 9110 says nothing, gRPC A6 and M. Brooker, Exponential Backoff And Jitter (2015) do',
    loads: [20, 50, 100].map((timeout) => ({
      at: `timeout ${timeout} ms, ${attempts} attempts`,
      file: called(
        `try { await ctx.call('server', null, { timeout: '${timeout}ms', retry: { attempts: ${attempts}, backoff: '${backoff}', base: '100ms' } }) } catch { return }`,
        { loss: 1 },
        {},
        5,
      ),
      seconds: 20,
      warmupSeconds: 1,
      comparisons: [exactly('mean T in ms', meanTMs, timeout * attempts + pauses)],
    })),
  })),
  {
    name: 'Time to give up, full jitter',
    source: 'M. Brooker, Exponential Backoff And Jitter (2015): each pause is uniform, half as long in the mean',
    loads: [2, 4, 6].map((attempts) => ({
      at: `${attempts} attempts`,
      file: called(
        `try { await ctx.call('server', null, { timeout: '20ms', retry: { attempts: ${attempts}, backoff: 'full-jitter', base: '100ms' } }) } catch { return }`,
        { loss: 1 },
        {},
        5,
      ),
      seconds: 300,
      warmupSeconds: 5,
      comparisons: [mean('mean T in ms', meanTMs, 20 * attempts + (100 * (2 ** (attempts - 1) - 1)) / 2)],
    })),
  },
];
