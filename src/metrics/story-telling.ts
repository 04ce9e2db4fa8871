/** A story while it is told from the records of a request: its hops so far, where each of its messages stands, and who works on it. */
import type { Micros } from '../model/time';
import { MessageKind } from '../model/trace';
import type { HopKind } from './hop';
import type { Carriages } from './carriage';
import { Activity, type Reading } from './story-activity';
import { StoryCalls } from './story-calls';
import { StoryHops, type DraftHop } from './story-hops';
import type { StoryPlaces } from './story-places';
import type { InTopic } from './story-log';
import type { Stand } from './story-stand';
import type { TraceRow } from './trace-reader';

/** Hops that wait for the record that ends them. */
type Waiting = 'waiting' | 'blocked' | 'connecting' | 'door';

export class StoryTelling {
  readonly hops = new StoryHops();
  readonly calls = new StoryCalls();
  /** Flights, and where what flies stood when it left. */
  readonly flights: { readonly hop: DraftHop; readonly source: Stand }[] = [];
  readonly activities: Activity[] = [];
  readonly byWorker = new Map<string, Activity>();
  /** What a balancer hands on under another number: by the new one, the message that came. */
  readonly aliases = new Map<number, number>();
  forwarded: { readonly place: number; readonly message: number } | undefined;
  /** Answers of consumers that have reached their queue, by place and message. */
  readonly settled = new Map<string, number>();
  /** What of it stands in topics, by topic, partition and offset. */
  readonly records = new Map<string, InTopic>();
  /** What a reader of a topic has just handed on. */
  handedOver: { readonly record: InTopic; readonly atMicros: Micros; readonly row: number } | undefined;
  client: Activity | undefined;
  /** Where the handler stood that ended last. */
  handled: Stand | undefined;
  /** Where the request stood when it ended. */
  end: Stand | undefined;
  /** Where messages stand at components, by place and message. */
  private readonly inHand = new Map<string, Stand>();
  private readonly waiting = new Map<string, DraftHop>();

  constructor(
    readonly places: StoryPlaces,
    readonly carriages: Carriages,
    /** All records of the request. */
    readonly own: readonly TraceRow[],
    private readonly reading: Reading,
  ) {}

  /** Where the request stands at an instant, as the books count one that is still open: its caller waits. */
  standsAt(now: Micros): Stand | undefined {
    return this.client?.acts(now);
  }

  note({ timeMicros, place, record, subject }: TraceRow, kind: HopKind, cause: number | undefined, count = 0, reason?: string): DraftHop {
    return this.hops.add({ kind, place, record, fromMicros: timeMicros, cause, message: subject, count, reason });
  }

  handOf(place: number, message: number): Stand | undefined {
    return this.inHand.get(`${place}:${message}`);
  }

  hold(place: number, message: number, stand: Stand): void {
    this.inHand.set(`${place}:${message}`, stand);
  }

  /** Where a message stands at a component; for one whose coming nobody saw, where all began. */
  standOf(place: number, message: number, now: Micros): Stand {
    return this.handOf(place, message) ?? this.activityAt(place, now)?.lastNews(now).stand ?? this.first;
  }

  /** Where the story begins. */
  get first(): Stand {
    return this.client?.begun ?? { hop: 0, atMicros: this.hops.all[0]?.fromMicros ?? 0, past: undefined };
  }

  begin(place: number, message: number, stand: Stand, hop: DraftHop): Activity {
    const activity = new Activity(place, message, stand, hop, this.reading, this.places.kindOf(place) === 'client');
    this.activities.push(activity);
    return activity;
  }

  /** Begins to wait for a record that says that it is over. */
  wait(kind: Waiting, row: TraceRow, before: Stand, count: number): DraftHop {
    const { timeMicros, place, record, subject } = row;
    const hop = this.hops.open({ kind, place, record, fromMicros: timeMicros, cause: before.hop, message: subject, count });
    this.waiting.set(`${kind}:${place}:${subject}`, hop);
    return hop;
  }

  /** It need not wait any longer; undefined when it did not. */
  waited(kind: Waiting, { place, subject, timeMicros }: Pick<TraceRow, 'place' | 'subject' | 'timeMicros'>): DraftHop | undefined {
    const key = `${kind}:${place}:${subject}`;
    const hop = this.waiting.get(key);
    if (!hop) return undefined;
    this.waiting.delete(key);
    this.hops.close(hop, timeMicros);
    return hop;
  }

  /** What a component does for a message. */
  handling(place: number, message: number): Activity | undefined {
    return this.activities.findLast((one) => one.place === place && one.message === message);
  }

  /** Who does something at a component now: whoever has just heard of something, or else whoever is there. */
  activityAt(place: number, now: Micros): Activity | undefined {
    const here = this.activities.filter((one) => one.place === place);
    return here.findLast((one) => one.isOpen && one.hasNewsAt(now)) ?? here.findLast(({ isOpen }) => isOpen) ?? here.at(-1);
  }

  /** A message is at a component: it is in hand there, or tells something to who waits for it. */
  arrives(place: number, message: number, kind: number, stand: Stand): void {
    const component = this.places.kindOf(place);
    const now = stand.atMicros;
    if (component === 'queue' && (kind === MessageKind.ack || kind === MessageKind.nack))
      this.settled.set(`${place}:${message}`, stand.hop);
    else if (component === 'balancer' && kind === MessageKind.reply) this.hold(place, this.aliases.get(message) ?? message, stand);
    else if (component === 'queue' || component === 'topic' || component === 'balancer') this.hold(place, message, stand);
    else if (kind === MessageKind.request || kind === MessageKind.message) this.hold(place, message, stand);
    else if (kind !== MessageKind.cancel) this.tell(place, message, stand, now);
  }

  /** Whoever waits for the answer to a message hears of it. */
  tell(place: number, message: number, stand: Stand, now: Micros): void {
    const sending = this.calls.of(message);
    const isOwn = sending?.place === place;
    if (isOwn) sending.ended ??= stand.hop;
    const owner = isOwn ? sending.owner : this.activityAt(place, now);
    owner?.hear(stand, now);
  }

  /** A handler stops; what it was at stops with it. */
  stop(activity: Activity, now: Micros): void {
    activity.interrupt(now);
    activity.isOpen = false;
    if (activity.hop.isOpen) this.hops.close(activity.hop, now);
  }
}
