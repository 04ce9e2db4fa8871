/** What a message has to do with a streaming call; it carries one of these. */
import type { StreamCall } from './stream-call';
import type { StreamEnd } from './stream-end';

export interface StreamTraffic {
  readonly call: StreamCall;
  /** Undefined for the request that opens the stream and the reply that ends it. */
  readonly part: StreamPart | undefined;
}

/** One message of a stream. */
export class StreamPart {
  /** Its length with its prefix, once it is written. */
  bytes = 0;

  constructor(
    /** Id of the request that opened the stream. */
    readonly of: number,
    readonly to: StreamEnd,
    /** Without a body it only says that none follows. */
    readonly hasBody: boolean,
    readonly isLast: boolean,
    /** Flow control has let it go, or nobody wants it any more. */
    readonly gone: () => void,
  ) {}
}
