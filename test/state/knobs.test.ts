import { expect, test } from 'vitest';
import { KNOBS, knobOfPath, rangeOf, readKnob, writeKnob } from '../../src/state/knobs';

const FILE = {
  version: 1,
  components: {
    client: { kind: 'client', arrivals: { poisson: '12/s' }, handler: 'caller.ts' },
    greeter: { kind: 'service', workers: 10 },
  },
  links: [{ from: 'client', to: 'greeter', delay: '20ms', loss: 0.01, back: { delay: '30ms' } }],
  variants: {
    queue: {
      components: { client: { handler: 'sender.ts' }, hellos: { kind: 'queue' }, greeter: { workers: 12 } },
      links: [
        { from: 'client', to: 'hellos', delay: { uniform: ['15ms', '25ms'] } },
        { from: 'hellos', to: 'greeter' },
      ],
    },
    plain: { links: null },
  },
};

test('reads what the base says, in the units of the knob', () => {
  expect(KNOBS.map((knob) => readKnob(FILE, knob))).toEqual([12, 10, 20, 1]);
});

test('a scenario without such a place has no such knob', () => {
  const bursts = { components: { client: { kind: 'client', arrivals: { bursts: { size: 5, every: '1s' } } } } };
  expect(KNOBS.map((knob) => readKnob(bursts, knob))).toEqual([undefined, undefined, undefined, undefined]);
});

test('turns every lane alike, and leaves the rest shared', () => {
  const turned = writeKnob(FILE, 'workers', 15);
  expect(turned).toMatchObject({
    components: { greeter: { workers: 15 } },
    variants: { queue: { components: { greeter: { workers: 15 }, hellos: { kind: 'queue' } } } },
  });
  expect(turned['links']).toBe(FILE.links);
  expect(FILE.components.greeter.workers).toBe(10);
});

test('a link delay changes the mean of each link, the way back and the variants included, and keeps the spread', () => {
  expect(writeKnob(FILE, 'delay', 100)).toMatchObject({
    links: [{ delay: '0.1s', back: { delay: '0.1s' }, loss: 0.01 }],
    variants: { queue: { links: [{ delay: { uniform: ['95ms', '105ms'] } }, { delay: '0.1s' }] }, plain: { links: null } },
  });
});

test('loss is percent on the knob and a share in the file', () => {
  const turned = writeKnob(FILE, 'loss', 2.5);
  expect(turned).toMatchObject({ links: [{ loss: 0.025 }], variants: { queue: { links: [{ loss: 0.025 }, { loss: 0.025 }] } } });
  expect(readKnob(turned, 'loss')).toBe(2.5);
});

test('what is written is what is read', () => {
  for (const knob of KNOBS) for (const value of [1, 3, 17]) expect(readKnob(writeKnob(FILE, knob, value), knob), knob).toBe(value);
});

test('a slider always reaches its value, and knows the paths that lessons name', () => {
  expect(rangeOf('arrivals', 12).max).toBe(30);
  expect(rangeOf('arrivals', 500).max).toBe(1_000);
  expect(knobOfPath('components.client.arrivals.poisson')).toBe('arrivals');
  expect(knobOfPath('links[0].delay')).toBe('delay');
  expect(knobOfPath('components.greeter.waitingLimit')).toBeUndefined();
});
