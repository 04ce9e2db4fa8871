import { expect, test } from 'vitest';
import { readScenario } from '../../src/model/read-scenario';
import { readKnob } from '../../src/state/knobs';
import { fileAt, liveEntries, turnFrom, withoutEntry } from '../../src/state/live-changes';

const FILE = {
  version: 1,
  duration: '60s',
  components: {
    client: { kind: 'client', arrivals: { poisson: '12/s' }, calls: 'greeter' },
    greeter: { kind: 'service', workers: 10, work: '1s' },
  },
  links: [{ from: 'client', to: 'greeter', delay: '20ms' }],
  variants: {
    near: { links: [{ from: 'client', to: 'greeter', delay: { exponential: '5ms' } }] },
    small: { components: { greeter: { workers: 2 } } },
  },
};

test('a knob turned at an instant is an entry of the list of faults, in the base and where a variant has links of its own', () => {
  const turned = turnFrom(FILE, 'delay', 80, 12_500_000);
  expect(turned['faults']).toEqual([{ at: '12.5s', set: { 'links[0].delay': '80ms' } }]);
  expect(turned['variants']).toMatchObject({ near: { faults: [{ at: '12.5s', set: { 'links[0].delay': { exponential: '80ms' } } }] } });
  for (const variant of [null, 'near', 'small']) expect(readScenario(turned, variant)).toMatchObject({ ok: true });
  expect(turned['links']).toBe(FILE.links);
});

test('turns at one instant are one entry; the last value of a knob counts', () => {
  const twice = turnFrom(turnFrom(turnFrom(FILE, 'workers', 12, 5e6), 'workers', 15, 5e6), 'arrivals', 20, 5e6);
  expect(twice['faults']).toEqual([
    { at: '5s', set: { 'components.greeter.workers': 15, 'components.client.arrivals': { poisson: '20/s' } } },
  ]);
});

test('a knob shows what holds at the playhead', () => {
  const turned = turnFrom(turnFrom(FILE, 'workers', 12, 5e6), 'workers', 3, 9e6);
  expect([0, 5e6, 8e6, 9e6, 60e6].map((at) => readKnob(fileAt(turned, at), 'workers'))).toEqual([10, 12, 12, 3, 3]);
});

test('an entry is listed and can be removed everywhere', () => {
  const turned = turnFrom({ ...FILE, faults: [{ at: '1s', crash: 'greeter' }] }, 'loss', 10, 2e6);
  const entries = liveEntries(turned);
  expect(entries).toEqual([{ index: 1, atMicros: 2e6, settings: [{ path: 'links[0].loss', value: 0.1 }] }]);
  const removed = withoutEntry(turned, entries[0]!);
  expect(removed['faults']).toEqual([{ at: '1s', crash: 'greeter' }]);
  expect(removed['variants']).toMatchObject({ near: { faults: [{ at: '1s', crash: 'greeter' }] } });
});
