import { expect, it } from 'vitest';
import { readScenario } from '../../src/model/read-scenario';
import type { Scenario } from '../../src/model/scenario';
import { faultsOfLanes, faultText } from '../../src/ui/charts/lane-faults';

const FILE = {
  version: 1,
  title: 'Trouble',
  seed: 1,
  duration: '60s',
  components: {
    client: { kind: 'client', arrivals: { poisson: '1/s' }, calls: 'server' },
    server: { kind: 'service', replicas: 2, work: '1ms' },
  },
  links: [{ from: 'client', to: 'server' }],
};
const words = (key: string, params: Readonly<Record<string, string | number>> = {}): string =>
  Object.keys(params).length === 0 ? key.replace('log.fault.', '') : `${key.split('.').at(-1)}(${Object.values(params).join('; ')})`;

function scenarioWith(faults: readonly object[]): Scenario {
  const read = readScenario({ ...FILE, faults }, null);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

it('names what goes wrong, where and from when to when', () => {
  const faults = [
    { at: '1s', for: '2s', crash: 'server' },
    { at: '2s', crash: 'server#2' },
    { at: '3s', for: '1s', partition: { from: 'client', to: 'server' } },
    { at: '4s', for: '1s', loss: { from: 'server', to: 'client', oneWay: true, probability: 0.5 } },
    { at: '5s', set: { 'components.server.workers': 3 } },
    { at: '6s', deploy: { service: 'server' } },
  ];
  const lanes = [{ title: 'Base', scenario: scenarioWith(faults) }];
  expect(faultsOfLanes(lanes, words).map((fault) => faultText(fault, words))).toEqual([
    'fault(crash server; 1 s; 3 s)',
    'faultLabelEndless(crash server#2; 2 s; 2 s)',
    'fault(partition client ⇄ server; 3 s; 4 s)',
    'fault(loss server → client; 4 s; 5 s)',
    'faultLabelEndless(set server; 5 s; 5 s)',
    'faultAt(deploy server; 6 s; 6 s)',
  ]);
});

it('says a fault of all lanes once, and names the lanes where not all have it', () => {
  const crash = { at: '1s', for: '2s', crash: 'server' };
  const lanes = [
    { title: 'Base', scenario: scenarioWith([crash]) },
    { title: 'longer', scenario: scenarioWith([crash, { at: '9s', pause: 'server' }]) },
  ];
  expect(faultsOfLanes(lanes, words).map(({ name }) => name)).toEqual(['crash server', 'pause server · longer']);
  expect(faultsOfLanes([...lanes, { title: 'gone', scenario: undefined }], words)[0]?.name).toBe('crash server · Base, longer');
});
