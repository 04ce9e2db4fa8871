/**
 * What must hold in every run, checked from the trace alone, so that it does not share the simulator's mistakes. Breaking one is our
 * bug; each finding names the invariant, the place and the instant. A run that was stopped early may have been cut inside an event, so
 * its books may be off by that one.
 */
import { Outcome } from '../model/outcome';
import { RecordKind, type Place, type RequestChunk, type TraceChunk } from '../model/trace';
import { placeName } from '../model/place-name';
import type { Scenario } from '../model/scenario';
import type { Micros } from '../model/time';
import { FrameBalance } from './frame-balance';
import { LinkBalance } from './link-balance';
import { LogBalance } from './log-balance';
import { isLogRecord } from '../model/log-records';
import { indexPlaces } from './place-index';
import type { Report } from './report';
import { StationBalance } from './station-balance';

const MAX_VIOLATIONS = 100;

export class Invariants {
  private readonly violations: string[] = [];
  private readonly links: LinkBalance;
  private readonly frames: FrameBalance;
  private readonly stations: StationBalance;
  private readonly logs: LogBalance;
  /** Requests by client. */
  private readonly started: Float64Array;
  private readonly ended: Float64Array;
  private lastTime: Micros = 0;
  private decidedRows = 0;
  private openRows = 0;

  constructor(
    private readonly scenario: Scenario,
    private readonly places: readonly Place[],
  ) {
    const index = indexPlaces(scenario, places);
    const report: Report = (invariant, place, micros, what) => this.report(invariant, place, micros, what);
    this.links = new LinkBalance(index, scenario.durationMicros, report);
    this.frames = new FrameBalance(places.length, report);
    this.stations = new StationBalance(index, report);
    this.logs = new LogBalance(places, report);
    this.started = new Float64Array(places.length);
    this.ended = new Float64Array(places.length);
  }

  add(chunk: TraceChunk): void {
    const { count, kind, place: placeOf, time, value, detail, subject } = chunk;
    let { lastTime } = this;
    for (let at = 0; at < count; at++) {
      const now = time[at]!;
      const place = placeOf[at]!;
      if (now < lastTime) this.report('time never runs back', place, now, `after ${lastTime} µs`);
      lastTime = now;
      switch (kind[at] as RecordKind) {
        case RecordKind.messageSent:
          this.links.sentOn(place, detail[at]!, value[at]!, now);
          break;
        case RecordKind.messageDuplicated:
          this.links.duplicatedOn(place, detail[at]!, value[at]!, now);
          break;
        case RecordKind.messageLost:
          this.links.lostOn(place, detail[at]!, value[at]!, now);
          break;
        case RecordKind.messageCancelled:
          this.links.cancelledOn(place, detail[at]!, now);
          break;
        case RecordKind.frameSent:
          this.frames.sentOn(place, detail[at]!, value[at]!);
          break;
        case RecordKind.frameReceived:
          this.frames.receivedOn(place, detail[at]!, value[at]!, now);
          break;
        case RecordKind.messageDelivered:
          this.links.deliveredOn(place, detail[at]!, value[at]!, now);
          break;
        case RecordKind.joined:
          this.stations.joined(place, subject[at]!, detail[at]!, value[at]!, now);
          break;
        case RecordKind.refused:
          this.stations.refused[place]!++;
          break;
        case RecordKind.workerTaken:
          this.stations.taken(place, subject[at]!, detail[at]!, value[at]!, now);
          break;
        case RecordKind.workStarted:
          this.stations.worked(place, subject[at]!, detail[at]!, now);
          break;
        case RecordKind.workerFreed:
          this.stations.freed(place, subject[at]!, detail[at]!, value[at]!, now);
          break;
        case RecordKind.forwarded:
          this.stations.forwarded(place, subject[at]!, now);
          break;
        case RecordKind.answered:
          this.stations.removed(place, subject[at]!, false, value[at]!, now);
          break;
        case RecordKind.yielded:
          this.stations.yielded(place, subject[at]!, detail[at]!, now);
          break;
        case RecordKind.woken:
          this.stations.woken(place, subject[at]!, now);
          break;
        case RecordKind.resumed:
          this.stations.resumed(place, subject[at]!, detail[at]!, value[at]!, now);
          break;
        case RecordKind.dispatched:
          this.stations.dispatched(place, subject[at]!, now);
          break;
        case RecordKind.acknowledged:
          this.stations.removed(place, subject[at]!, false, value[at]!, now);
          break;
        case RecordKind.returned:
          this.stations.returned(place, subject[at]!, now);
          break;
        case RecordKind.dropped:
        case RecordKind.expired:
        case RecordKind.deadLettered:
          this.stations.removed(place, subject[at]!, true, value[at]!, now);
          break;
        case RecordKind.blocked:
          this.stations.blocked[place]!++;
          break;
        case RecordKind.unblocked:
          this.stations.blocked[place]!--;
          // Held back to the end, and then gone with its broker.
          if (detail[at] === 1) this.stations.refused[place]!++;
          break;
        case RecordKind.delayed:
          this.stations.delayed(place, subject[at]!);
          break;
        case RecordKind.delayEnded:
          this.stations.delayEnded(place, subject[at]!);
          break;
        case RecordKind.heldAtDoor:
          this.links.arrive(place, detail[at]!, -1);
          break;
        case RecordKind.letIn:
          this.links.arrive(place, detail[at]!, 1);
          break;
        case RecordKind.abandoned:
          this.stations.abandoned(place, subject[at]!, detail[at]!, value[at]!, now);
          break;
        case RecordKind.requestStarted:
          this.started[place]!++;
          break;
        case RecordKind.requestEnded:
          this.ended[place]!++;
          break;
        case RecordKind.delivered: {
          const reader = this.logs.delivered(place, detail[at]!, subject[at]!, value[at]!, now);
          if (reader >= 0) this.links.reached[reader]!++;
          break;
        }
        case RecordKind.strayDelivered:
          this.links.reached[value[at]!]!++;
          break;
        default:
          if (isLogRecord(kind[at]!)) this.logs.take(kind[at]!, place, detail[at]!, subject[at]!, value[at]!, now);
      }
    }
    this.lastTime = lastTime;
  }

