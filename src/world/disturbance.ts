/**
 * What goes wrong on one way of a link besides its delay and loss: the link's own parameters `duplicate`, `corrupt`, `order`, and the faults
 * that are on now. Each kind of trouble draws from a stream of its own, so that one more leaves the luck of the others as it was. A
 * partition takes what is sent while it lasts; what was on its way before still arrives.
 */
import type { LinkTrouble } from '../model/faults/fault';
import type { LinkWay } from '../model/kinds/link';
import { RecordKind } from '../model/trace';
import type { Micros } from '../model/time';
import type { Stream } from '../sim/streams';
import type { LinkNode } from './link-node';
import type { Message } from './message';
import type { World } from './world';

type Chance = 'loss' | 'duplicate' | 'corrupt';

export class Disturbance {
  private readonly troubles = new Set<LinkTrouble>();
  private cut = false;
  private factor = 1;
  private addMicros: Micros = 0;
  private shares: Readonly<Record<Chance, number>>;
  private reorders: readonly Extract<LinkTrouble, { verb: 'reorder' }>[] = [];
  private readonly streams: Readonly<Record<Chance | 'reorder' | 'copy', Stream>>;
  /** When the last message is there that an ordered way carries. */
  private lastArrival: Micros = 0;

  constructor(
    private readonly world: World,
    private readonly link: LinkNode,
    private way: LinkWay,
  ) {
    const stream = (purpose: string): Stream => world.streams.stream(`${link.from.id}>${link.to.id}/${purpose}`);
    this.streams = {
      loss: stream('fault-loss'),
      duplicate: stream('duplicate'),
      corrupt: stream('corrupt'),
      reorder: stream('reorder'),
      copy: stream('copy-delay'),
    };
    this.shares = this.sharesNow();
  }

  /** The link's own parameters are these from now on. */
  setWay(way: LinkWay): void {
    this.way = way;
    this.change();
  }

  begin(trouble: LinkTrouble): void {
    this.troubles.add(trouble);
    this.change();
  }

  end(trouble: LinkTrouble): void {
    this.troubles.delete(trouble);
    this.change();
  }

  /** Puts a message on the way whose loss and delay the link has drawn. */
  carry(message: Message, lost: boolean, delayMicros: Micros): void {
    const { link, shares, streams } = this;
    const damaged = shares.corrupt > 0 && this.happens('corrupt');
    const doubled = shares.duplicate > 0 && this.happens('duplicate');
    message.damaged = damaged;
    link.putOn(message, lost, delayMicros, RecordKind.messageSent);
    if (lost || !doubled) return;
    const copy = message.copyAs(this.world.nextMessageId++);
    copy.damaged = damaged;
    link.putOn(copy, false, link.delayFrom(streams.copy), RecordKind.messageDuplicated);
  }

  /** Whether a partition or a fault takes what is sent now. */
  loses(): boolean {
    return this.cut || this.happens('loss');
  }

  private happens(chance: Chance): boolean {
    const share = this.shares[chance];
    return share > 0 && this.streams[chance].uniform() < share;
  }

  /** What the delay that the link has drawn comes to. */
  delayOf(drawn: Micros): Micros {
    let delay = Math.round(drawn * this.factor) + this.addMicros;
    for (const { probability, byMicros } of this.reorders) if (this.streams.reorder.uniform() < probability) delay += byMicros;
    if (this.way.order !== 'keep') return delay;
    const { now } = this.world.kernel;
    this.lastArrival = Math.max(this.lastArrival, now + delay);
    return this.lastArrival - now;
  }

  private change(): void {
    const slows = this.of('slow');
    this.cut = this.of('partition').length > 0;
    this.factor = slows.reduce((product, { factor }) => product * factor, 1);
    this.addMicros = slows.reduce((sum, { addMicros }) => sum + addMicros, 0);
    this.reorders = this.of('reorder');
    this.shares = this.sharesNow();
  }

  private of<Verb extends LinkTrouble['verb']>(verb: Verb): Extract<LinkTrouble, { verb: Verb }>[] {
    return [...this.troubles].filter((trouble): trouble is Extract<LinkTrouble, { verb: Verb }> => trouble.verb === verb);
  }

  /** Troubles strike each by itself: a message is spared by all of them or it is not spared. */
  private sharesNow(): Record<Chance, number> {
    const share = (chance: Chance, own: number): number => {
      let spared = 1 - own;
      for (const trouble of this.troubles) if (trouble.verb === chance) spared *= 1 - trouble.probability;
      return 1 - spared;
    };
    return { loss: share('loss', 0), duplicate: share('duplicate', this.way.duplicate), corrupt: share('corrupt', this.way.corrupt) };
  }
}
