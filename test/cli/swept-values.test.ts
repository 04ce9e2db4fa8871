import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinations, sweptPlace, withValue } from '../../src/cli/swept-values';

describe('what --set says', () => {
  it.each([
    ['a.b=1/s..3/s:1/s', ['1/s', '2/s', '3/s']],
    ['a=0.1..0.4:0.1', [0.1, 0.2, 0.3, 0.4]],
    ['a=10ms..45ms:10ms', ['10ms', '20ms', '30ms', '40ms']],
    ['a=-1..1:1', [-1, 0, 1]],
    ['a=5..5:1', [5]],
    ['a=0,0.01,20ms,true,fifo', [0, 0.01, '20ms', true, 'fifo']],
    ['a=x=1', ['x=1']],
  ])('%s', (text, values) => {
    expect(sweptPlace(text).values).toEqual(values);
  });

  it.each([
    ['a', 'write PATH='],
    ['a=', 'write PATH='],
    ['=1', 'write PATH='],
    ['a=1..2', 'a range is FROM..TO:STEP'],
    ['a=1..2:0', 'STEP above 0'],
    ['a=2..1:1', 'FROM ≤ TO'],
    ['a=1/s..2/s:1', 'same unit'],
    ['a=1..2:1.2.3', 'a range is FROM..TO:STEP'],
    ['a=0..1:0.000001', 'at most 10000'],
  ])('%s says what would be right', (text, sentence) => {
    expect(() => sweptPlace(text)).toThrow(sentence);
  });

  it('any decimal range has exactly the decimals one would write', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -500, max: 500 }),
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 0, max: 50 }),
        (from, step, more) => {
          const written = (hundredths: number): string => (hundredths / 100).toFixed(2);
          const { values } = sweptPlace(`a=${written(from)}..${written(from + more * step)}:${written(step)}`);
          expect(values).toEqual(Array.from({ length: more + 1 }, (_, index) => Number(written(from + index * step))));
        },
      ),
    );
  });
});

describe('a value in a scenario', () => {
  const file = { components: { client: { calls: 'server' } }, links: [{ loss: 0 }, { loss: 0 }] };

  it('replaces what is there, in lists too, and adds a parameter that had its default; what was given is unchanged', () => {
    expect(withValue(file, 'links[1].loss', 0.5)['links']).toEqual([{ loss: 0 }, { loss: 0.5 }]);
    expect(withValue(file, 'links.0.delay', '5ms')['links']).toEqual([{ loss: 0, delay: '5ms' }, { loss: 0 }]);
    expect(withValue(file, 'seed', 3)).toEqual({ ...file, seed: 3 });
    expect(file.links).toEqual([{ loss: 0 }, { loss: 0 }]);
  });

  it('a place that is not there is named, with what there is', () => {
    expect(() => withValue(file, 'components.server.workers', 2)).toThrow('no "server" in components; there are: client');
    expect(() => withValue(file, 'links[2].loss', 0)).toThrow('no "2" in links; there are: 0, 1');
    expect(() => withValue(file, 'links[2]', 0)).toThrow('no "2" in links');
    expect(() => withValue(file, 'links[0].loss.more', 0)).toThrow('it has no parts');
  });

  it('never reaches a prototype', () => {
    withValue(file, '__proto__', 'polluted');
    expect(() => withValue(file, '__proto__.polluted', 1)).toThrow('no "__proto__"');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

it('combinations: the last place changes fastest', () => {
  const places = [
    { path: 'a', values: [1, 2] },
    { path: 'b', values: ['x', 'y'] },
  ];
  expect(combinations(places)).toEqual([
    [1, 'x'],
    [1, 'y'],
    [2, 'x'],
    [2, 'y'],
  ]);
});
