/** The faults that an audit injects: each kind that the model has, at each place where it makes sense, in the middle of the run. */
import { componentsOf, faultsOf, linksOf } from '../../model/edits/parts';
import type { FaultVerb } from '../../model/faults/fault';
import { serviceOf } from '../../model/replicas';
import { formatDuration, type Micros } from '../../model/time';
import { isRecord, type JsonRecord } from '../../model/variant';
import type { Subject } from './subject';

export interface Injection {
  readonly verb: FaultVerb;
  /** What it hits, in the reader's own names. */
  readonly target: string;
  readonly fromMicros: Micros;
  readonly untilMicros: Micros;
  /** In the list of faults. */
  readonly index: number;
  /** What it is about: a component of the file, or the link between two. */
  readonly component: string | undefined;
  readonly ends: { readonly from: string; readonly to: string } | undefined;
  readonly file: JsonRecord;
}

/** The fault begins after this share of the counted part of the run, and lasts for this share. */
const WHEN = { begins: 0.3, lasts: 0.1 };
/** Share of the messages that a fault of a link strikes; how many times as long work takes. */
const STRUCK = 0.3;
const SLOWER = 5;
/** Of the fault's own length: what a slow link adds, how much later a message comes that is overtaken. */
const LATER = 0.05;

export function injections({ file, scenario }: Subject): Injection[] {
  const counted = scenario.durationMicros - scenario.warmupMicros;
  const fromMicros = inMillis(scenario.warmupMicros + counted * WHEN.begins);
  const lasts = inMillis(counted * WHEN.lasts);
  const untilMicros = fromMicros + lasts;
  const later = formatDuration(inMillis(lasts * LATER));
  const times = { at: formatDuration(fromMicros), for: formatDuration(lasts) };
  const inject = (verb: FaultVerb, target: string, fault: JsonRecord, ends?: Injection['ends']): Injection => ({
    verb,
    target,
    fromMicros,
    untilMicros,
    index: faultsOf(file).length,
    component: ends ? undefined : serviceOf(target),
    ends,
    file: { ...file, faults: [...faultsOf(file), fault] },
  });
  const found: Injection[] = [];
  for (const [id, component] of Object.entries(componentsOf(file))) {
    if (!isRecord(component)) continue;
    const { kind, replicas, replication } = component;
    // Of several, one: that all fail at once is another question.
    const one = (typeof replicas === 'number' && replicas > 1) || kind === 'topic' ? `${id}#1` : id;
    if (kind === 'topic' ? typeof replication === 'number' && replication > 1 : kind !== 'client')
      found.push(inject('crash', one, { ...times, crash: one }));
    if (kind !== 'client' && kind !== 'topic') found.push(inject('pause', one, { ...times, pause: one }));
    if (kind === 'service' || kind === 'store') found.push(inject('slow', one, { ...times, slow: { component: one, factor: SLOWER } }));
    if (kind === 'service') found.push(inject('deploy', id, { at: times.at, deploy: { service: id } }));
  }
  for (const { from, to } of linksOf(file)) {
    if (typeof from !== 'string' || typeof to !== 'string') continue;
    const ends = { from, to };
    const target = `${from} – ${to}`;
    const some = { ...ends, probability: STRUCK };
    found.push(
      inject('partition', target, { ...times, partition: ends }, ends),
      inject('loss', target, { ...times, loss: some }, ends),
      inject('slow', target, { ...times, slow: { ...ends, add: later } }, ends),
      inject('duplicate', target, { ...times, duplicate: some }, ends),
      inject('reorder', target, { ...times, reorder: { ...some, by: later } }, ends),
      inject('corrupt', target, { ...times, corrupt: some }, ends),
    );
  }
  return found;
}

function inMillis(micros: number): Micros {
  return Math.max(1_000, Math.round(micros / 1_000) * 1_000);
}
