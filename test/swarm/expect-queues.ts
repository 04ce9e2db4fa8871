/** What a broker's queue owes: to deliver while somebody may take, to respect its limits of time and number, to confirm what it has. */
import { MessageKind, RecordKind } from '../../src/model/trace';
import { atEachInstant, fixedMicros, linkAt, placeOf, type Entry, type Traced } from './trace-of';

interface HandedOut {
  readonly since: number;
  readonly to: string;
}

export function expectQueues(traced: Traced): void {
  for (const [id, component] of Object.entries(traced.file.components)) {
    if (component['kind'] === 'queue') new QueueBook(id, component, traced).read();
  }
}

class QueueBook {
  private readonly place: number;
  private readonly isManual: boolean;
  /** By message: since when it is ready. */
  private readonly ready = new Map<number, number>();
  private readonly joined = new Set<number>();
  private readonly out = new Map<number, HandedOut>();
  private readonly held = new Map<string, number>();
  private readonly prefetch = new Map<string, number>();
  private handing: Entry | undefined;
  private deaths = 0;
  private letters = 0;

  constructor(
    private readonly id: string,
    private readonly model: Readonly<Record<string, unknown>>,
    private readonly traced: Traced,
  ) {
    const { file, lane } = traced;
    this.place = placeOf(lane, id);
    this.isManual = model['ack'] !== 'auto';
    for (const { from, to } of file.links) {
      if (from !== id || to === model['deadLetter']) continue;
      const consumer = file.components[to as string]!;
      const usual = consumer['kind'] === 'service' ? 2 * Number(consumer['workers']) : Infinity;
      this.prefetch.set(to as string, Number(model['prefetch'] ?? usual));
    }
  }

  read(): void {
    const { entries, isWhole, broken, lane } = this.traced;
    atEachInstant(
      entries,
      (entry) => this.take(entry),
      (time) => this.checkDelivery(time),
    );
    if (!isWhole) return;
    if (this.deaths !== this.letters) broken('every dead letter is sent on', `${this.id}: ${this.deaths} deaths, ${this.letters} letters`);
    for (const [message, { since }] of this.out) this.checkAck(message, since, lane.endMicros);
  }

  private take(entry: Entry): void {
    if (entry.kind === RecordKind.messageSent) this.sent(entry);
    if (entry.place !== this.place) return;
    const { kind, subject: message, time } = entry;
    if (kind === RecordKind.refused && this.model['overflow'] === 'block')
      this.traced.broken('a queue that blocks refuses nothing', `${this.id}: message ${message}`);
    if (kind === RecordKind.joined) {
      this.joined.add(message);
      this.ready.set(message, time);
    } else if (kind === RecordKind.delayed) this.ready.delete(message);
    else if (kind === RecordKind.delayEnded) this.ready.set(message, time);
    else if (kind === RecordKind.dispatched) this.dispatched(entry);
    else if (kind === RecordKind.acknowledged || kind === RecordKind.returned) this.comeBack(entry);
    else if (kind === RecordKind.dropped || kind === RecordKind.expired || kind === RecordKind.deadLettered) {
      this.ready.delete(message);
      if (kind === RecordKind.deadLettered) this.deaths++;
    }
  }

  private dispatched({ time, subject: message, detail: deliveries }: Entry): void {
    const { broken } = this.traced;
    const ttl = fixedMicros(this.model['ttl']);
    const since = this.ready.get(message) ?? time;
    if (deliveries === 1 && ttl !== undefined && time - since > ttl)
      broken('nothing is delivered after its ttl', `${this.id}: message ${message}`);
    if (this.isManual && deliveries > Number(this.model['maxDeliveries'] ?? Infinity)) {
      broken('nothing is delivered too often', `${this.id}: message ${message}, delivery ${deliveries}`);
    }
    this.ready.delete(message);
    this.handing = { time, kind: 0, place: 0, request: 0, subject: message, detail: 0, value: 0 };
  }

  private sent({ place, subject: message, detail: kind, time }: Entry): void {
    const link = linkAt(this.traced.lane, place);
    if (link?.from !== this.id) return;
    if (link.way === 'back') {
      if (kind === MessageKind.confirm && !this.joined.has(message))
        this.traced.broken('what is confirmed is stored', `${this.id}: message ${message}`);
    } else if (link.to === this.model['deadLetter']) this.letters++;
    else if (this.handing?.subject === message && this.isManual) {
      this.out.set(message, { since: time, to: link.to });
      this.hold(link.to, 1);
      this.handing = undefined;
    }
  }

  private comeBack({ kind, subject: message, time }: Entry): void {
    const given = this.out.get(message);
    if (kind === RecordKind.returned) this.ready.set(message, time);
    if (!given) return;
    this.out.delete(message);
    this.hold(given.to, -1);
    this.checkAck(message, given.since, time);
  }

  private hold(consumer: string, change: 1 | -1): void {
    const held = (this.held.get(consumer) ?? 0) + change;
    this.held.set(consumer, held);
    if (held > this.prefetch.get(consumer)!)
      this.traced.broken('no consumer holds more than its prefetch', `${this.id}: ${consumer} ${held}`);
  }

  private checkAck(message: number, since: number, now: number): void {
    const limit = fixedMicros(this.model['ackTimeout']);
    if (limit !== undefined && now - since > limit) {
      this.traced.broken('what is not acknowledged in time comes back', `${this.id}: message ${message}, out for ${now - since} µs`);
    }
  }

  private checkDelivery(time: number): void {
    if (this.ready.size === 0) return;
    for (const [consumer, prefetch] of this.prefetch) {
      if (this.isManual && (this.held.get(consumer) ?? 0) >= prefetch) continue;
      this.traced.broken(
        'a queue delivers while a consumer may hold more',
        `${this.id}: ${this.ready.size} ready for ${consumer}, t = ${time} µs`,
      );
      return;
    }
  }
}
