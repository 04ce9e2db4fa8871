/** Scenario files that the tests of this room start from. */
import { mergePatch } from '../../src/model/variant';

/** The example of the semantics page. */
export const MM1 = {
  version: 1,
  title: 'M/M/1',
  seed: 7,
  duration: '2000s',
  warmup: '200s',
  components: {
    client: { kind: 'client', arrivals: { poisson: '8/s' }, calls: 'server' },
    server: { kind: 'service', workers: 1, work: { exponential: '100ms' }, waitingLimit: 1_000_000 },
  },
  links: [{ from: 'client', to: 'server', delay: '0ms', loss: 0 }],
  faults: [],
  files: {},
  variants: { 'slow link': { links: [{ from: 'client', to: 'server', delay: '50ms' }] } },
} as const;

export const QUEUED = {
  version: 1,
  duration: '1min',
  deadline: '500ms',
  baseName: 'with a queue',
  components: {
    people: { kind: 'client', users: 5, thinkTime: { uniform: ['1s', '3s'] }, handler: 'hello.ts' },
    inbox: { kind: 'queue', at: [120, 80.5], overflow: 'drop-oldest', ackTimeout: '30s' },
    greeter: { kind: 'service', workers: 3, discipline: 'lifo', handler: 'greeter.ts' },
  },
  links: [
    { from: 'people', to: 'inbox', delay: { lognormal: { mean: '20ms', sd: '15ms' } }, loss: 0.1, back: { delay: '20ms', loss: 0 } },
    { from: 'inbox', to: 'greeter' },
  ],
  files: { 'hello.ts': 'export async function onTick() {}', 'greeter.ts': 'export async function onMessage() {}' },
} as const;

export function merge(file: unknown, patch: unknown): unknown {
  return mergePatch(file, patch);
}
