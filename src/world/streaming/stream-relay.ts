/**
 * A streaming call through a balancer, which chooses a backend for each stream and not for each connection or message, as a proxy that speaks
 * HTTP/2 does (Envoy, NGINX). A message goes on when all of it is there. What flow control does not let go on is not read from the other side, so
 * a slow reader slows the writer down through the balancer, which keeps a window of a stream at most.
 */
import { Message } from '../message';
import type { Way } from '../way';
import type { World } from '../world';
import { StreamHop, StreamPart, type PartReceiver, type PartSource, type StreamTraffic } from './stream-part';

/** Takes what comes on a stream that goes nowhere. */
export const NOBODY: PartReceiver = { source: undefined, isHungry: true, receive: () => undefined };

/** Prepares the request that goes on, and the hop behind the balancer. */
export function relayStream(world: World, asked: Message, onward: Message, onwardWay: Way): void {
  const before = asked.stream!;
  const behind: StreamTraffic = {
    call: before.call,
    hop: new StreamHop(new Relay(world, asked.way!.opposite, asked), before.call.server),
    part: undefined,
  };
  onward.stream = behind;
  before.hop.server = new Relay(world, onwardWay, onward);
}

class Relay implements PartReceiver {
  source: PartSource | undefined = undefined;
  readonly isHungry = false;

  constructor(
    private readonly world: World,
    private readonly way: Way,
    /** The request that opened the stream on the link where the messages go on. */
    private readonly opened: Message,
  ) {}

  receive(message: Message): void {
    const { call, part } = message.stream!;
    const { bytes, hasBody, isLast } = part!;
    const onward = new Message(this.world.nextMessageId++, message.kind, message.request, message.chain, message.from, message.body);
    onward.standsFor(message);
    const gone = (): void => this.source?.consume(bytes);
    onward.stream = { call, hop: this.opened.stream!.hop, part: new StreamPart(this.opened.id, hasBody, isLast, gone) };
    this.way.send(onward);
  }
}
