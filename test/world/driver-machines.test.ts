import { describe, expect, it } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import * as machines from '../../src/machines/index';
import { Driver, type Engine } from '../../src/world/driver';
import { chanceOf } from './random-machine';

/** Everything a world sees of one instance driven by random events: actions, changes of state, contexts, in order. */
function history(engine: Engine, machine: AnyStateMachine, input: Record<string, unknown>, seed: number): string[] {
  const definition = new Driver(engine).define(machine);
  const seen: string[] = [];
  const names = new Set(definition.chart.transitions.flatMap(({ actions }) => actions));
  const chance = chanceOf(seed);
  const events = [...new Set(definition.chart.transitions.map(({ event }) => event))].map((type) => definition.event(type));
  const actions = Object.fromEntries(
    [...names].map((name) => [
      name,
      (payload: unknown) => {
        seen.push(`${name} ${String(payload)} ${instance.configuration} ${JSON.stringify(instance.context)}`);
        // Some actions send on to their own instance, as a world whose work takes no time does.
        if (chance(5) === 0) instance.send(events[chance(events.length)]!, 'again');
      },
    ]),
  );
  const timers: string[] = [];
  const instance = definition.create(input, {
    actions,
    stateChanged: (configuration) => seen.push(`-> ${configuration}`),
    schedule: (type, delay, id) => {
      seen.push(`${id} in ${delay}`);
      timers.push(type);
    },
    cancel: (id) => seen.push(`cancel ${id}`),
  });
  for (let step = 0; step < 3_000; step++) {
    // Long phases in which one event prevails take the counts to both of their ends.
    const favourite = events[Math.floor(step / 40) % events.length]!;
    // What the guards of some machines read of their events.
    const payload = { nowMicros: step * 50_000, calls: 4, failures: step % 5, sojournMicros: step % 13, toString: () => `${step}` };
    instance.send(chance(2) === 0 ? favourite : events[chance(events.length)]!, payload);
    // Timers run out late, when the machine may have gone on.
    if (timers.length > 0 && chance(6) === 0) instance.send(definition.event(timers.shift()!), 'timer');
    seen.push(`${instance.configuration} ${JSON.stringify(instance.context)}`);
  }
  return seen;
}

const CASES: readonly (readonly [string, AnyStateMachine, Record<string, unknown>])[] = [
  ['client', machines.clientMachine, {}],
  ['link', machines.linkMachine, {}],
  ['worker', machines.workerMachine, {}],
  ['service 1 + 0', machines.serviceMachine, { workers: 1, waitingLimit: 0 }],
  ['service 1 + 1', machines.serviceMachine, { workers: 1, waitingLimit: 1 }],
  ['service 3 + 0', machines.serviceMachine, { workers: 3, waitingLimit: 0 }],
  ['service 2 + 5', machines.serviceMachine, { workers: 2, waitingLimit: 5 }],
  ['queue 1', machines.queueMachine, { capacity: 1, overflow: 'reject', durable: true }],
  ['queue 4', machines.queueMachine, { capacity: 4, overflow: 'reject', durable: false }],
  ['queue 3, drops the oldest', machines.queueMachine, { capacity: 3, overflow: 'drop-oldest', durable: true }],
  ['queue 3, blocks', machines.queueMachine, { capacity: 3, overflow: 'block', blockLimit: 4, durable: true }],
  ['consumer group', machines.consumerGroupMachine, {}],
  ['eager member', machines.groupMemberMachine, { cooperative: false }],
  ['cooperative member', machines.groupMemberMachine, { cooperative: true }],
  ['replica', machines.replicaMachine, {}],
  ['event loop 1', machines.eventLoopMachine, { workers: 1, waitingLimit: 3 }],
  ['event loop 3', machines.eventLoopMachine, { workers: 3, waitingLimit: 1000 }],
  ['balancer 1', machines.balancerMachine, { backends: 1 }],
  ['balancer 3', machines.balancerMachine, { backends: 3 }],
  ['backend', machines.backendMachine, { unhealthyAfter: 2, healthyAfter: 3, ejectAfter: 4 }],
  ['attacker on a plain link', machines.attackerMachine, { sealed: false, mutual: false }],
  ['attacker under mutual TLS', machines.attackerMachine, { sealed: true, mutual: true }],
  ['breaker', machines.breakerMachine, { failureRate: 0.5, minCalls: 2, probes: 2, openMicros: 5 }],
  ['bulkhead 1', machines.bulkheadMachine, { limit: 1 }],
  ['bulkhead 3', machines.bulkheadMachine, { limit: 3 }],
  ['token bucket', machines.tokenBucketMachine, { perSecond: 10, burst: 3 }],
  ['retry budget', machines.retryBudgetMachine, { depositMillis: 300, capMillis: 2_000 }],
  ['shedding, a limit that stays', machines.sheddingMachine, { limit: 2, leastLimit: 1, mostLimit: 9, targetMicros: -1, backoff: 0.9 }],
  ['shedding, a limit that adapts', machines.sheddingMachine, { limit: 4, leastLimit: 1, mostLimit: 9, targetMicros: 9, backoff: 0.7 }],
  ['hedge 3', machines.hedgeMachine, { attempts: 3 }],
  ['retry throttle', machines.retryThrottleMachine, { maxMillis: 3_000, ratioMillis: 400 }],
  ['transaction', machines.transactionMachine, {}],
  ['call 1', machines.callMachine, { attempts: 1, hasTimeout: false }],
  ['call 3', machines.callMachine, { attempts: 3, hasTimeout: true }],
];

describe('the machines of the simulator', () => {
  it.each(CASES)('%s runs alike in both engines', (_name, machine, input) => {
    for (let seed = 1; seed <= 3; seed++) {
      const expected = history('xstate', machine, input, seed);
      expect(history('specialised', machine, input, seed)).toEqual(expected);
      expect(expected.some((line) => line.startsWith('->'))).toBe(true);
    }
  });
});
