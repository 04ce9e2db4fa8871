/** Measuring: each sample is a fresh process, and all contestants take turns, so that a slow minute of the machine slows all of them. */
import { spawnSync } from 'node:child_process';
import type { Sample } from './contestants/report';

export interface Runner {
  readonly name: string;
  readonly command: readonly string[];
}

export interface Measured {
  readonly name: string;
  /** ns for one request, customer, transition and so on. */
  readonly nanos: number;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly count: number;
}

export function takeSample({ name, command }: Runner): Sample {
  const [program = '', ...parameters] = command;
  const { status, stdout, stderr } = spawnSync(program, parameters, { encoding: 'utf8', maxBuffer: 1 << 20 });
  const line = stdout?.trim().split('\n').at(-1) ?? '';
  if (status !== 0 || !line.startsWith('{')) throw new Error(`${name} failed.\n${stderr}`);
  return JSON.parse(line) as Sample;
}

/** Medians, with the fastest and the slowest sample. */
export function measure(runners: readonly Runner[], rounds: number): Measured[] {
  const samples = runners.map((): Sample[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, runner] of runners.entries()) samples[at]!.push(takeSample(runner));
  }
  return runners.map(({ name }, at) => {
    const all = samples[at]!;
    const nanos = all.map(({ seconds, count }) => (seconds / count) * 1e9).sort((one, other) => one - other);
    const { mean, count } = all[0]!;
    return { name, nanos: nanos[nanos.length >> 1]!, low: nanos[0]!, high: nanos.at(-1)!, mean, count };
  });
}
