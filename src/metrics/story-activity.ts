/**
 * What a component does for a request, as far as the trace tells: a handler that runs for one message, or the client's own part. Code takes
 * no time, so whatever it does at an instant, it does because of the last thing that became known to it at that instant; what it does at any
 * other instant, it does because a time has passed that no record speaks of, such as a `ctx.sleep`.
 */
import type { DelayPart } from '../model/delay-part';
import type { Micros } from '../model/time';
import type { DraftHop } from './story-hops';
import { spend, type Stand } from './story-stand';

/** How to read time of which no record speaks. The parts of the request, which are known, say which reading is right. */
export interface Reading {
  /** It followed on the last thing that became known, or on the last that was acted upon. */
  readonly after: 'news' | 'act';
  /** What a client did in it: it waited, or it worked. */
  readonly client: Extract<DelayPart, 'Td' | 'Ts'>;
}

/** Something that becomes known at an instant; when work ends that is interrupted, is known later. */
interface News {
  stand: Stand;
  atMicros: Micros;
}

interface Work {
  readonly hop: DraftHop;
  readonly base: Stand;
  readonly news: News;
}

export class Activity {
  isOpen = true;
  private readonly works: Work[] = [];
  /** Work that stands still, because its component is paused. */
  readonly stopped: Stand[] = [];
  private readonly news: News[] = [];
  private acted: Stand;

  constructor(
    readonly place: number,
    /** The message that is handled; 0 for the client's own part. */
    readonly message: number,
    /** Where it began. */
    readonly begun: Stand,
    /** What it happens in: the handling of a message, or the start of the request. */
    readonly hop: DraftHop,
    private readonly reading: Reading,
    private readonly isClient: boolean,
  ) {
    this.acted = begun;
    this.hear(begun, begun.atMicros);
  }

  /** Something has become known to it, or will at an instant. */
  hear(stand: Stand, atMicros: Micros): News {
    const news = { stand, atMicros };
    this.news.push(news);
    return news;
  }

  hasNewsAt(now: Micros): boolean {
    return this.news.some(({ atMicros }) => atMicros === now);
  }

  /** The last that was known at an instant. */
  lastNews(now: Micros): News {
    let last = this.news[0]!;
    for (const news of this.news) if (news.atMicros <= now && news.atMicros >= last.atMicros) last = news;
    return last;
  }

  /** Where it stands now that it does something. */
  acts(now: Micros): Stand {
    const last = this.lastNews(now);
    if (last.atMicros === now) this.acted = last.stand;
    else {
      const since = this.reading.after === 'news' ? last.stand : this.acted;
      // What came meanwhile is not forgotten: it is what is told as the cause.
      this.acted = { ...spend(since, this.isClient ? this.reading.client : 'Td', now, this.hop.index), hop: last.stand.hop };
    }
    return this.acted;
  }

  begin(hop: DraftHop, base: Stand): void {
    const news = this.hear(spend(base, 'Ts', hop.toMicros, hop.index), hop.toMicros);
    this.works.push({ hop, base, news });
  }

  /** All work in progress ends before its time. */
  interrupt(now: Micros): readonly Stand[] {
    const cut = this.works.filter(({ hop }) => hop.toMicros > now);
    for (const { hop, base, news } of cut) {
      hop.toMicros = now;
      news.stand = spend(base, 'Ts', now, hop.index);
      news.atMicros = now;
    }
    return cut.map(({ news }) => news.stand);
  }
}
