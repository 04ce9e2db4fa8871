/** What one run says about whether every request got what it asked for. */
import { Outcome } from '../../model/outcome';
import type { LaneResult } from '../../model/run-result';
import { MessageKind, RecordKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import { handledAgain } from './copies';
import { rowsOf, type RequestRow } from './rows';

/** Something that happened to one request, or to none that is known (0). */
export interface Incident {
  readonly request: number;
  readonly atMicros: Micros;
}

/** Incidents in the order of their time. */
export interface RunFacts {
  readonly requests: number;
  readonly ok: number;
  /** Decided: nothing that could answer is left. */
  readonly lost: readonly Incident[];
  /** Timed out, or not in time for the scenario's deadline. */
  readonly late: readonly Incident[];
  /** Open at the end for longer than any request took that was answered. */
  readonly overdue: readonly Incident[];
  /** Answered with an error, or refused. */
  readonly failed: readonly Incident[];
  /** Thrown away by queues: dropped by full ones, delivered too often, expired. */
  readonly thrownAway: readonly Incident[];
  readonly deadLettered: readonly Incident[];
  readonly handledAgain: readonly Incident[];
  /** Messages that arrived before one that was sent earlier on the same way of a link. */
  readonly overtaken: readonly Incident[];
  /** Records that a topic had confirmed and does not have; and those that a group's new reader began after, though nobody had handled them. */
  readonly topicLost: number;
}

const LATE: ReadonlySet<number> = new Set([Outcome.timeout, Outcome.deadline]);

export function factsOf(lane: LaneResult): RunFacts {
  const rows = rowsOf(lane);
  const ok = rows.filter(({ outcome }) => outcome === Outcome.ok);
  const open = rows.filter(({ outcome }) => outcome === Outcome.inFlight);
  const longest = ok.reduce((most, { started, ended }) => Math.max(most, ended - started), 0);
  const ended = (test: (row: RequestRow) => boolean): Incident[] =>
    inOrder(rows.filter(test).map(({ request, ended: atMicros }) => ({ request, atMicros })));
  const isFailed = (outcome: number): boolean =>
    outcome !== Outcome.ok && outcome !== Outcome.inFlight && outcome !== Outcome.lost && !LATE.has(outcome);
  return {
    requests: rows.length,
    ok: ok.length,
    lost: ended(({ outcome }) => outcome === Outcome.lost),
    late: ended(({ outcome }) => LATE.has(outcome)),
    overdue: inOrder(
      open.filter((row) => row.ended - row.started > longest).map(({ request, started }) => ({ request, atMicros: started })),
    ),
    failed: ended(({ outcome }) => isFailed(outcome)),
    ...inTheTrace(lane),
    handledAgain: handledAgain(lane),
    topicLost: topicLosses(lane),
  };
}

function inOrder(incidents: Incident[]): Incident[] {
  return incidents.sort((one, other) => one.atMicros - other.atMicros);
}

function inTheTrace(lane: LaneResult): Pick<RunFacts, 'thrownAway' | 'deadLettered' | 'overtaken'> {
  const [thrownAway, deadLettered, overtaken]: [Incident[], Incident[], Incident[]] = [[], [], []];
  const latestSent = new Map<number, Micros>();
  for (const { count, kind, place, request, detail, value, time } of lane.chunks) {
    for (let at = 0; at < count; at++) {
      const incident = (): Incident => ({ request: request[at]!, atMicros: time[at]! });
      switch (kind[at]) {
        case RecordKind.dropped:
        case RecordKind.expired:
          thrownAway.push(incident());
          break;
        case RecordKind.deadLettered:
          deadLettered.push(incident());
          break;
        case RecordKind.messageDelivered: {
          if (detail[at] !== MessageKind.message) break;
          const latest = latestSent.get(place[at]!) ?? -1;
          if (value[at]! < latest) overtaken.push(incident());
          else latestSent.set(place[at]!, value[at]!);
        }
      }
    }
  }
  return { thrownAway, deadLettered, overtaken };
}

function topicLosses({ summary }: LaneResult): number {
  return Object.values(summary.components).reduce((sum, component) => {
    if (component.kind !== 'topic') return sum;
    return sum + component.acknowledgedLost + Object.values(component.groups).reduce((skipped, group) => skipped + group.skipped, 0);
  }, 0);
}
