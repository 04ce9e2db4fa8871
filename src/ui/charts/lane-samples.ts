/** The values whose distribution is shown, made once for each run, measure and place; and the formula's curve for them. */
import type { ValueAxis } from '../../geometry/distribution';
import { requestSamplesInSteps, staySamplesInSteps, waitSamplesInSteps, type RequestMeasure, type Samples } from '../../metrics/samples';
import type { LaneResult } from '../../model/run-result';
import type { TheoryReport } from '../../theory/assess-scenario';
import { curveOf, type CurveAnswer, type CurveMeasure } from '../../theory/request-curves';
import { theoryReports } from '../formula/lane-theory';
import { PerLane } from '../shell/per-lane';
import { stationsOf, type ChartedLane } from './lane-courses';
import { staysOf, staysSoon } from './lane-stays';

export const REQUEST_MEASURES: readonly RequestMeasure[] = ['T', 'Tr', 'Td', 'Ts', 'Tp'];
export const PLACE_MEASURES = ['wait', 'stay'] as const;

const ofRequests = new PerLane<Samples, RequestMeasure>(requestSamplesInSteps);
const waits = new PerLane<Samples, number>(waitSamplesInSteps);
const stays = new PerLane<Samples, string>((lane, placeId) => {
  const found = staysOf(lane, placeId);
  if (!found) throw new Error(`nobody knows who stayed at ${placeId}`);
  return staySamplesInSteps(found);
});

/** Undefined when the lane lacks the place, or what of its trace is needed. */
export async function samplesOf(lane: LaneResult, measure: CurveMeasure, placeId: string | undefined): Promise<Samples | undefined> {
  if (measure !== 'wait' && measure !== 'stay') return ofRequests.soon(lane, measure);
  const place = stationsOf(lane).find(({ id }) => id === placeId);
  if (!place) return undefined;
  if (measure === 'wait') return waits.soon(lane, place.index);
  return (await staysSoon(lane, place.id)) && stays.soon(lane, place.id);
}

export interface TheoryOf {
  readonly report: TheoryReport;
  readonly answer: CurveAnswer;
}

/** For a place its own report; for requests that of the only service that clients call. Undefined when no formula speaks of it. */
export async function theoryOf(
  { lane, scenario }: ChartedLane,
  measure: CurveMeasure,
  placeId: string | undefined,
): Promise<TheoryOf | undefined> {
  if (!scenario) return undefined;
  const reports = await theoryReports(lane, scenario);
  const isOfPlace = measure === 'wait' || measure === 'stay';
  const report = isOfPlace ? reports.find(({ component }) => component === placeId) : reports.length === 1 ? reports[0] : undefined;
  return report && { report, answer: curveOf(measure, report, scenario) };
}

/** Where the longest of any lane are so much longer than half of those of another, equal steps hide the many. */
const SPREAD = 25;

/** One axis for all lanes and for the whole run, so that nothing moves while it plays. Without a choice, logarithmic when the values need it. */
export function axisFor(all: readonly Samples[], chosenLog: boolean | undefined): ValueAxis {
  const wholes = all.map((samples) => samples.in(0, Infinity)).filter(({ count }) => count > 0);
  const most = Math.max(10, ...wholes.map((whole) => whole.percentile(0.995) * 1.1));
  const isLog = chosenLog ?? most > SPREAD * Math.max(1, Math.min(...wholes.map((whole) => whole.percentile(0.5))));
  const least = isLog ? Math.max(1, Math.min(most / 100, ...wholes.map((whole) => Math.max(1, whole.percentile(0.01) / 1.2)))) : 0;
  return { least, most, isLog };
}
