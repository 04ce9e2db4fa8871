/** Distribution functions of the wait and the stay at a station in the long run, where a formula gives them and not the means alone. */
import type { Distribution } from '../model/distribution';
import type { Micros } from '../model/time';
import { distributionFunction } from './distribution-function';
import { mdcWait } from './mdc-wait';
import { mg1 } from './mg1';
import { mg1Wait } from './mg1-wait';
import { mm1kSojournTail, mm1kWaitTail } from './mm1';
import { mmcSojournTail, mmcWaitTail } from './mmc';
import type { Station } from './predict';

/** P(X ≤ micros) for micros ≥ 0; NaN where it is not known. */
export type Curve = (micros: Micros) => number;

export interface StationCurves {
  readonly wait: Curve | undefined;
  readonly sojourn: Curve | undefined;
}

/** What reports say about: the station, what its workers do, and the model that speaks of it, as `theory.model.mmc` without its prefix. */
export interface CurveSource {
  readonly station: Station;
  readonly work: Distribution;
  readonly model: string;
}

/** Valid where all assumptions of the model hold, first come first served among them. */
export function stationCurves({ station, work, model }: CurveSource): StationCurves {
  const { perSecond, serviceSeconds, workers, waitingLimit, cvSquared } = station;
  const rate = 1 / serviceSeconds;
  const service = distributionFunction(work);
  const ofTail =
    (tail: (seconds: number) => number): Curve =>
    (micros) =>
      1 - tail(micros / 1e6);
  switch (model) {
    case 'mm1':
    case 'mmc':
      return {
        wait: ofTail((seconds) => mmcWaitTail(perSecond, rate, workers, seconds)),
        sojourn: ofTail((seconds) => mmcSojournTail(perSecond, rate, workers, seconds)),
      };
    case 'mmck': {
      const places = workers + waitingLimit;
      if (workers > 1 || places > 1_000) return { wait: undefined, sojourn: undefined };
      return {
        wait: ofTail((seconds) => mm1kWaitTail(perSecond, rate, places, seconds)),
        sojourn: ofTail((seconds) => mm1kSojournTail(perSecond, rate, places, seconds)),
      };
    }
    case 'md1':
    case 'mdc': {
      const wait = mdcWait(perSecond, serviceSeconds, workers);
      const atSeconds = (seconds: number): number => (seconds < 0 ? 0 : wait!(seconds));
      return {
        wait: wait && ((micros) => atSeconds(micros / 1e6)),
        sojourn: wait && ((micros) => atSeconds(micros / 1e6 - serviceSeconds)),
      };
    }
    case 'mg1': {
      const inSeconds = (seconds: number): number => service(seconds * 1e6);
      const { wait, sojourn } = mg1Wait(perSecond, serviceSeconds, mg1(perSecond, serviceSeconds, cvSquared).meanWaitSeconds, inSeconds);
      return { wait: (micros) => wait(micros / 1e6), sojourn: (micros) => sojourn(micros / 1e6) };
    }
    case 'loss':
      return { wait: () => 1, sojourn: service };
    default:
      return { wait: undefined, sojourn: undefined };
  }
}
