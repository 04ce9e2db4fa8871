/** The numbers of a run, or the means of several, as text for a terminal. */
import { ATTACK_ACT_NAMES } from '../model/attackers/attacker';
import { LOG_LEVELS } from '../model/log-level';
import type { AlertSummary, AttackerSummary, AttackTally, GroupSummary, MetricSummary, RunSummary, TopicSummary } from '../model/summary';
import { meanInterval } from '../metrics/interval';

/** A number of every summary, as one cell. */
type Cell = (pick: (summary: RunSummary) => number | null | undefined, digits?: number) => string;

export function table(summaries: readonly RunSummary[]): string {
  const first = summaries[0]!;
  const many = summaries.length > 1;
  const cell: Cell = (pick, digits = 3) => {
    const values = summaries.map(pick).filter((value) => typeof value === 'number');
    if (values.length === 0) return '–';
    if (values.length === 1) return round(values[0]!, digits);
    const { mean, halfWidth } = meanInterval(values, 0.95);
    return `${round(mean, digits)} ± ${round(halfWidth, digits)}`;
  };
  const rows: string[][] = [
    ...countedRow(first),
    ['N, Ns, in flight', cell((s) => s.requests.N), cell((s) => s.requests.Ns), cell((s) => s.requests.inFlight)],
    ['R = Ns / N decided', cell((s) => s.requests.R, 5)],
    ['Q completed / s', cell((s) => s.requests.QPerSecond)],
    ['Q accepted / s', cell((s) => s.requests.accepted.QPerSecond)],
    ['T mean, p50, p95, p99 ms', ...(['meanMs', 'p50Ms', 'p95Ms', 'p99Ms'] as const).map((key) => cell((s) => s.requests.T[key]))],
    ['Tr + Td + Ts + Tp ms', ...(['TrMs', 'TdMs', 'TsMs', 'TpMs'] as const).map((key) => cell((s) => s.requests.T[key]))],
    ['accepted after ms', cell((s) => s.requests.accepted.meanMs)],
    ['caller held ms', cell((s) => s.requests.heldMeanMs)],
  ];
  const failures = [...new Set(summaries.flatMap((summary) => Object.keys(summary.requests.failures)))];
  for (const name of failures) rows.push([`failed: ${name}`, cell((s) => s.requests.failures[name] ?? 0)]);
  for (const [id, component] of Object.entries(first.components)) {
    if (component.kind === 'client') continue;
    if (component.kind === 'topic') {
      rows.push(...topicRows(id, component, cell));
      continue;
    }
    rows.push(...stationRows(id, cell, (s) => s.components[id]));
  }
  for (const [id, { replicas }] of Object.entries(first.replicated))
    rows.push(...stationRows(`${id} (${replicas})`, cell, (s) => s.replicated[id]));
  for (const [at, { from, to, bytes, tlsHandshakes, bandwidthUtilization }] of first.links.entries()) {
    if (bytes === 0) continue;
    const ofWay = (key: 'sent' | 'bytes' | 'frames' | 'connections' | 'tlsHandshakes') => `${key} ${cell((s) => s.links[at]?.[key])}`;
    const row = [`${from} → ${to}`, ofWay('sent'), ofWay('bytes'), ofWay('frames'), ofWay('connections')];
    if (tlsHandshakes > 0) row.push(ofWay('tlsHandshakes'));
    if (bandwidthUtilization !== null) row.push(`of the bandwidth ${cell((s) => s.links[at]?.bandwidthUtilization)}`);
    rows.push(row);
  }
  const levels = LOG_LEVELS.filter((level) => summaries.some(({ log }) => log[level] > 0));
  if (levels.length > 0) rows.push(['lines of the log', ...levels.map((level) => `${level} ${cell((s) => s.log[level])}`)]);
  rows.push(...first.alerts.map((alert, index) => alertRow(alert, (pick) => cell((s) => pick(s.alerts[index]!)))));
  const metrics = new Map(summaries.flatMap((summary) => summary.metrics.map((metric) => [nameOf(metric), metric] as const)));
  for (const [name, metric] of metrics)
    rows.push(metricRow(metric, (pick) => cell((s) => pick(s.metrics.find((one) => nameOf(one) === name)))));
  for (const [at, { attacker, from, to }] of first.attackers.entries())
    rows.push(...attackerRows(`${attacker} (${from} → ${to})`, cell, (summary) => summary.attackers[at]));
  const width = Math.max(...rows.map(([name]) => name!.length));
  const heading = `${first.title}${first.variant === null ? '' : `, variant ${first.variant}`}: ${
    many ? `${summaries.length} seeds, 95 % intervals` : `seed ${first.seed}, digest ${first.digest}`
  }, ${first.events} events, ${round(first.durationMs / 1000, 6)} s`;
  return `${heading}\n${rows.map(([name, ...cells]) => `  ${name!.padEnd(width)}  ${cells.join('  ')}`).join('\n')}\n`;
}

/** Whose requests the numbers are about, where that is not every client's. */
function countedRow({ components }: RunSummary): string[][] {
  const clients = Object.entries(components).flatMap(([id, one]) => (one.kind === 'client' ? [{ id, background: one.background }] : []));
  const names = (background: boolean): string =>
    clients
      .filter((one) => one.background === background)
      .map(({ id }) => id)
      .join(', ');
  return names(true) === '' ? [] : [['requests of', names(false) || 'nobody', `not counted, in the background: ${names(true)}`]];
}

