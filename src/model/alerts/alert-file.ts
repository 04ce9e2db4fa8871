/** Alerts as people write them in a scenario file, and what they become. */
import * as v from 'valibot';
import { LIMITS } from '../limits';
import { asWritten, problem } from '../problem';
import { readDuration, readRate } from '../resolve';
import { unknownComponent, type Reading } from '../scenario-reading';
import { pathText } from '../path-text';
import { choice, duration, number, object, rate, says, text } from '../schema-parts';
import { DURATION_PATTERN, RATE_PATTERN } from '../time';
import { isRecord, type JsonRecord } from '../variant';
import { ALERT_MEASURES, METRIC_MEASURES, type Alert, type AlertMeasure, type AlertUnit, type MetricMeasure } from './alert';

const DEFAULTS = { window: '10s', for: '0s', every: '1s' } as const;
const MEASURES = [...(Object.keys(ALERT_MEASURES) as AlertMeasure[]), ...METRIC_MEASURES] as const;

const bound = v.optional(
  v.union([number(-LIMITS.metricValue, LIMITS.metricValue), duration(LIMITS.delayMicros), rate], says('problem.alertBound')),
);

export const alertSchema = object({
  of: v.optional(text(LIMITS.idLength)),
  measure: v.optional(choice(...MEASURES)),
  metric: v.optional(text(LIMITS.idLength)),
  above: bound,
  below: bound,
  window: v.optional(duration(LIMITS.alertWindowMicros, 1)),
  for: v.optional(duration(LIMITS.delayMicros)),
  every: v.optional(duration(LIMITS.delayMicros, 1)),
});

export function resolveAlert(id: string, file: v.InferOutput<typeof alertSchema>): Alert {
  const { metric, measure = 'last' } = file;
  return {
    id,
    of: file.of,
    what: metric === undefined ? { measure: measure as AlertMeasure } : { metric, measure: measure as MetricMeasure },
    above: readBound(file.above),
    below: readBound(file.below),
    windowMicros: readDuration(file.window ?? DEFAULTS.window),
    forMicros: readDuration(file.for ?? DEFAULTS.for),
    everyMicros: readDuration(file.every ?? DEFAULTS.every),
  };
}

function readBound(given: number | string | undefined): number | undefined {
  if (typeof given !== 'string') return given;
  return DURATION_PATTERN.test(given) ? readDuration(given) : readRate(given);
}

/** Whether each alert has one bound of the right unit, and is about something that can be measured there. */
export function checkAlerts({ alerts }: JsonRecord, { problems, components }: Reading): void {
  if (!isRecord(alerts)) return;
  for (const [id, alert] of Object.entries(alerts)) {
    if (!isRecord(alert)) continue;
    const at = (...keys: string[]): string => pathText(['alerts', id, ...keys]);
    const { of, metric, measure, above, below } = alert;
    if ((above === undefined) === (below === undefined)) problems.push(problem(at(), 'problem.alertBounds'));
    if (typeof of === 'string' && !components.has(of)) problems.push(unknownComponent(at('of'), of, components));
    const isBuiltIn = typeof measure === 'string' && Object.hasOwn(ALERT_MEASURES, measure);
    if (metric !== undefined) {
      if (isBuiltIn) problems.push(problem(at('measure'), 'problem.alertMeasure', { value: measure, choices: METRIC_MEASURES.join(', ') }));
      if (of === undefined) problems.push(problem(at(), 'problem.alertOf', { value: asWritten(metric) }));
      checkUnit('number', alert, at, problems);
    } else if (isBuiltIn) {
      const name = measure as AlertMeasure;
      checkUnit(ALERT_MEASURES[name], alert, at, problems);
      const kinds = KINDS[name] ?? ['client'];
      const kind = typeof of === 'string' ? components.get(of)?.['kind'] : undefined;
      if (of === undefined && name in KINDS) problems.push(problem(at(), 'problem.alertOf', { value: name }));
      if (kind !== undefined && !kinds.includes(asWritten(kind)))
        problems.push(problem(at('of'), 'problem.alertKind', { value: name, kind: asWritten(kind), choices: kinds.join(', ') }));
    } else if (measure === undefined || METRIC_MEASURES.some((name) => name === measure))
      problems.push(
        problem(at(), 'problem.alertMeasure', { value: asWritten(measure ?? ''), choices: Object.keys(ALERT_MEASURES).join(', ') }),
      );
  }
}

/** Kinds of components that have a measure; all others are of clients. */
const KINDS: Partial<Record<AlertMeasure, readonly string[]>> = {
  waiting: ['service', 'queue', 'store'],
  utilization: ['service', 'store'],
};

const EXAMPLES = { duration: '200ms', rate: '12/s', number: '0.9' } as const;

function checkUnit(unit: AlertUnit, alert: JsonRecord, at: (key: string) => string, problems: Reading['problems']): void {
  for (const key of ['above', 'below']) {
    const value = alert[key];
    if (value === undefined) continue;
    const fits =
      typeof value === 'string'
        ? (unit === 'duration' ? DURATION_PATTERN : RATE_PATTERN).test(value) && unit !== 'number'
        : unit === 'number';
    if (!fits) problems.push(problem(at(key), 'problem.alertUnit', { value: asWritten(value), example: EXAMPLES[unit] }));
  }
}
