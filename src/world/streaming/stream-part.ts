/** What a message has to do with a streaming call; it carries one of these. */
import type { Message } from '../message';
import type { StreamCall } from './stream-call';

/** Where the bytes come from that an end has not read: reading them lets the peer send more. */
export interface PartSource {
  consume(bytes: number): void;
}

/** Takes the messages of a stream at one end of a link. */
export interface PartReceiver {
  source: PartSource | undefined;
  /** Whether somebody waits to read: then what comes counts as read. */
  readonly isHungry: boolean;
  receive(message: Message): void;
}

/** A streaming call on one link: who takes the messages at its ends. A balancer in between has a hop before it and one behind it. */
export class StreamHop {
  constructor(
    readonly client: PartReceiver,
    /** Known to whoever takes the request. */
    public server: PartReceiver,
  ) {}
}

export interface StreamTraffic {
  readonly call: StreamCall;
  readonly hop: StreamHop;
  /** Undefined for the request that opens the stream and the reply that ends it. */
  readonly part: StreamPart | undefined;
}

/** One message of a stream. */
export class StreamPart {
  /** Its length with its prefix, once it is written. */
  bytes = 0;

  constructor(
    /** Id of the request that opened the stream on this link. */
    readonly of: number,
    /** Without a body it only says that none follows. */
    readonly hasBody: boolean,
    readonly isLast: boolean,
    /** Flow control has let it go, or nobody wants it any more. */
    readonly gone: () => void,
  ) {}
}
