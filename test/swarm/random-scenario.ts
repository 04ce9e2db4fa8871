/**
 * One scenario for each seed. Swarm testing (A. Groce et al., "Swarm Testing", ISSTA 2012): every seed leaves out a random half of what
 * there is, because features hide each other's faults when all of them are on.
 */
import { Chance } from './chance';
import { withTrouble } from './random-trouble';
import { clientCode, consumerCode, serviceCode, type Surroundings } from './random-code';

type Json = Record<string, unknown>;

export interface SwarmFile {
  readonly components: Record<string, Json>;
  readonly links: readonly Json[];
  readonly policies: Record<string, Json>;
  readonly files: Readonly<Record<string, string>>;
  readonly duration: string;
  readonly deadline?: string;
}

export interface Swarm {
  readonly file: SwarmFile;
  /** The only number of attempts that any retry of the scenario allows. */
  readonly attempts: number;
  /** It has what the expectations do not know of. */
  readonly hasTrouble: boolean;
}

const FEATURES = ['code', 'queue', 'balancer', 'store', 'policies', 'callsOff', 'eventLoop', 'loss', 'chanceDelays', 'deadline'] as const;
type Feature = (typeof FEATURES)[number];

export function randomScenario(seed: number): Swarm {
  const chance = new Chance(seed);
  const on = new Set<Feature>(FEATURES.filter(() => chance.oneIn(2)));
  // Late in the run nothing happens any more: what then is still open will never end.
  const isQuiet = chance.oneIn(3);
  const attempts = chance.between(2, 4);
  const policies = on.has('policies') ? randomPolicies(chance, attempts) : {};
  const backends = on.has('balancer') ? chance.between(1, 3) : 0;
  const around: Surroundings = {
    targets: on.has('balancer') ? ['api', 'front'] : ['api'],
    hasQueue: on.has('queue'),
    hasStore: on.has('store'),
    policies: Object.keys(policies),
    callsOff: on.has('callsOff'),
    attempts,
  };
  const files: Record<string, string> = {};
  const components: Record<string, Json> = {};
  const ways: [string, string][] = [];
  const clients = Array.from({ length: chance.between(1, 3) }, (_, index) => `client${index}`);
  for (const name of clients) {
    const arrivals = isQuiet ? { arrivals: { list: ['0ms', '0ms', '3ms', '20ms', '40ms', '41ms', '90ms'] } } : load(chance);
    if (on.has('code') && chance.oneIn(2)) {
      components[name] = { kind: 'client', ...arrivals, handler: `${name}.ts` };
      files[`${name}.ts`] = clientCode(chance, around);
      for (const target of around.targets) ways.push([name, target]);
      if (around.hasQueue) ways.push([name, 'jobs'], ['replies', name]);
    } else {
      const target = chance.pick(...around.targets);
      components[name] = { kind: 'client', ...arrivals, calls: target };
      ways.push([name, target]);
    }
    if (around.policies.length > 0 && chance.oneIn(2)) components[name]!['policies'] = [chance.pick(...around.policies)];
  }
  const service = (name: string, code: (chance: Chance, around: Surroundings) => string, mayWork: boolean): void => {
    components[name] = { kind: 'service', ...station(chance, on.has('eventLoop')) };
    if (mayWork && (!on.has('code') || chance.oneIn(3)))
      components[name]['work'] = chance.pick<unknown>('4ms', '9ms', { exponential: '6ms' }, { erlang: { mean: '4ms', k: 2 } });
    else {
      components[name]['handler'] = `${name}.ts`;
      files[`${name}.ts`] = code(chance, around);
      if (around.hasStore) ways.push([name, 'store']);
    }
  };
  service('api', serviceCode, true);
  if (backends > 0) components['front'] = balancer(chance);
  for (let index = 0; index < backends; index++) {
    service(`backend${index}`, serviceCode, true);
    ways.push(['front', `backend${index}`]);
  }
  if (around.hasStore) components['store'] = { kind: 'service', ...station(chance, false), work: '3ms' };
  if (around.hasQueue) addBroker(chance, components, ways, service);
  const file: Json = {
    version: 1,
    seed,
    duration: isQuiet ? '4s' : '350ms',
    warmup: chance.perhaps('60ms'),
    deadline: on.has('deadline') ? chance.pick('12ms', '80ms') : undefined,
    components,
    links: ways.map(([from, to]) => ({ from, to, ...link(chance, on) })),
    policies,
    files,
  };
  return { attempts, ...withTrouble(chance, JSON.parse(JSON.stringify(file)) as SwarmFile) };
}

