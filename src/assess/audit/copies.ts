/**
 * What was handled more than once: a message delivered again, a copy that a link made, a call tried again although the earlier attempt arrived.
 * A copy counts when its handler ran to the end and nothing noticed it on the way: no idempotency key answered in its place, no
 * compare-and-set found that somebody had been there. Hedges send copies on purpose and are left out.
 */
import { serviceOf } from '../../model/replicas';
import type { LaneResult } from '../../model/run-result';
import { MessageKind, PolicyAct, RecordKind, type TraceChunk } from '../../model/trace';
import type { Micros } from '../../model/time';

export interface HandledAgain {
  readonly service: string;
  readonly request: number;
  readonly atMicros: Micros;
}

export function handledAgain(lane: LaneResult): HandledAgain[] {
  const reader = new Copies(lane);
  for (const chunk of lane.chunks) for (let at = 0; at < chunk.count; at++) reader.read(chunk, at);
  return reader.found;
}

class Copies {
  readonly found: HandledAgain[] = [];
  /** The message that a copy stands for. */
  private readonly originals = new Map<number, number>();
  /** The first known message of a call, by the call's id. */
  private readonly ofCall = new Map<number, number>();
  /** Services that have handled a message. */
  private readonly handledBy = new Map<number, Set<string>>();
  /** The last message sent on a way: a link makes its copy at once. */
  private readonly lastSent = new Map<number, number>();
  /** What a balancer is handing on. */
  private forwarding = { request: -1, message: 0 };
  /** The handler that has just thrown, by place and request. */
  private thrown = { place: -1, request: -1, time: -1 };
  /** The message that a consumer has just given back. */
  private rejected = { message: -1, time: -1 };
  /** Copies that somebody has noticed: messages, and requests for which a compare-and-set has failed, with the time. */
  private readonly noticed = new Set<number>();
  private readonly setsFailed = new Map<number, Micros>();
  private readonly takenAt = new Map<number, Micros>();

  constructor(private readonly lane: LaneResult) {}

  read({ kind, place, request, subject, detail, value, time }: TraceChunk, at: number): void {
    const message = subject[at]!;
    switch (kind[at]) {
      case RecordKind.messageSent:
        if (detail[at] === MessageKind.nack) this.rejected = { message, time: time[at]! };
        this.lastSent.set(place[at]!, message);
        if (this.forwarding.request === request[at] && detail[at] === MessageKind.request) {
          this.originals.set(message, this.forwarding.message);
          this.forwarding = { request: -1, message: 0 };
        }
        break;
      case RecordKind.messageDuplicated:
        this.originals.set(message, this.lastSent.get(place[at]!) ?? message);
        break;
      case RecordKind.forwarded:
        this.forwarding = { request: request[at]!, message };
        break;
      case RecordKind.timedOut:
      case RecordKind.retried:
        if (value[at]! > 0) this.attempt(message, value[at]!);
        break;
      case RecordKind.policyActed:
        if (detail[at] === PolicyAct.replayed || detail[at] === PolicyAct.held) this.noticed.add(message);
        break;
      case RecordKind.aborted:
        this.setsFailed.set(request[at]!, time[at]!);
        break;
      case RecordKind.workerTaken:
        this.takenAt.set(message, time[at]!);
        break;
      case RecordKind.handlerFailed:
        this.thrown = { place: place[at]!, request: request[at]!, time: time[at]! };
        break;
      case RecordKind.workerFreed:
        this.handled(place[at]!, request[at]!, message, time[at]!);
    }
  }

  private attempt(call: number, message: number): void {
    const first = this.ofCall.get(call);
    if (first === undefined) this.ofCall.set(call, message);
    else if (first !== message) this.originals.set(message, first);
  }

  private handled(place: number, request: number, message: number, now: Micros): void {
    const { thrown, rejected, takenAt } = this;
    const began = takenAt.get(message) ?? now;
    takenAt.delete(message);
    if (thrown.place === place && thrown.request === request && thrown.time === now) return;
    if (rejected.message === message && rejected.time === now) return;
    if (this.noticed.has(message) || (this.setsFailed.get(request) ?? -1) >= began) return;
    const where = this.lane.places[place];
    if (where?.kind !== 'service') return;
    const service = serviceOf(where.id);
    const root = this.rootOf(message);
    const services = this.handledBy.get(root);
    if (services?.has(service)) this.found.push({ service, request, atMicros: now });
    else if (services) services.add(service);
    else this.handledBy.set(root, new Set([service]));
  }

  private rootOf(message: number): number {
    let root = message;
    for (let next = this.originals.get(root); next !== undefined && next !== root; next = this.originals.get(root)) root = next;
    return root;
  }
}
