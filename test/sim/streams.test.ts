import { describe, expect, it } from 'vitest';
import { KeyedStream, Stream, Streams, type RandomSource } from '../../src/sim/streams';
import { threefry2x32 } from '../../src/sim/threefry';

const words = (source: RandomSource, count: number): number[] => Array.from({ length: count }, () => source.nextUint32());

/** Correlation of two rows of equal length. */
function correlation(left: readonly number[], right: readonly number[]): number {
  const mean = (row: readonly number[]): number => row.reduce((sum, x) => sum + x, 0) / row.length;
  const [leftMean, rightMean] = [mean(left), mean(right)];
  const product = (a: readonly number[], aMean: number, b: readonly number[], bMean: number): number =>
    a.reduce((sum, x, index) => sum + (x - aMean) * (b[index]! - bMean), 0);
  return (
    product(left, leftMean, right, rightMean) /
    Math.sqrt(product(left, leftMean, left, leftMean) * product(right, rightMean, right, rightMean))
  );
}

/** χ² of the bytes of some words, all four bytes of each: 255 degrees of freedom, so 99.99 % lie below 347. */
function byteChiSquare(source: RandomSource, count: number): number {
  const counts = new Float64Array(256);
  for (let word = 0; word < count; word++) {
    const bits = source.nextUint32();
    for (let byte = 0; byte < 32; byte += 8) counts[(bits >>> byte) & 255]!++;
  }
  const expected = (count * 4) / 256;
  return counts.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);
}

describe('threefry2x32', () => {
  it('gives the known answers of Random123 for 13 rounds', () => {
    const out = new Int32Array(2);
    const answer = (counter: [number, number], key: [number, number]): string => {
      threefry2x32(key[0], key[1], counter[0], counter[1], out);
      return [...out].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(' ');
    };
    expect(answer([0, 0], [0, 0])).toBe('9d1c5ec6 8bd50731');
    expect(answer([0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff])).toBe('fd36d048 2d17272c');
    expect(answer([0x243f6a88, 0x85a308d3], [0x13198a2e, 0x03707344])).toBe('ba3e4725 f27d669e');
  });
});

describe('Stream', () => {
  it('is sfc32', () => {
    // An independent statement of the generator: with (a, b, c, counter), the output is a + b + counter.
    let [a, b, c, d] = [1, 2, 3, 4];
    const reference = Array.from({ length: 20 }, () => {
      const out = (a! + b! + d!) >>> 0;
      d = (d! + 1) >>> 0;
      a = (b! ^ (b! >>> 9)) >>> 0;
      b = (c! + (c! << 3)) >>> 0;
      c = (((c! << 21) | (c! >>> 11)) + out) >>> 0;
      return out;
    });
    const stream = new Stream(0, '');
    (stream as unknown as { state: Int32Array }).state.set([1, 2, 3, 4]);
    expect(words(stream, 20)).toEqual(reference);
  });

  it('depends on seed and name only, and not on who else draws', () => {
    const alone = words(new Streams(7).stream('greeter/service-time'), 10);
    const streams = new Streams(7);
    streams.stream('client/arrivals').nextUint32();
    const stream = streams.stream('greeter/service-time');
    const mixed = Array.from({ length: 10 }, () => {
      streams.stream('client/arrivals').uniform();
      return stream.nextUint32();
    });
    expect(mixed).toEqual(alone);
  });

  it('goes on where it stands when asked for again', () => {
    const streams = new Streams(7);
    const [first, second] = [streams.stream('a').nextUint32(), streams.stream('a').nextUint32()];
    expect(words(new Streams(7).stream('a'), 2)).toEqual([first, second]);
  });

  it('is unrelated to streams of close seeds and close names', () => {
    const rows = [
      new Stream(1, 'a'),
      new Stream(2, 'a'),
      new Stream(1, 'b'),
      new Stream(1, 'aa'),
      new Stream(1 + 2 ** 32, 'a'),
      new Stream(2 ** 53 - 1, 'a'),
    ].map((stream) => words(stream, 20_000));
    for (const [index, row] of rows.entries()) {
      // The standard error of a correlation over 20,000 pairs is 0.007.
      for (const other of rows.slice(index + 1)) expect(Math.abs(correlation(row, other))).toBeLessThan(0.03);
    }
    const firsts = new Set(Array.from({ length: 20_000 }, (_, seed) => new Stream(seed, 'x').nextUint32()));
    expect(firsts.size).toBeGreaterThan(19_990);
  });

  it('has bytes that are equally frequent', () => {
    expect(byteChiSquare(new Stream(5, 'bytes'), 100_000)).toBeLessThan(347);
  });

  it('gives uniform numbers strictly between 0 and 1', () => {
    const source = new Stream(0, 'ends');
    const state = (source as unknown as { state: Int32Array }).state;
    state.set([0, 0, 0, 0]);
    expect(source.uniform()).toBe(2 ** -33);
    state.set([-1, 0, 0, 0]);
    expect(source.uniform()).toBe(1 - 2 ** -33);
  });

  it('starts with these words, whatever the engine', () => {
    expect(words(new Stream(7, 'greeter/service-time'), 3)).toMatchInlineSnapshot(`
      [
        89093810,
        3996063765,
        616892798,
      ]
    `);
    expect(words(new Stream(7, '问候/到达'), 3)).toMatchInlineSnapshot(`
      [
        2709031110,
        2856800304,
        3330329726,
      ]
    `);
  });
});