function load(chance: Chance): Json {
  return chance.pick<Json>(
    { arrivals: { poisson: `${chance.pick(60, 150, 400)}/s` } },
    { arrivals: { constant: '170/s' } },
    { arrivals: { bursts: { size: chance.pick(5, 20), every: '90ms' } } },
    { arrivals: { ramp: { from: '20/s', to: `${chance.pick(10, 300)}/s`, over: '700ms' } } },
    { arrivals: { list: ['0ms', '0ms', '10ms', '200ms'] } },
    { users: chance.between(1, 8), thinkTime: chance.pick<unknown>('5ms', { exponential: '8ms' }) },
    // So many timers that the kernel changes from its heap to its ladder.
    ...(chance.oneIn(8) ? [{ arrivals: { bursts: { size: 2_300, every: '200ms' } } }] : []),
  );
}

function station(chance: Chance, eventLoops: boolean): Json {
  const threads = eventLoops ? chance.perhaps('event-loop') : undefined;
  return {
    workers: chance.between(1, 4),
    waitingLimit: chance.pick(0, 1, 4, 1_000),
    // The line of an event loop has one order only.
    discipline: threads === undefined ? chance.pick('fifo', 'fifo', 'lifo', 'priority') : undefined,
    threads,
  };
}

export function balancer(chance: Chance): Json {
  return {
    kind: 'balancer',
    policy: chance.pick('round-robin', 'random', 'least-connections', 'power-of-two', 'consistent-hash'),
    healthCheck: chance.perhaps({ every: '30ms', timeout: '12ms', unhealthyAfter: 1, healthyAfter: 2 }),
    outlierDetection: chance.perhaps({ consecutiveFailures: 2, ejectFor: '50ms' }),
  };
}

function queue(chance: Chance, deadLetter: string | undefined): Json {
  const overflow = chance.pick('reject', 'drop-oldest', 'block');
  return {
    kind: 'queue',
    capacity: chance.pick(1, 2, 5, 1_000, 1_000),
    overflow,
    ack: chance.pick('manual', 'manual', 'auto'),
    ackTimeout: chance.perhaps(chance.pick('8ms', '40ms')),
    maxDeliveries: chance.between(1, 4),
    prefetch: chance.perhaps(chance.between(1, 4)),
    ttl: chance.perhaps(chance.pick('5ms', '60ms')),
    delay: chance.pick(undefined, undefined, '9ms'),
    priority: chance.pick(undefined, 2, 9),
    confirms: overflow !== 'block' && chance.oneIn(4) ? false : undefined,
    deadLetter,
  };
}

type AddService = (name: string, code: (chance: Chance, around: Surroundings) => string, mayWork: boolean) => void;

function addBroker(chance: Chance, components: Record<string, Json>, ways: [string, string][], service: AddService): void {
  const morgue = chance.perhaps('morgue');
  components['jobs'] = queue(chance, morgue);
  components['replies'] = queue(chance, chance.oneIn(3) ? morgue : undefined);
  for (let index = chance.below(3); index >= 0; index--) {
    service(`worker${index}`, consumerCode, false);
    ways.push(['jobs', `worker${index}`], [`worker${index}`, 'replies']);
  }
  // Replies need somebody who takes them, also where no client sends.
  components['listener'] = { kind: 'client', arrivals: { list: [] }, calls: 'api' };
  ways.push(['replies', 'listener'], ['listener', 'api']);
  if (morgue === undefined) return;
  components['morgue'] = { kind: 'queue', capacity: chance.pick(3, 1_000), overflow: 'drop-oldest' };
  for (const from of ['jobs', 'replies']) if (components[from]?.['deadLetter'] === 'morgue') ways.push([from, 'morgue']);
}

function link(chance: Chance, on: ReadonlySet<Feature>): Json {
  const delay = (): unknown =>
    on.has('chanceDelays')
      ? chance.pick<unknown>('1ms', { exponential: '3ms' }, { uniform: ['0ms', '12ms'] })
      : chance.pick('0ms', '1ms', '7ms');
  const loss = (): number | undefined => (on.has('loss') ? chance.pick(undefined, 0.05, 0.3, 1) : undefined);
  return { delay: delay(), loss: loss(), back: chance.perhaps({ delay: delay(), loss: loss() }) };
}

function randomPolicies(chance: Chance, attempts: number): Record<string, Json> {
  const all: Record<string, Json> = {
    impatient: { kind: 'timeout', after: chance.pick('8ms', '30ms') },
    again: {
      kind: 'retry',
      attempts,
      backoff: chance.pick('none', 'fixed', 'equal-jitter', 'decorrelated-jitter'),
      base: '3ms',
      budget: chance.perhaps({ ratio: 0.2, burst: 3 }),
    },
    breaker: {
      kind: 'breaker',
      failureRate: 0.4,
      window: chance.pick<unknown>(8, '60ms'),
      minCalls: 3,
      openFor: chance.pick('15ms', '40ms'),
      probes: 2,
    },
    bulkhead: { kind: 'bulkhead', limit: chance.between(1, 4) },
    pace: { kind: 'rate-limit', rate: `${chance.pick(30, 100)}/s`, burst: chance.between(1, 5) },
    deadline: { kind: 'deadline', after: '25ms' },
  };
  return Object.fromEntries(Object.entries(all).filter(() => chance.oneIn(2)));
}
