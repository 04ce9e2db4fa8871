/** Checks of a lesson on the summary of one run. Running the hidden seeds is `assess`; this only reads numbers. */
import { MEASURES, type Check, type CheckOutcome, type Measure } from '../model/lesson';
import type { RunSummary } from '../model/summary';

/** One outcome for each check. A measure that is not there (nothing was answered) fails whatever bound there is. */
export function judge(checks: readonly Check[], summary: RunSummary): CheckOutcome[] {
  const quoted = Object.fromEntries(MEASURES.map((name) => [name, quote(measure(name, summary))])) as Record<Measure, number | string>;
  return checks.map((check) => {
    const value = measure(check.measure, summary);
    return {
      check: check.id,
      variant: summary.variant,
      seed: summary.seed,
      passed: value !== null && value >= (check.atLeast ?? -Infinity) && value <= (check.atMost ?? Infinity),
      value,
      quoted,
    };
  });
}

/** One number of a run: rates per second, times in seconds, shares in percent. Null when the run has none. */
export function measure(name: Measure, { requests }: RunSummary): number | null {
  switch (name) {
    case 'completedPerSecond':
      return requests.QPerSecond;
    case 'acceptedPerSecond':
      return requests.accepted.QPerSecond;
    case 'answeredPercent':
      return times(requests.R, 100);
    case 'inFlightPercent':
      return requests.N > 0 ? (requests.inFlight / requests.N) * 100 : null;
    case 'inFlight':
      return requests.inFlight;
    case 'failed':
      return requests.failed;
    case 'started':
      return requests.N;
    case 'meanSeconds':
      return times(requests.T.meanMs, 0.001);
    case 'p50Seconds':
      return times(requests.T.p50Ms, 0.001);
    case 'p95Seconds':
      return times(requests.T.p95Ms, 0.001);
    case 'p99Seconds':
      return times(requests.T.p99Ms, 0.001);
    case 'meanHeldSeconds':
      return times(requests.heldMeanMs, 0.001);
  }
}

function times(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}

/** Two decimals are enough to say it; rounding never turns a failure into its bound, since the bound is compared before. */
function quote(value: number | null): number | string {
  return value === null ? '–' : Math.round(value * 100) / 100;
}
