/** Chooses the model of a station with Poisson arrivals and asks it for its numbers. */
import { mdc } from './mdc';
import { md1, mg1, mgcApproximation } from './mg1';
import { mm1, mm1kSojournPercentile, mm1SojournPercentile, mm1WaitPercentile } from './mm1';
import { mmc, mmck, mmcSojournPercentile, mmcWaitPercentile } from './mmc';
import { backlogGrowthPerSecond } from './overload';
import { stationFrom, type StationTheory } from './station';

export interface Station {
  readonly perSecond: number;
  readonly serviceSeconds: number;
  readonly cvSquared: number;
  readonly letter: 'M' | 'D' | 'G';
  readonly workers: number;
  readonly waitingLimit: number;
  /** ρ = λs/c. */
  readonly load: number;
  /** How long the run is: a line that does not fill in it is as good as endless. */
  readonly runSeconds: number;
}

/** Of the long run, over the station alone. Undefined: the formula does not say. */
export interface StationNumbers {
  readonly utilization: number;
  readonly meanWaiting: number;
  readonly meanInSystem: number;
  readonly meanWaitMs: number;
  readonly meanSojournMs: number;
  readonly p95WaitMs: number | undefined;
  readonly p95SojournMs: number | undefined;
  /** Share of arrivals refused. */
  readonly blocking: number;
  readonly throughputPerSecond: number;
}

export interface Model {
  readonly name: string;
  readonly key: `theory.model.${string}`;
  readonly isApproximate: boolean;
  /** The model knows no limit, so the line has to be long enough that nobody is refused. */
  readonly needsRoom: boolean;
  readonly hasRoom: boolean;
  readonly numbers: StationNumbers | undefined;
  readonly growthPerSecond: number | undefined;
}

/** Refusals rarer than this are as good as none. */
const RARE = 1e-6;
/** Longer lines are not summed state by state. */
const LONGEST_LINE = 100_000;

export function predict(station: Station, isFifo: boolean): Model {
  const { perSecond, serviceSeconds, workers, waitingLimit, letter } = station;
  if (waitingLimit === 0) return lossModel(station);
  const places = workers + waitingLimit;
  const isFinite = waitingLimit <= LONGEST_LINE && fills(station);
  if (letter === 'M' && isFinite) {
    const theory = mmck(perSecond, 1 / serviceSeconds, workers, places);
    const p95 =
      isFifo && workers === 1 && places <= 10_000 ? mm1kSojournPercentile(perSecond, 1 / serviceSeconds, places, 0.95) : undefined;
    return finished(`M/M/${workers}/${places}`, 'mmck', station, theory, undefined, p95);
  }
  const { key, isApproximate, theory } = MODELS[letter][workers === 1 ? 'one' : 'many'];
  const common = { name: `M/${letter}/${workers}`, key, isApproximate, needsRoom: true, hasRoom: !isFinite };
  if (station.load >= 1) {
    return { ...common, numbers: undefined, growthPerSecond: backlogGrowthPerSecond(perSecond, workers / serviceSeconds) };
  }
  const [waitP95, sojournP95] = isFifo && letter === 'M' ? percentiles(station) : [undefined, undefined];
  const numbers = numbersOf(station, theory(station), waitP95, sojournP95);
  return { ...common, numbers, growthPerSecond: undefined };
}

type Formula = (station: Station) => StationTheory;
interface Choice {
  readonly key: Model['key'];
  readonly isApproximate: boolean;
  readonly theory: Formula;
}

const MODELS: Readonly<Record<Station['letter'], Readonly<Record<'one' | 'many', Choice>>>> = {
  M: {
    one: { key: 'theory.model.mm1', isApproximate: false, theory: (s) => mm1(s.perSecond, 1 / s.serviceSeconds) },
    many: { key: 'theory.model.mmc', isApproximate: false, theory: (s) => mmc(s.perSecond, 1 / s.serviceSeconds, s.workers) },
  },
  D: {
    one: { key: 'theory.model.md1', isApproximate: false, theory: (s) => md1(s.perSecond, s.serviceSeconds) },
    many: { key: 'theory.model.mdc', isApproximate: false, theory: (s) => mdc(s.perSecond, s.serviceSeconds, s.workers) },
  },
  G: {
    one: { key: 'theory.model.mg1', isApproximate: false, theory: (s) => mg1(s.perSecond, s.serviceSeconds, s.cvSquared) },
    many: {
      key: 'theory.model.mgc',
      isApproximate: true,
      theory: (s) => mgcApproximation(s.perSecond, s.serviceSeconds, s.cvSquared, s.workers),
    },
  },
};

/** Nobody waits: Erlang's loss system, for which only the mean of the service matters. */
function lossModel(station: Station): Model {
  const { perSecond, serviceSeconds, workers, letter } = station;
  const { blocking } = mmck(perSecond, 1 / serviceSeconds, workers, workers);
  const theory = stationFrom(0, perSecond * (1 - blocking), serviceSeconds, workers, blocking);
  const sojournP95 = letter === 'M' ? -Math.log(0.05) * serviceSeconds : letter === 'D' ? serviceSeconds : undefined;
  return finished(`M/${letter}/${workers}/${workers}`, 'loss', station, theory, 0, sojournP95);
}

function finished(name: string, key: string, station: Station, theory: StationTheory, waitP95?: number, sojournP95?: number): Model {
  const numbers = numbersOf(station, theory, waitP95, sojournP95);
  return { name, key: `theory.model.${key}`, isApproximate: false, needsRoom: false, hasRoom: true, numbers, growthPerSecond: undefined };
}

/** Whether the line fills often enough to matter: judged by M/M/c/K, and in overload by how far the run gets. */
function fills({ perSecond, serviceSeconds, workers, waitingLimit, load, runSeconds }: Station): boolean {
  if (load > 1) return backlogGrowthPerSecond(perSecond, workers / serviceSeconds) * runSeconds > waitingLimit;
  return mmck(perSecond, 1 / serviceSeconds, workers, workers + waitingLimit).blocking > RARE;
}

function percentiles({ perSecond, serviceSeconds, workers }: Station): [wait: number, sojourn: number] {
  const rate = 1 / serviceSeconds;
  if (workers === 1) return [mm1WaitPercentile(perSecond, rate, 0.95), mm1SojournPercentile(perSecond, rate, 0.95)];
  return [mmcWaitPercentile(perSecond, rate, workers, 0.95), mmcSojournPercentile(perSecond, rate, workers, 0.95)];
}

function numbersOf(station: Station, theory: StationTheory, waitP95: number | undefined, sojournP95: number | undefined): Model['numbers'] {
  const milliseconds = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : seconds * 1_000);
  return {
    utilization: theory.utilization,
    meanWaiting: theory.meanWaiting,
    meanInSystem: theory.meanInSystem,
    meanWaitMs: theory.meanWaitSeconds * 1_000,
    meanSojournMs: theory.meanSojournSeconds * 1_000,
    p95WaitMs: milliseconds(waitP95),
    p95SojournMs: milliseconds(sojournP95),
    blocking: theory.blocking,
    throughputPerSecond: station.perSecond * (1 - theory.blocking),
  };
}