  addRequests(chunk: RequestChunk): void {
    // Column by column: lists to take several numbers from at once would be made anew for each row.
    const { count, outcome, started: startedAt, accepted: acceptedAt, ended: endedAt } = chunk;
    for (let at = 0; at < count; at++) {
      const tr = chunk.tr[at]!;
      const td = chunk.td[at]!;
      const ts = chunk.ts[at]!;
      const tp = chunk.tp[at]!;
      const started = startedAt[at]!;
      const ended = endedAt[at]!;
      const accepted = acceptedAt[at]!;
      if (tr + td + ts + tp !== ended - started || tr < 0 || td < 0 || ts < 0 || tp < 0) {
        this.report(
          'Tr + Td + Ts + Tp = T',
          chunk.client[at]!,
          ended,
          `request ${chunk.request[at]}: ${tr} + ${td} + ${ts} + ${tp} ≠ ${ended - started}`,
        );
      }
      if (ended < started || (accepted !== -1 && (accepted < started || accepted > ended))) {
        this.report(
          'a request starts, is accepted, ends',
          chunk.client[at]!,
          ended,
          `request ${chunk.request[at]}: ${started}, ${accepted}, ${ended}`,
        );
      }
      if (outcome[at] === Outcome.inFlight) this.openRows++;
      else this.decidedRows++;
    }
  }

  /** The findings, with the balances at the end of the run. */
  finish(endMicros: Micros): readonly string[] {
    const slack = endMicros < this.scenario.durationMicros ? 1 : 0;
    if (this.lastTime > endMicros) this.report('time never runs back', 0, endMicros, `the trace goes on to ${this.lastTime} µs`);
    for (const [place, { kind }] of this.places.entries()) {
      if (kind === 'link') this.links.balance(place, endMicros, slack);
      else if (kind === 'topic') this.logs.balance(place, this.links.reached[place]! - this.stations.refused[place]!, endMicros, slack);
      else if (kind !== 'client' && kind !== 'part' && kind !== 'attacker')
        this.stations.balance(place, this.links.reached[place]!, endMicros, slack);
    }
    this.balanceRequests(endMicros, slack);
    return this.violations;
  }

  private balanceRequests(endMicros: Micros, slack: number): void {
    let [started, ended] = [0, 0];
    for (const [place, { kind }] of this.places.entries()) {
      if (kind !== 'client') continue;
      started += this.started[place]!;
      ended += this.ended[place]!;
    }
    if (started === ended + this.openRows && Math.abs(ended - this.decidedRows) <= slack) return;
    const counts = `${started} started, ${ended} ended, rows: ${this.decidedRows} decided, ${this.openRows} in flight`;
    this.report('every request is decided once or in flight', 0, endMicros, counts);
  }

  private report(invariant: string, place: number, micros: Micros, what: string): void {
    if (this.violations.length >= MAX_VIOLATIONS) return;
    const where = this.places[place];
    const name = where === undefined ? `place ${place}` : placeName(where, this.places).replace('>', ' → ');
    this.violations.push(`${invariant}: ${name}, t = ${micros} µs: ${what}`);
  }
}
