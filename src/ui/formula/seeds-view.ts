/** What the theory panel shows of many seeds. */
import type { Interval } from '../../metrics/interval';

export interface SeedsView {
  readonly running: boolean;
  readonly done: number;
  /** Seeds that one press runs. */
  readonly wanted: number;
  /** Seeds whose numbers are shown; 0 before any were asked for. */
  readonly count: number;
  interval(component: string, key: string): Interval | undefined;
}
