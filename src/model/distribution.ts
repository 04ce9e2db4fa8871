/** Distributions of durations as data. `sim` draws from them, `theory` asks for their moments. */
import { LIMITS } from './limits';
import { problem, type Problem } from './problem';
import { parseDuration, type Micros } from './time';

export type Distribution =
  | { readonly kind: 'constant'; readonly micros: Micros }
  | { readonly kind: 'uniform'; readonly lowMicros: Micros; readonly highMicros: Micros }
  | { readonly kind: 'exponential'; readonly meanMicros: Micros }
  | { readonly kind: 'erlang'; readonly meanMicros: Micros; readonly k: number }
  /** Two exponential phases with balanced means: p₁/μ₁ = p₂/μ₂; `cv` is the coefficient of variation, above 1. */
  | { readonly kind: 'hyperexponential'; readonly meanMicros: Micros; readonly cv: number }
  /** Drawn again while negative, so that the shape above 0 is the normal's own. */
  | { readonly kind: 'normal'; readonly meanMicros: Micros; readonly sdMicros: Micros }
  | { readonly kind: 'lognormal'; readonly meanMicros: Micros; readonly sdMicros: Micros }
  | { readonly kind: 'pareto'; readonly minMicros: Micros; readonly alpha: number }
  | { readonly kind: 'empirical'; readonly valuesMicros: readonly Micros[] };

export type Read<T> = { readonly value: T } | { readonly problem: Problem };

/** Reads a duration between 0 and the longest delay; the problem names the path and the text. */
function readDuration(text: unknown, path: string, maxMicros: Micros = LIMITS.delayMicros): Read<Micros> {
  const micros = typeof text === 'string' ? parseDuration(text) : undefined;
  if (micros === undefined) return { problem: problem(path, 'problem.duration', { value: show(text) }) };
  if (micros > maxMicros) return { problem: problem(path, 'problem.durationTooLong', { value: show(text), max: `${maxMicros / 1e6}s` }) };
  return { value: micros };
}

/** Reads what a person wrote for a distribution: `"20ms"` or `{ "exponential": "20ms" }` and its kin. */
export function readDistribution(input: unknown, path: string): Read<Distribution> {
  if (typeof input === 'string') {
    const read = readDuration(input, path);
    return 'problem' in read ? read : { value: { kind: 'constant', micros: read.value } };
  }
  const entries = typeof input === 'object' && input !== null && !Array.isArray(input) ? Object.entries(input) : [];
  const [kind, value] = entries[0] ?? [];
  if (entries.length !== 1 || kind === undefined || !Object.hasOwn(READERS, kind)) return { problem: problem(path, 'problem.distribution', { value: show(input) }) };
  const problems: Problem[] = [];
  const duration = (text: unknown, at: string): Micros => {
    const read = readDuration(text, at);
    if ('value' in read) return read.value;
    problems.push(read.problem);
    return 0;
  };
  const number = (given: unknown, at: string, min: number, max: number): number => {
    if (typeof given === 'number' && given >= min && given <= max) return given;
    problems.push(problem(at, 'problem.numberRange', { value: show(given), min, max }));
    return min;
  };
  const distribution = READERS[kind as keyof typeof READERS](value as never, `${path}.${kind}`, duration, number);
  if (!distribution) return { problem: problem(`${path}.${kind}`, 'problem.distribution', { value: show(input) }) };
  return problems[0] ? { problem: problems[0] } : { value: distribution };
}

type ReadPart = (text: unknown, path: string) => Micros;
type ReadNumber = (value: unknown, path: string, min: number, max: number) => number;
type Part = Record<string, unknown> | undefined;

const READERS = {
  exponential: (mean: unknown, path: string, duration: ReadPart) => ({ kind: 'exponential', meanMicros: duration(mean, path) }),
  uniform: (range: unknown, path: string, duration: ReadPart) => {
    if (!Array.isArray(range) || range.length !== 2) return undefined;
    const [lowMicros, highMicros] = [duration(range[0], `${path}[0]`), duration(range[1], `${path}[1]`)];
    return lowMicros <= highMicros ? { kind: 'uniform', lowMicros, highMicros } : undefined;
  },
  erlang: (part: Part, path: string, duration: ReadPart, number: ReadNumber) => ({
    kind: 'erlang', meanMicros: duration(part?.['mean'], `${path}.mean`), k: Math.round(number(part?.['k'], `${path}.k`, 1, 1_000)),
  }),
  hyperexponential: (part: Part, path: string, duration: ReadPart, number: ReadNumber) => ({
    kind: 'hyperexponential', meanMicros: duration(part?.['mean'], `${path}.mean`), cv: number(part?.['cv'], `${path}.cv`, 1, 100),
  }),
  normal: (part: Part, path: string, duration: ReadPart) => ({
    kind: 'normal', meanMicros: duration(part?.['mean'], `${path}.mean`), sdMicros: duration(part?.['sd'], `${path}.sd`),
  }),
  lognormal: (part: Part, path: string, duration: ReadPart) => ({
    kind: 'lognormal', meanMicros: duration(part?.['mean'], `${path}.mean`), sdMicros: duration(part?.['sd'], `${path}.sd`),
  }),
  pareto: (part: Part, path: string, duration: ReadPart, number: ReadNumber) => ({
    kind: 'pareto', minMicros: duration(part?.['min'], `${path}.min`), alpha: number(part?.['alpha'], `${path}.alpha`, 0.1, 100),
  }),
  empirical: (values: unknown, path: string, duration: ReadPart) =>
    Array.isArray(values) && values.length > 0 && values.length <= 10_000
      ? { kind: 'empirical', valuesMicros: values.map((value, index) => duration(value, `${path}[${index}]`)) }
      : undefined,
} satisfies Record<string, (part: never, path: string, duration: ReadPart, number: ReadNumber) => Distribution | undefined>;

/** A value as the reader wrote it, short enough for a sentence. */
export function show(value: unknown): string {
  if (typeof value === 'number') return String(value); // JSON has neither NaN nor Infinity.
  // An empty list where an object should be has an `at`: what it inherits is no JSON.
  const text = (JSON.stringify(value) as string | undefined) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