describe('KeyedStream', () => {
  it('gives each (key, draw) its own words, in whatever order they are asked for', () => {
    const [forth, back] = [new KeyedStream(7, 'demand'), new KeyedStream(7, 'demand')];
    const pairs = Array.from({ length: 200 }, (_, index) => [index >> 2, index & 3] as const);
    const row = (stream: KeyedStream, [key, draw]: readonly [number, number]): number[] => words(stream.at(key, draw), 5);
    const inOrder = pairs.map((pair) => row(forth, pair));
    const reversed = pairs.toReversed().map((pair) => row(back, pair));
    expect(reversed.toReversed()).toEqual(inOrder);
    expect(new Set(inOrder.flat()).size).toBe(1_000);
  });

  it('does not depend on how many words an earlier draw took', () => {
    const stream = new KeyedStream(7, 'demand');
    words(stream.at(1, 0), 3);
    const after = words(stream.at(2, 0), 4);
    words(stream.at(1, 0), 8);
    expect(words(stream.at(2, 0), 4)).toEqual(after);
  });

  it('allocates no source: the next draw takes the place of the one before', () => {
    const stream = new KeyedStream(7, 'demand');
    expect(stream.at(1, 0)).toBe(stream.at(2, 0));
  });

  it('is unrelated to the stream of the same name, to other names and to neighbours', () => {
    const streams = new Streams(7);
    const first = (stream: KeyedStream, draw = 0): number[] =>
      Array.from({ length: 20_000 }, (_, key) => stream.at(key, draw).nextUint32());
    const rows = [first(streams.keyed('a')), first(streams.keyed('a'), 1), first(streams.keyed('b')), words(streams.stream('a'), 20_000)];
    rows.push([...rows[0]!.slice(1), 0]);
    for (const [index, row] of rows.entries()) {
      for (const other of rows.slice(index + 1)) expect(Math.abs(correlation(row, other))).toBeLessThan(0.03);
    }
  });

  it('has bytes that are equally frequent over keys and within one draw', () => {
    const stream = new KeyedStream(5, 'bytes');
    let key = 0;
    const overKeys: RandomSource = { nextUint32: () => stream.at(key++, 0).nextUint32(), uniform: () => 0 };
    expect(byteChiSquare(overKeys, 100_000)).toBeLessThan(347);
    expect(byteChiSquare(stream.at(3, 4), 100_000)).toBeLessThan(347);
  });
});
