/** The way from a component to another, as whoever sends sees it: one way of a link, or those to the replicas of a service. */
import type { Lane } from '../sim/kernel';
import type { Micros } from '../model/time';
import type { Chain } from './chain';
import type { Message } from './message';
import type { Node } from './node';

export interface Way {
  readonly from: Node;
  /** What is at the end; one of them when there are several. */
  readonly to: Node;
  /** The name under which the sender knows it. */
  readonly target: string;
  /** A caller that has gone, or whose time is over, tells the service at once. */
  readonly speaksGrpc: boolean;
  send(message: Message): void;
  /** Nobody waits any more for what a message asked for. */
  cancel(message: Message, chain: Chain): void;
  /** For timeouts of calls that go this way. */
  timeoutLane(timeoutMicros: Micros): Lane;
}
