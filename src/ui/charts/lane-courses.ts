/** What the charts show of one lane: each number in windows of one length over the stretch in sight, and one window more at either end. */
import type { Course } from '../../geometry/charts';
import type { Viewport } from '../../geometry/time-scale';
import { meanWorkers } from '../../metrics/live-limits';
import type { PlaceSteps } from '../../metrics/place-steps';
import { requestStepsInSteps } from '../../metrics/request-steps';
import { requestSeries } from '../../metrics/series';
import type { WindowReader } from '../../metrics/window';
import type { LaneResult } from '../../model/run-result';
import type { Scenario } from '../../model/scenario';
import type { Micros } from '../../model/time';
import { stepsOf } from '../formula/lane-facts';
import { PerLane } from '../shell/per-lane';

export interface ChartedLane {
  readonly title: string;
  readonly lane: LaneResult;
  readonly windows: WindowReader;
  /** As it was run; undefined when the file is not one any more. */
  readonly scenario: Scenario | undefined;
}

export interface LaneCourses {
  /** Mean Tr, Td, Ts and Tp of the requests that ended well, ms. */
  readonly partsMs: readonly Course[];
  /** p50, p95 and p99 of T of the requests that ended well, ms. */
  readonly percentilesMs: readonly Course[];
  readonly acceptedPerSecond: Course;
  readonly completedPerSecond: Course;
  readonly R: Course;
  /** Requests started and not decided, on average. */
  readonly inFlight: Course;
  /** Those who wait at the chosen place; without one all in the lane: ready in a queue or in a service's line. */
  readonly waiting: Course;
  /** Busy share of the workers at the chosen place; without one, at the place where it is largest over the run. Undefined without workers. */
  readonly utilization: Course | undefined;
  /** The place that `utilization` is of, when nobody chose it and there are others. */
  readonly busiest: string | undefined;
}

const openOf = new PerLane(requestStepsInSteps);

/** What the courses of a lane are read from is there then. */
export async function coursesSoon(lane: LaneResult): Promise<void> {
  await Promise.all([stepsOf.soon(lane), openOf.soon(lane)]);
}

/** The length of the windows is `windowMicros` or a little off, so that a whole number of them fills the run. `place` is an id. */
export function laneCourses(
  { lane, windows, scenario }: ChartedLane,
  view: Viewport,
  windowMicros: Micros,
  place: string | undefined,
): LaneCourses {
  const endMicros = Math.max(1, lane.endMicros);
  const all = Math.max(1, Math.round(endMicros / windowMicros));
  const stepMicros = endMicros / all;
  const first = Math.min(all, Math.max(0, Math.floor(view.fromMicros / stepMicros) - 1));
  const count = Math.max(first, Math.min(all, Math.ceil(view.toMicros / stepMicros) + 1)) - first;
  const fromMicros = first * stepMicros;
  const requests = requestSeries(windows, fromMicros, fromMicros + count * stepMicros, count);
  const course = (values: Float64Array): Course => ({ fromMicros, stepMicros, values });
  const eachWindow = (read: (from: Micros, to: Micros) => number): Course =>
    course(Float64Array.from({ length: count }, (_, at) => read(fromMicros + at * stepMicros, fromMicros + (at + 1) * stepMicros)));
  // Of what happened before the kept part of the trace begins, nothing is known.
  const ifKept = (read: (from: Micros, to: Micros) => number): Course =>
    eachWindow((from, to) => (from < lane.keptFrom.micros ? NaN : read(from, to)));

  const steps = stepsOf.of(lane);
  const stations = stationsOf(lane);
  const chosen = stations.find(({ id }) => id === place);
  const waiting = (chosen ? [chosen] : stations).map(({ index }) => steps[index]!.waiting);
  const staffed = stations.filter(({ index }) => lane.workersOfPlace[index]! > 0);
  const busyOf = ({ index }: Station): number => steps[index]!.busy.area(lane.keptFrom.micros, endMicros) / lane.workersOfPlace[index]!;
  const busiest = staffed.toSorted((one, other) => busyOf(other) - busyOf(one) || one.index - other.index)[0];
  const worked = chosen ? staffed.find(({ id }) => id === chosen.id) : busiest;
  return {
    partsMs: [requests.TrMs, requests.TdMs, requests.TsMs, requests.TpMs].map(course),
    percentilesMs: [requests.TP50Ms, requests.TP95Ms, requests.TP99Ms].map(course),
    acceptedPerSecond: course(requests.acceptedPerSecond),
    completedPerSecond: course(requests.QPerSecond),
    R: course(requests.R),
    inFlight: eachWindow((from, to) => openOf.of(lane).mean(from, to)),
    waiting: ifKept((from, to) => waiting.reduce((sum, one) => sum + one.mean(from, to), 0)),
    utilization: worked && ifKept((from, to) => busyShare(lane, scenario, worked, steps, from, to)),
    busiest: chosen || staffed.length < 2 ? undefined : busiest?.id,
  };
}

export interface Station {
  /** Index of its place. */
  readonly index: number;
  readonly id: string;
}

/** The places where requests and messages wait. */
export function stationsOf({ places }: LaneResult): readonly Station[] {
  return places.flatMap((place, index) =>
    place.kind === 'service' || place.kind === 'store' || place.kind === 'queue' ? [{ index, id: place.id }] : [],
  );
}

/** Over the workers that there are in the window: a change during the run counts from its instant on. */
function busyShare(
  lane: LaneResult,
  scenario: Scenario | undefined,
  { id, index }: Station,
  steps: readonly PlaceSteps[],
  from: Micros,
  to: Micros,
): number {
  const workers = scenario ? meanWorkers(scenario, id, from, to) : lane.workersOfPlace[index]!;
  return workers > 0 ? steps[index]!.busy.mean(from, to) / workers : 0;
}
