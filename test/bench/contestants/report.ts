/** What each program of the benchmark prints: one line of JSON. */
export interface Sample {
  /** Requests or other things done. */
  readonly count: number;
  readonly seconds: number;
  /** Mean time of a request, in the units of the model: s for M/M/1, ms for the chain. */
  readonly mean: number;
}

export function report(sample: Sample): void {
  console.log(JSON.stringify(sample));
}
