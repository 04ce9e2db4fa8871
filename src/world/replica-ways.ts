/**
 * The ways to the replicas of a service, for those who call it by its name: each attempt goes to one of them, as through Kubernetes'
 * Service or gRPC's client-side balancing, without time of its own. Each way has its own connections (gRPC's subchannels); `sticky` is
 * what kube-proxy makes of one long connection. Who is out of rotation is passed over, unless everyone is; a crash tells nobody.
 */
import type { Service } from '../model/kinds/service';
import type { Micros } from '../model/time';
import type { Lane } from '../sim/kernel';
import type { Stream } from '../sim/streams';
import type { Chain } from './chain';
import type { LinkNode } from './link-node';
import type { Message } from './message';
import type { Node } from './node';
import type { Way } from './way';

type Choose = (ready: readonly LinkNode[]) => LinkNode;

export class ReplicaWays implements Way {
  private readonly choose: Choose;

  constructor(
    readonly target: string,
    private readonly all: readonly LinkNode[],
    spread: Service['spread'],
    chance: Stream,
  ) {
    this.choose = chooserFor(spread, chance);
  }

  get from(): Node {
    return this.all[0]!.from;
  }

  get to(): Node {
    return this.all[0]!.to;
  }

  get speaksGrpc(): boolean {
    return this.all[0]!.speaksGrpc;
  }

  send(message: Message): void {
    const ready = this.all.filter(({ to }) => to.inRotation);
    const way = this.choose(ready.length > 0 ? ready : this.all);
    // Before a connection takes it, so that a cancel finds where it went.
    message.way = way;
    way.send(message);
  }

  cancel(message: Message, chain: Chain): void {
    message.way!.cancel(message, chain);
  }

  timeoutLane(timeoutMicros: Micros): Lane {
    return this.all[0]!.timeoutLane(timeoutMicros);
  }
}

function chooserFor(spread: Service['spread'], chance: Stream): Choose {
  const random: Choose = (ready) => ready[Math.floor(chance.uniform() * ready.length)]!;
  if (spread === 'random') return random;
  if (spread === 'round-robin') {
    let turn = 0;
    return (ready) => ready[turn++ % ready.length]!;
  }
  let last: LinkNode | undefined;
  return (ready) => (last = last && ready.includes(last) ? last : random(ready));
}
