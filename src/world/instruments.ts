/** What handlers measure with `ctx.metric`: a list of instruments, and a record for each value. */
import { INSTRUMENT_KINDS, type Instrument, type InstrumentKind } from '../model/instrument';
import { LIMITS } from '../model/limits';
import { RecordKind } from '../model/trace';
import type { Kernel } from '../sim/kernel';
import type { Recorder } from '../sim/recorder';
import type { ClientRequest } from './client-request';
import type { Node } from './node';
import { optionsOf } from './options-of';

export class Instruments {
  readonly list: Instrument[] = [];
  private readonly byNode = new Map<Node, Map<string, number>>();

  constructor(
    private readonly kernel: Kernel,
    private readonly recorder: Recorder,
  ) {}

  /** @throws TypeError or RangeError in words for the author of a handler. */
  measure(node: Node, request: ClientRequest, name: unknown, value: unknown, options: unknown): void {
    if (typeof name !== 'string' || name === '' || name.length > LIMITS.idLength) {
      throw new TypeError(`the name of a metric must be a text of 1 to ${LIMITS.idLength} characters`);
    }
    const kind = kindIn(options);
    const index = this.indexOf(node, name, kind);
    if (kind !== undefined && this.list[index]!.kind !== kind) {
      throw new TypeError(`${name} of ${node.id} is a ${this.list[index]!.kind} already, not a ${kind}`);
    }
    checkValue(name, this.list[index]!.kind, value);
    this.recorder.record(this.kernel.now, RecordKind.measured, node.place, request.id, index, 0, value);
  }

  private indexOf(node: Node, name: string, kind: InstrumentKind = 'gauge'): number {
    let ofNode = this.byNode.get(node);
    if (!ofNode) this.byNode.set(node, (ofNode = new Map<string, number>()));
    let index = ofNode.get(name);
    if (index === undefined) {
      if (this.list.length >= LIMITS.instruments) throw new RangeError(`a run has at most ${LIMITS.instruments} metrics`);
      index = this.list.push({ name, place: node.place, kind }) - 1;
      ofNode.set(name, index);
    }
    return index;
  }
}

function kindIn(options: unknown): InstrumentKind | undefined {
  if (options === undefined) return undefined;
  const { kind } = optionsOf(options, 'the options of ctx.metric', ['kind']);
  if (kind === undefined || (INSTRUMENT_KINDS as readonly unknown[]).includes(kind)) return kind as InstrumentKind | undefined;
  throw new RangeError(`the kind of a metric must be one of ${INSTRUMENT_KINDS.join(', ')}`);
}

/** A counter only grows, as OpenTelemetry's Counter does. */
function checkValue(name: string, kind: InstrumentKind, value: unknown): asserts value is number {
  const least = kind === 'gauge' ? -LIMITS.metricValue : 0;
  if (typeof value === 'number' && value >= least && value <= LIMITS.metricValue) return;
  throw new RangeError(`a value of the ${kind} ${name} must be a number from ${least} to ${LIMITS.metricValue}`);
}
