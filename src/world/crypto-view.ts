/** `ctx.crypto`, as a handler sees it: real digests and signatures over bodies, and numbers that are used once. */
import { hmacOf, isHmacOf, sha256Of } from '../handlers/digests';
import type { Invocation } from './invocation';

/** 32-bit words of a nonce: 128 bits, so that two never meet by chance. */
const NONCE_WORDS = 4;

export class CryptoView {
  readonly #invocation: Invocation;

  constructor(invocation: Invocation) {
    this.#invocation = invocation;
  }

  sha256(value: unknown): string {
    return sha256Of(value);
  }

  hmac(key: unknown, value: unknown): string {
    return hmacOf(key, value);
  }

  verify(key: unknown, value: unknown, signature: unknown): boolean {
    return isHmacOf(key, value, signature);
  }

  /** 32 hexadecimal digits from a stream of chance of the component's own. */
  nonce(): string {
    const { world, node, request } = this.#invocation;
    const source = world.streams.keyed(`${node.id}/nonce`).at(request.id, request.nextDraw(node.place));
    let digits = '';
    for (let word = 0; word < NONCE_WORDS; word++) digits += source.nextUint32().toString(16).padStart(8, '0');
    return digits;
  }
}

// As with Context: the way to the class would be one to the simulator.
Reflect.deleteProperty(CryptoView.prototype, 'constructor');
