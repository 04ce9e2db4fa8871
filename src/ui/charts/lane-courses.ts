/** What the charts show of one lane: each number in windows of about one length. Made once for each run. */
import type { Course } from '../../geometry/charts';
import { requestSeries, stationSeries } from '../../metrics/series';
import type { WindowReader } from '../../metrics/window';
import type { LaneResult } from '../../model/run-result';
import type { Micros } from '../../model/time';

export interface LaneCourses {
  /** Mean Tr, Td, Ts and Tp of the requests that ended well, ms. */
  readonly partsMs: readonly Course[];
  readonly acceptedPerSecond: Course;
  readonly completedPerSecond: Course;
  /** All who wait in the lane: ready in a queue or in a service's line. */
  readonly waiting: Course;
  /** Busy share of the workers at the service where it is largest over the run; undefined without workers. */
  readonly utilization: Course | undefined;
  /** That service, when the lane has others too. */
  readonly busiest: string | undefined;
}

/** Windows are a whole number to the run, so each may be a little longer or shorter than `windowMicros`. */
export function laneCourses(lane: LaneResult, reader: WindowReader, windowMicros: Micros): LaneCourses {
  const windowsIn = (micros: Micros): number => Math.max(1, Math.round(micros / windowMicros));
  const requests = requestSeries(reader, 0, Math.max(1, lane.endMicros), windowsIn(lane.endMicros));
  const stations = stationSeries(lane, windowsIn(lane.endMicros - lane.keptFrom.micros));
  const ofRequests = (values: Float64Array): Course => ({ fromMicros: 0, stepMicros: requests.stepMicros, values });
  const ofStations = (values: Float64Array): Course => ({ fromMicros: stations.fromMicros, stepMicros: stations.stepMicros, values });
  const waiting = new Float64Array(stations.steps);
  for (const values of stations.waitingMean) values.forEach((value, window) => (waiting[window]! += value));
  const services = [...lane.places.keys()].filter((place) => lane.workersOfPlace[place]! > 0);
  const total = (place: number): number => stations.utilization[place]!.reduce((sum, share) => sum + share, 0);
  const [busiest] = services.sort((one, other) => total(other) - total(one) || one - other);
  const place = busiest === undefined || services.length < 2 ? undefined : lane.places[busiest];
  return {
    partsMs: [requests.TrMs, requests.TdMs, requests.TsMs, requests.TpMs].map(ofRequests),
    acceptedPerSecond: ofRequests(requests.acceptedPerSecond),
    completedPerSecond: ofRequests(requests.QPerSecond),
    waiting: ofStations(waiting),
    utilization: busiest === undefined ? undefined : ofStations(stations.utilization[busiest]!),
    busiest: place && place.kind !== 'link' ? place.id : undefined,
  };
}
