/** The values whose distribution is shown, made once for each run, measure and place; and the formula's curve for them. */
import type { ValueAxis } from '../../geometry/distribution';
import { observe } from '../../metrics/observed';
import { requestSamples, staySamples, waitSamples, type RequestMeasure, type Samples } from '../../metrics/samples';
import type { LaneResult } from '../../model/run-result';
import { theoryFor, type TheoryReport } from '../../theory/assess-scenario';
import { curveOf, type CurveAnswer, type CurveMeasure } from '../../theory/request-curves';
import { oncePerLane } from '../shell/scenes';
import { stationsOf, type ChartedLane } from './lane-courses';
import { staysOf } from './lane-stays';

export const REQUEST_MEASURES: readonly RequestMeasure[] = ['T', 'Tr', 'Td', 'Ts', 'Tp'];
export const PLACE_MEASURES = ['wait', 'stay'] as const;

const known = oncePerLane(() => new Map<string, Samples | undefined>());
const hintsOf = oncePerLane(observe);

/** Undefined when the lane lacks the place, or what of its trace is needed. */
export function samplesOf(lane: LaneResult, measure: CurveMeasure, placeId: string | undefined): Samples | undefined {
  const made = known(lane);
  const key = measure === 'wait' || measure === 'stay' ? `${measure} ${placeId}` : measure;
  if (!made.has(key)) made.set(key, make(lane, measure, placeId));
  return made.get(key);
}

function make(lane: LaneResult, measure: CurveMeasure, placeId: string | undefined): Samples | undefined {
  if (measure !== 'wait' && measure !== 'stay') return requestSamples(lane, measure);
  const place = stationsOf(lane).find(({ id }) => id === placeId);
  if (!place) return undefined;
  if (measure === 'wait') return waitSamples(lane, place.index);
  const stays = staysOf(lane, placeId);
  return stays && staySamples(stays);
}

export interface TheoryOf {
  readonly report: TheoryReport;
  readonly answer: CurveAnswer;
}

/** For a place its own report; for requests that of the only service that clients call. Undefined when no formula speaks of it. */
export function theoryOf({ lane, scenario }: ChartedLane, measure: CurveMeasure, placeId: string | undefined): TheoryOf | undefined {
  if (!scenario) return undefined;
  const reports = theoryFor(scenario, hintsOf(lane));
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
