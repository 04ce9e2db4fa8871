/**
 * Chance comes in streams that have names, such as `greeter/service-time`. What one stream gives does not depend on who else draws,
 * so a change in one component leaves the luck of all others as it was.
 */
import { hashName } from './name-hash';
import { threefry2x32 } from './threefry';

export interface RandomSource {
  /** A whole number from 0 to 2³² − 1, each as likely as any other. */
  nextUint32(): number;
  /** A number strictly between 0 and 1 with 32 bits: (word + ½) / 2³². Its mean is ½ exactly; it uses up one word. */
  uniform(): number;
}

const ONE_WORD = 1 / 0x100000000;

/** One thing after another: sfc32 by Chris Doty-Humphrey (PractRand), a period of at least 2³², on average 2¹²⁷. */
export class Stream implements RandomSource {
  // A typed array keeps all 32 bits unboxed in every engine; fields of an object would not.
  private readonly state = new Int32Array(4);

  constructor(seed: number, name: string) {
    for (let word = 0; word < 3; word++) this.state[word] = hashName(seed, name, word);
    this.state[3] = 1;
    for (let round = 0; round < 15; round++) this.nextUint32();
  }

  nextUint32(): number {
    const state = this.state;
    const b = state[1]!;
    const c = state[2]!;
    const counter = state[3]!;
    const word = (((state[0]! + b) | 0) + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = (((c << 21) | (c >>> 11)) + word) | 0;
    state[3] = (counter + 1) | 0;
    return word >>> 0;
  }

  uniform(): number {
    return (this.nextUint32() + 0.5) * ONE_WORD;
  }
}

/**
 * Chance by key instead of by order: the n-th draw for request `key` is the same whoever draws first, and whether or not others draw
 * at all. Two variants of a scenario so give the same request the same demand (common random numbers).
 */
export class KeyedStream implements RandomSource {
  private readonly key0: number;
  private readonly key1: number;
  private key = 0;
  private draw = 0;
  /** Words taken since `at`. */
  private taken = 0;
  private readonly block = new Int32Array(2);

  constructor(seed: number, name: string) {
    this.key0 = hashName(seed, name, 0);
    this.key1 = hashName(seed, name, 1);
  }

  /**
   * The source of draw number `draw` for `key`, both taken modulo 2³². As many words as one draw needs may be taken from it. There is
   * only one such source to a keyed stream: the next `at` makes it the source of another draw.
   */
  at(key: number, draw: number): RandomSource {
    this.key = key | 0;
    this.draw = draw | 0;
    this.taken = 0;
    return this;
  }

  nextUint32(): number {
    const word = this.taken & 1;
    // The number of the block goes into the cipher's key, so that all 64 bits of its counter are left for (key, draw).
    if (word === 0) threefry2x32(this.key0, (this.key1 + (this.taken >>> 1)) | 0, this.key, this.draw, this.block);
    this.taken++;
    return this.block[word]! >>> 0;
  }

  uniform(): number {
    return (this.nextUint32() + 0.5) * ONE_WORD;
  }
}

/** All chance of one run. */
export class Streams {
  private readonly streams = new Map<string, Stream>();
  private readonly keyedStreams = new Map<string, KeyedStream>();

  /** A whole seed from 0 to 2⁵³ − 1. */
  constructor(private readonly seed: number) {}

  /** The stream of that name; who asks again for the name goes on where it stands. */
  stream(name: string): Stream {
    let stream = this.streams.get(name);
    if (!stream) this.streams.set(name, (stream = new Stream(this.seed, name)));
    return stream;
  }

  /** The keyed stream of that name; unrelated to `stream(name)`. */
  keyed(name: string): KeyedStream {
    let stream = this.keyedStreams.get(name);
    if (!stream) this.keyedStreams.set(name, (stream = new KeyedStream(this.seed, `keyed ${name}`)));
    return stream;
  }
}
