/** What the theory panel shows of many seeds. */
import type { Interval } from '../../metrics/interval';
import type { TheoryReport } from '../../theory/assess-scenario';

export interface SeedsView {
  /** Seeds whose numbers are shown; 0 before any were asked for. */
  readonly count: number;
  /** Of what is measured in one row of a report. */
  interval(report: TheoryReport, key: string): Interval | undefined;
}
