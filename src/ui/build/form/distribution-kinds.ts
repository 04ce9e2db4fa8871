/** The kinds of distributions as a form offers them, and how one becomes another of the same mean. */
import { readDistribution, type Distribution } from '../../../model/distribution';
import type { Field } from '../../../model/fields/shape';
import { DISTRIBUTION_FIELDS } from '../../../model/fields/shape';
import { formatDuration } from '../../../model/time';
import { isRecord } from '../../../model/variant';
import { momentsOf } from '../../../theory/moments';

const USUAL_MEAN_MICROS = 100_000;

/** `constant` is written as a bare duration; every other kind is the only key of an object. */
export const DISTRIBUTION_KINDS: readonly string[] = ['constant', ...DISTRIBUTION_FIELDS.map(({ key }) => key)];

export function kindOf(written: unknown): string {
  return isRecord(written) ? (Object.keys(written)[0] ?? 'constant') : 'constant';
}

/** What is to be filled in for a kind. */
export function parametersOf(kind: string): Field['shape'] | undefined {
  return DISTRIBUTION_FIELDS.find(({ key }) => key === kind)?.shape;
}

/** The distribution that was written, if it is right. */
export function readWritten(written: unknown): Distribution | undefined {
  const read = readDistribution(written, '');
  return 'value' in read ? read.value : undefined;
}

/** Another kind with the mean of what was there, and a shape that is easy to see. */
export function turnedInto(kind: string, written: unknown): unknown {
  const old = readWritten(written);
  const wanted = old ? momentsOf(old).meanMicros : USUAL_MEAN_MICROS;
  const mean = Number.isFinite(wanted) ? wanted : USUAL_MEAN_MICROS;
  const text = (share: number): string => formatDuration(Math.round(mean * share));
  switch (kind) {
    case 'exponential':
      return { exponential: text(1) };
    case 'uniform':
      return { uniform: [text(0.5), text(1.5)] };
    case 'erlang':
      return { erlang: { mean: text(1), k: 3 } };
    case 'hyperexponential':
      return { hyperexponential: { mean: text(1), cv: 2 } };
    case 'normal':
      return { normal: { mean: text(1), sd: text(0.25) } };
    case 'lognormal':
      return { lognormal: { mean: text(1), sd: text(0.75) } };
    case 'pareto':
      return { pareto: { min: text(0.6), alpha: 2.5 } };
    case 'empirical':
      return { empirical: [text(0.5), text(1), text(1.5)] };
    default:
      return text(1);
  }
}
