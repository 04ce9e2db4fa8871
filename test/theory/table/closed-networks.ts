/** Closed networks: users who think, then call one station after the other; and the laws that hold for all of them. */
import { meanValueAnalysis } from './finite-sources';
import { meanInSystem, meanTMs, ofSummary, throughput } from './measures';
import { atLeast, atMost, mean, type Row } from './row';
import type { File } from './scenarios';

/** Users who think, then call each station in turn. */
function closedRow(demands: readonly number[], users: number, thinkSeconds: number): File {
  const names = demands.map((_, index) => `station${index + 1}`);
  return {
    components: {
      client: { kind: 'client', users, thinkTime: { exponential: `${thinkSeconds}s` }, handler: 'client.ts' },
      ...Object.fromEntries(
        names.map((name, index) => [name, { kind: 'service', workers: 1, work: { exponential: `${demands[index]! * 1_000}ms` } }]),
      ),
    },
    links: names.map((to) => ({ from: 'client', to })),
    files: { 'client.ts': `export async function onTick(ctx: Ctx) { ${names.map((name) => `await ctx.call('${name}')`).join('; ')} }` },
  };
}

const CLOSED = [
  { demands: [0.1, 0.1], users: 4, thinkSeconds: 0.5 },
  { demands: [0.1, 0.05], users: 10, thinkSeconds: 1 },
  { demands: [0.02, 0.08, 0.05], users: 25, thinkSeconds: 1 },
] as const;

export const CLOSED_NETWORKS: readonly Row[] = [
  {
    name: 'Closed network, mean value analysis',
    source: 'M. Reiser, S. S. Lavenberg, JACM 27 (1980)',
    loads: CLOSED.map(({ demands, users, thinkSeconds }) => {
      const theory = meanValueAnalysis(demands, thinkSeconds, users);
      return {
        at: `N = ${users}, D = ${demands.join(' ')}`,
        file: closedRow(demands, users, thinkSeconds),
        seconds: 200,
        warmupSeconds: 50,
        comparisons: [
          mean('Q', throughput, theory.perSecond),
          mean('mean T in ms', meanTMs, theory.responseSeconds * 1_000),
          ...demands.map((_, index) => mean(`L of station ${index + 1}`, meanInSystem(`station${index + 1}`), theory.meanNumbers[index]!)),
        ],
      };
    }),
  },
  {
    name: 'Operational laws of a closed network',
    source: 'P. J. Denning, J. P. Buzen, The operational analysis of queueing network models, Computing Surveys 10 (1978)',
    loads: CLOSED.map(({ demands, users, thinkSeconds }) => {
      const total = demands.reduce((sum, demand) => sum + demand, 0);
      const busiest = Math.max(...demands);
      return {
        at: `N = ${users}, D = ${demands.join(' ')}`,
        file: closedRow(demands, users, thinkSeconds),
        seconds: 200,
        warmupSeconds: 50,
        comparisons: [
          // Response time: R = N/X − Z. Its ends weigh as one request of many.
          mean(
            'R·X + Z·X',
            ofSummary(({ requests }) => requests.QPerSecond * (requests.T.meanMs! / 1_000 + thinkSeconds)),
            users,
          ),
          ...demands.map((demand, index) =>
            mean(
              `U − X·D of station ${index + 1}`,
              ofSummary(({ requests, components }) => {
                const service = components[`station${index + 1}`]!;
                return service.kind === 'service' ? service.utilization - requests.QPerSecond * demand : NaN;
              }),
              0,
            ),
          ),
          atMost('X, bound by N/(Z+D) and 1/D_max', throughput, Math.min(users / (total + thinkSeconds), 1 / busiest)),
          atLeast('T in ms, bound by N·D_max − Z', meanTMs, 1_000 * Math.max(total, users * busiest - thinkSeconds)),
        ],
      };
    }),
  },
];