function attackerRows(name: string, cell: Cell, attacker: (summary: RunSummary) => AttackerSummary | undefined): string[][] {
  const heard = (key: 'overheard' | 'read' | 'bytesRead'): string => cell((summary) => attacker(summary)?.[key]);
  return [
    [name, `overheard ${heard('overheard')}`, `read ${heard('read')}`, `bytes read ${heard('bytesRead')}`],
    ...ATTACK_ACT_NAMES.flatMap((act) => {
      const tally = (key: keyof AttackTally): string => cell((summary) => attacker(summary)?.acts[act][key]);
      return tally('tried') === '0'
        ? []
        : [['', act, `tried ${tally('tried')}`, `accepted ${tally('accepted')}`, `refused ${tally('refused')}`]];
    }),
  ];
}

type StationKey = 'arrivals' | 'completions' | 'refused' | 'meanWaiting' | 'meanInSystem' | 'meanWaitMs' | 'meanSojournMs';

function stationRows(name: string, cell: Cell, station: (summary: RunSummary) => unknown): string[][] {
  const pick = (key: StationKey): string => cell((summary) => (station(summary) as Record<string, number | null>)[key]);
  return [
    [name, `arrivals ${pick('arrivals')}`, `completions ${pick('completions')}`, `refused ${pick('refused')}`],
    [
      '',
      `waiting ${pick('meanWaiting')}`,
      `in system ${pick('meanInSystem')}`,
      `wait ${pick('meanWaitMs')} ms`,
      `sojourn ${pick('meanSojournMs')} ms`,
    ],
  ];
}

function alertRow({ alert }: AlertSummary, of: (pick: (alert: AlertSummary) => number | undefined) => string): string[] {
  const first = of(({ firings }) => firings[0]?.atMs);
  return [
    `alert ${alert}`,
    `fired ${of(({ times }) => times)} times`,
    `first at ${first} ms`,
    `firing for ${of(({ firingMs }) => firingMs)} ms`,
  ];
}

/** In which order things are measured first depends on the seed: a metric is found again by what it is called. */
function nameOf({ of, metric, kind }: MetricSummary): string {
  return JSON.stringify([of, metric, kind]);
}

function metricRow(
  metric: MetricSummary,
  of: (pick: (metric: MetricSummary | undefined) => number | null | undefined) => string,
): string[] {
  const pick = (key: string): string => of((one) => (one as unknown as Record<string, number | null> | undefined)?.[key]);
  const name = `${metric.of}: ${metric.metric}`;
  switch (metric.kind) {
    case 'counter':
      return [name, `total ${pick('total')}`, `${pick('perSecond')} / s`];
    case 'gauge':
      return [name, `mean ${pick('mean')}`, `from ${pick('min')} to ${pick('max')}`, `last ${pick('last')}`];
    case 'histogram':
      return [name, `${pick('count')} values`, `mean ${pick('mean')}`, `p50 ${pick('p50')}`, `p95 ${pick('p95')}`, `p99 ${pick('p99')}`];
  }
}

function topicRows(id: string, first: TopicSummary, cell: Cell): string[][] {
  const ofTopic = (pick: (topic: TopicSummary) => number): string => cell((summary) => pick(summary.components[id] as TopicSummary));
  const rows = [
    [
      id,
      `appended ${ofTopic(({ appended }) => appended)}`,
      `expired ${ofTopic(({ expired }) => expired)}`,
      `kept ${ofTopic(({ kept }) => kept)}`,
    ],
  ];
  if (first.retried + first.refused + first.elections + first.duplicatesDropped > 0) {
    rows.push([
      '',
      `tried again ${ofTopic(({ retried }) => retried)}`,
      `refused ${ofTopic(({ refused }) => refused)}`,
      `duplicates dropped ${ofTopic(({ duplicatesDropped }) => duplicatesDropped)}`,
      `elections ${ofTopic(({ elections }) => elections)}`,
      `cut off ${ofTopic(({ truncated }) => truncated)}`,
      `confirmed and lost ${ofTopic(({ acknowledgedLost }) => acknowledgedLost)}`,
    ]);
  }
  for (const name of Object.keys(first.groups)) {
    const pick = (key: keyof GroupSummary): string => cell((summary) => (summary.components[id] as TopicSummary).groups[name]?.[key]);
    rows.push([
      `  ${name}`,
      `delivered ${pick('delivered')}`,
      `again ${pick('redelivered')}`,
      `handled ${pick('handled')} after ${pick('meanHandledMs')} ms`,
      `passed over ${pick('passedOver')}`,
      `lag ${pick('lag')}`,
      `behind ${pick('behind')}`,
    ]);
    if (first.groups[name]!.rebalances === 0) continue;
    rows.push([
      '',
      `rebalanced ${pick('rebalances')} in ${pick('rebalancingMs')} ms`,
      `unread ${pick('unreadMs')} ms`,
      `skipped ${pick('skipped')}`,
      `stray ${pick('strays')}`,
      `commits refused ${pick('commitsRefused')}`,
    ]);
  }
  return rows;
}

function round(value: number, digits: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(digits);
}
