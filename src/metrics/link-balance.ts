/** The books of the links: what is sent or doubled is delivered, lost or in flight, kind by kind, and no reply comes without its request. */
import { ARRIVES_LATER, MessageKind } from '../model/trace';
import type { Micros } from '../model/time';
import { PlaceKind, type PlaceIndex } from './place-index';
import type { Report } from './report';

const KINDS = Object.keys(MessageKind).length;
const KIND_NAMES = Object.keys(MessageKind);

export class LinkBalance {
  /** Arrivals at each place, counted where they come off a link. */
  readonly reached: Float64Array;
  // By link way and kind of message: `way * KINDS + kind`.
  private readonly sent: Float64Array;
  private readonly duplicated: Float64Array;
  private readonly delivered: Float64Array;
  private readonly lost: Float64Array;
  /** Of those sent and not lost: due before the end of the run, and due by then. What is due exactly at the end may or may not be delivered. */
  private readonly dueBefore: Float64Array;
  private readonly dueBy: Float64Array;
  /** Sent on connections: nobody can say when they are due. */
  private readonly dueLater: Float64Array;

  constructor(
    private readonly index: PlaceIndex,
    private readonly durationMicros: Micros,
    private readonly report: Report,
  ) {
    const places = index.kind.length;
    const ways = (): Float64Array => new Float64Array(places * KINDS);
    this.duplicated = ways();
    [this.sent, this.delivered, this.lost] = [ways(), ways(), ways()];
    [this.dueBefore, this.dueBy, this.dueLater] = [ways(), ways(), ways()];
    this.reached = new Float64Array(places);
  }

  sentOn(way: number, kind: number, due: Micros, now: Micros): void {
    const cell = way * KINDS + kind;
    this.sent[cell]!++;
    this.setOut(cell, way, due, now);
    if (kind !== MessageKind.reply) return;
    const { index } = this;
    if (
      (index.kind[index.from[way]!] !== PlaceKind.service && index.kind[index.from[way]!] !== PlaceKind.balancer) ||
      index.kind[index.to[way]!] === PlaceKind.queue
    )
      return;
    const asked = this.delivered[index.opposite[way]! * KINDS + MessageKind.request]!;
    if (this.sent[cell]! > asked) this.report('no reply without its request', way, now, `${this.sent[cell]} replies to ${asked} requests`);
  }

  /** A copy goes on the way beside the message that was sent. */
  duplicatedOn(way: number, kind: number, due: Micros, now: Micros): void {
    const cell = way * KINDS + kind;
    this.duplicated[cell]!++;
    if (this.duplicated[cell]! > this.sent[cell]!) this.report('a copy has an original', way, now, KIND_NAMES[kind]!);
    this.setOut(cell, way, due, now);
  }

  lostOn(way: number, kind: number, due: Micros, now: Micros): void {
    const cell = way * KINDS + kind;
    this.lost[cell]!++;
    if (due < this.durationMicros) this.dueBefore[cell]!--;
    if (due <= this.durationMicros) this.dueBy[cell]!--;
    this.checkFlight(cell, way, kind, now);
  }

  /** What will not arrive because nobody waits for it is off the link like what is lost. */
  cancelledOn(way: number, kind: number, now: Micros): void {
    const cell = way * KINDS + kind;
    this.lost[cell]!++;
    this.checkFlight(cell, way, kind, now);
  }

  deliveredOn(way: number, kind: number, sentAt: Micros, now: Micros): void {
    const cell = way * KINDS + kind;
    this.delivered[cell]!++;
    this.checkFlight(cell, way, kind, now);
    if (sentAt > now) this.report('time never runs back', way, now, `a message was sent at ${sentAt} µs`);
    this.arrive(this.index.to[way]!, kind, 1);
  }

  /** What comes off a link counts as an arrival when the component is to do something about it, not when it is an answer. */
  arrive(place: number, kind: number, change: 1 | -1): void {
    const isArrival =
      this.index.kind[place] === PlaceKind.queue
        ? kind !== MessageKind.ack && kind !== MessageKind.nack
        : kind === MessageKind.request || kind === MessageKind.message;
    if (isArrival) this.reached[place]! += change;
  }

  private setOut(cell: number, way: number, due: Micros, now: Micros): void {
    if (due === ARRIVES_LATER) {
      this.dueLater[cell]!++;
      return;
    }
    if (due < this.durationMicros) this.dueBefore[cell]!++;
    if (due <= this.durationMicros) this.dueBy[cell]!++;
    if (due < now) this.report('time never runs back', way, now, `a message is due at ${due} µs`);
  }

  private checkFlight(cell: number, way: number, kind: number, now: Micros): void {
    if (this.sent[cell]! + this.duplicated[cell]! >= this.delivered[cell]! + this.lost[cell]!) return;
    this.report('sent = delivered + lost + in flight', way, now, `more ${KIND_NAMES[kind]} arrived or were lost than were sent`);
  }

  balance(way: number, endMicros: Micros, slack: number): void {
    for (let kind = 0; kind < KINDS; kind++) {
      const cell = way * KINDS + kind;
      const [sent, delivered, lost] = [this.sent[cell]! + this.duplicated[cell]!, this.delivered[cell]!, this.lost[cell]!];
      const isLate = slack === 0 && (delivered < this.dueBefore[cell]! || delivered > this.dueBy[cell]! + this.dueLater[cell]!);
      if (!isLate) continue;
      const counts = `${KIND_NAMES[kind]}: ${sent} sent or doubled, ${delivered} delivered, ${lost} lost, but ${sent - lost - this.dueBy[cell]!} should be in flight`;
      this.report('sent = delivered + lost + in flight', way, endMicros, counts);
    }
  }
}
