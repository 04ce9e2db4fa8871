/** Sizes of Protocol Buffers: the published examples of protobuf.dev, "Encoding", and what follows from its rules. */
import { describe, expect, it } from 'vitest';
import { protobufBytes } from '../../../src/world/grpc/protobuf-size';

describe('the size of a body in Protocol Buffers', () => {
  it.each<[unknown, number, string]>([
    [{ a: 150 }, 3, '08 96 01'],
    [{ b: 'testing' }, 9, '12 07 and seven letters'],
    [{ c: { a: 150 } }, 5, '1a 03 08 96 01'],
    [{ f: [3, 270, 86_942] }, 8, '32 06 03 8e 02 9e a7 05, packed'],
    [{ e: ['a', 'b'] }, 6, 'repeated strings have a tag each'],
    [{ n: -2 }, 11, 'a negative int64 takes ten octets'],
    [{ x: 0.5 }, 9, 'a double takes eight'],
    [{ x: [0.5, 1] }, 18, 'packed doubles'],
    [{ t: true, f: false }, 2, 'the default takes nothing'],
    [{ a: 0, b: '', c: null, d: [], e: undefined }, 0, 'defaults'],
    [{ o: {} }, 2, 'a message without fields is there all the same'],
    [{ s: 'é€😀' }, 2 + 2 + 3 + 4, 'UTF-8'],
    ['testing', 9, 'a wrapped string'],
    [[1, 2], 4, 'a wrapped list'],
    [[[1], [2, 3]], 5 + 6, 'a list in a list is a message in a list'],
    [null, 0, 'nothing'],
    [undefined, 0, 'nothing'],
    [{ big: 2n ** 62n }, 10, 'nine octets of seven bits'],
  ])('of %o is %i', (body, bytes) => {
    expect(protobufBytes(body)).toBe(bytes);
  });

  it('counts the sixteenth field with a tag of two octets', () => {
    const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, 1]));
    expect(protobufBytes(fields(16)) - protobufBytes(fields(15))).toBe(3);
  });
});
