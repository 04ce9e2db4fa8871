/** A policy's machine as a file of the scenario: opened as it is, changed, and wrong. */
import { describe, expect, it } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import { breakerMachine, bulkheadMachine, tokenBucketMachine, withStates } from '../../../src/machines/index';
import { readMachineFile, VOCABULARIES, type EditableKind } from '../../../src/model/policies/machine-file';
import { machineText } from '../../../src/model/policies/machine-text';
import { openMachine } from '../../../src/model/policies/open-machine';
import { readScenario } from '../../../src/model/read-scenario';
import { chartOf } from '../../../src/world/machine-chart';
import { merge } from '../../model/example-files';
import { runFile } from '../run-file';
import { CALLED } from '../scenarios';

const MACHINES: readonly (readonly [EditableKind, AnyStateMachine])[] = [
  ['breaker', breakerMachine],
  ['bulkhead', bulkheadMachine],
  ['rate-limit', tokenBucketMachine],
];

describe.each(MACHINES)('the machine of a %s', (kind, machine) => {
  it('has the words that its files may use', () => {
    const { guards, actions, delays } = machine.implementations;
    const events = chartOf(machine)
      .transitions.map(({ event }) => event)
      .filter((event) => !event.startsWith('after '));
    const words = { events: [...new Set(events)], guards: Object.keys(guards), actions: Object.keys(actions), delays: Object.keys(delays) };
    const sorted = (some: Readonly<Record<string, readonly string[]>>) =>
      Object.fromEntries(Object.entries(some).map(([what, names]) => [what, [...names].sort()]));
    expect(sorted(words)).toEqual(sorted(VOCABULARIES[kind]));
  });

  it('is the same machine when it is opened as a file and read again', () => {
    const read = readMachineFile('one.machine.json', machineText(chartOf(machine)), kind);
    expect(read.ok && chartOf(withStates(machine, read.value))).toEqual(chartOf(machine));
  });
});

/** A breaker before a service that always fails, half-open whenever it may be. */
const FILE = merge(CALLED, {
  duration: '20s',
  components: {
    client: { arrivals: { list: null, constant: '10/s' }, policies: ['breaker'] },
    server: { waitingLimit: 0, work: '1h' },
  },
  links: [{ from: 'client', to: 'server' }],
  policies: { breaker: { kind: 'breaker', window: 2, minCalls: 2, openFor: '1s', probes: 1 } },
}) as Readonly<Record<string, unknown>>;

function edited(change: (machine: { states: Record<string, { on: Record<string, unknown>; after?: unknown }> }) => void): unknown {
  const opened = openMachine(FILE, 'breaker', chartOf(breakerMachine))!;
  const files = opened.file['files'] as Record<string, string>;
  const machine = JSON.parse(files[opened.name]!) as { states: Record<string, { on: Record<string, unknown> }> };
  change(machine);
  return { ...opened.file, files: { ...files, [opened.name]: JSON.stringify(machine) } };
}
const sent = (file: unknown) => runFile(file).summary.links[0]!.sent;

describe('a machine file', () => {
  it('changes nothing until it is changed', () => {
    const opened = openMachine(FILE, 'breaker', chartOf(breakerMachine))!;
    expect(runFile(opened.file).summary.digest).toBe(runFile(FILE).summary.digest);
    expect(runFile(opened.file, { engine: 'xstate' }).summary.digest).toBe(runFile(FILE).summary.digest);
  });

  it('makes the policy do what it says: a half-open breaker that never opens again lets every call through', () => {
    const forgiving = edited(({ states }) => {
      states['halfOpen'] = { on: { call: { actions: 'permit' } } };
    });
    expect(sent(FILE)).toBeLessThan(30);
    expect(sent(forgiving)).toBeGreaterThan(180);
    const lane = runFile(forgiving);
    expect(lane.summary.policies[0]!.shares['halfOpen']).toBeGreaterThan(0.9);
    expect(runFile(forgiving, { engine: 'xstate' }).summary.digest).toBe(lane.summary.digest);
  });

  it('may have states, delays and guards of its own', () => {
    const slower = edited(({ states }) => {
      states['open'] = { on: { call: { actions: 'refuse' } }, after: { '3s': { target: 'waiting' } } };
      states['waiting'] = { on: { call: { guard: { not: { or: ['probesLeft'] } }, actions: 'refuse' } }, after: { '500': 'halfOpen' } };
    });
    const lane = runFile(slower);
    expect(Object.keys(lane.summary.policies[0]!.shares).sort()).toEqual(['closed', 'halfOpen', 'open', 'waiting']);
    expect(sent(slower)).toBeLessThan(sent(FILE));
  });

  const findings = (text: string): string[] => {
    const file = merge(FILE, { policies: { breaker: { machine: 'mine.machine.json' } }, files: { 'mine.machine.json': text } });
    const read = readScenario(file, null);
    return read.ok
      ? []
      : read.problems.map(({ path, key }) => `${path.replace('files["mine.machine.json"]', 'file')} ${key.replace('problem.', '')}`);
  };
  const state = (rest: unknown) => JSON.stringify({ initial: 'one', states: { one: rest } });

  it.each([
    ['no JSON', '{', ['file machineJson']],
    ['no states', '{ "initial": "one" }', ['file.states machineStates']],
    ['an unknown first state', '{ "initial": "uno", "states": { "one": {} } }', ['file.initial machineTarget']],
    ['an unknown target', state({ on: { call: 'shut' } }), ['file.states.one.on.call machineTarget']],
    ['an unknown guard', state({ on: { call: { guard: 'probeLeft' } } }), ['file.states.one.on.call.guard machineGuardNear']],
    [
      'an unknown guard inside another',
      state({ on: { call: { guard: { not: 'x' } } } }),
      ['file.states.one.on.call.guard.not machineGuard'],
    ],
    ['an unknown action', state({ on: { call: { actions: ['permit', 'launch'] } } }), ['file.states.one.on.call.actions[1] machineAction']],
    ['an unknown event', state({ on: { telephone: 'one' } }), ['file.states.one.on.telephone machineEvent']],
    ['an unknown delay', state({ after: { later: 'one' } }), ['file.states.one.after.later machineDelay']],
    ['what is not for policies', state({ invoke: {} }), ['file.states.one.invoke unknownKey']],
    [
      'a state that nothing leads to',
      '{ "initial": "one", "states": { "one": {}, "two": { "on": { "call": "one" } } } }',
      ['file.states.two machineUnreachable'],
    ],
  ])('that has %s is a problem with its place', (_what, text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  it('that is not there is one too', () => {
    const read = readScenario(merge(FILE, { policies: { breaker: { machine: 'gone.machine.json' } } }), null);
    expect(read.ok ? [] : read.problems.map(({ path, key }) => `${path} ${key}`)).toEqual(['policies.breaker.machine problem.noFile']);
  });
});
