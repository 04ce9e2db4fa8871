/**
 * Which formula speaks of a service in a scenario, what it assumes, which of that holds, and what it predicts. A prediction is made only
 * when everything that it needs holds; an assumption that fails is shown with its reason, never passed over.
 */
import type { Distribution } from '../model/distribution';
import type { Service } from '../model/kinds/service';
import { replicaNumber, serviceOf } from '../model/replicas';
import type { Scenario } from '../model/scenario';
import { feedOf } from './feed';
import { momentsOf, type Moments } from './moments';
import { predict, type Station, type StationNumbers } from './predict';
import type { CurveSource } from './station-curves';

/** What the caller knows of code: the formulas cannot read it. */
export interface TheoryHints {
  /** The work of services with a handler that does one `ctx.work` and nothing else. */
  readonly work?: Readonly<Record<string, Distribution>>;
  /** The service that a client with a handler calls exactly once for each request. */
  readonly calls?: Readonly<Record<string, string>>;
}

export interface Assumption {
  /** A text of `i18n`: `theory.assume.poisson` and its kin. */
  readonly key: `theory.assume.${string}`;
  readonly holds: boolean;
  /** Without it there are no predictions at all; one not needed only takes the percentiles away. */
  readonly isNeeded: boolean;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Predictions extends StationNumbers {
  /** Mean T as the clients see it, both ways of the links included. */
  readonly meanTMs: number;
  /** R: the share answered when nothing is tried again and no deadline is set; undefined with a deadline. */
  readonly reliability: number | undefined;
}

export interface TheoryReport {
  readonly component: string;
  /** Kendall's notation with its numbers: `M/M/1`, `M/D/3`, `M/M/2/12`. */
  readonly model: string;
  /** What the model is, in words: `theory.model.mmc` and its kin. */
  readonly modelKey: `theory.model.${string}`;
  /** The formula is an approximation even when every assumption holds. */
  readonly isApproximate: boolean;
  readonly assumptions: readonly Assumption[];
  /** λ: requests that reach the service, and cμ: what its workers can do. Undefined when not known. */
  readonly arrivalsPerSecond: number | undefined;
  readonly capacityPerSecond: number | undefined;
  readonly predictions: Predictions | undefined;
  /** What the curves of its wait and stay are made from; undefined when an assumption fails that they need. */
  readonly curves: CurveSource | undefined;
  /** When ρ ≥ 1 and the line does not stop it: how fast the line grows. There is no long run then. */
  readonly growthPerSecond: number | undefined;
}

/** A report for each service that clients call, in the order of the scenario. */
export function theoryFor(scenario: Scenario, hints: TheoryHints = {}): TheoryReport[] {
  return scenario.components.flatMap((component) =>
    component.kind === 'service' && replicaNumber(component.id) <= component.replicas ? reportsOn(component, scenario, hints) : [],
  );
}

function reportsOn(service: Service, scenario: Scenario, hints: TheoryHints): TheoryReport[] {
  const feed = feedOf(service, scenario, hints.calls ?? {});
  if (feed.clients.length === 0) return [];
  const work = service.work ?? hints.work?.[service.id];
  const moments = work && momentsOf(work);
  const station = work && moments && feed.perSecond !== undefined ? stationOf(service, scenario, work, moments, feed.perSecond) : undefined;
  const isFifo = service.discipline === 'fifo' || service.waitingLimit === 0;
  const assume = (name: string, holds: boolean, params: Assumption['params'] = {}, isNeeded = true): Assumption => {
    return { key: `theory.assume.${name}`, holds, isNeeded, params };
  };
  const assumptions = [
    assume('poisson', feed.isPoisson, { clients: feed.clients.join(', ') }),
    assume('onlyClients', feed.others.length === 0, { others: feed.others.join(', ') }),
    ...(service.replicas > 1
      ? [
          assume('split', service.spread === 'random', {
            service: serviceOf(service.id),
            replicas: service.replicas,
            spread: service.spread,
          }),
        ]
      : []),
    ...(feed.guarded.length > 0 ? [assume('noPolicies', false, { clients: feed.guarded.join(', ') })] : []),
    ...(feed.shaped.length > 0 ? [assume('plainLinks', false, { clients: feed.shaped.join(', ') })] : []),
    ...(service.idleMicros === undefined ? [] : [assume('alwaysThere', false, { service: service.id })]),
    ...(isDisturbed(service, feed.clients, scenario) ? [assume('steady', false)] : []),
    assume('work', work !== undefined, { service: service.id }),
  ];
  if (station) {
    assumptions.push(assume('variance', Number.isFinite(station.cvSquared), {}));
    const model = predict(station, isFifo);
    if (model.needsRoom) assumptions.push(assume('room', model.hasRoom, { waitingLimit: service.waitingLimit }));
    const load = Math.round(station.load * 1_000) / 1_000;
    const isFull = model.growthPerSecond === undefined && station.load >= 1;
    assumptions.push(isFull ? assume('bounded', true, { load }) : assume('stable', model.growthPerSecond === undefined, { load }));
    assumptions.push(assume(service.discipline === 'priority' ? 'noPriorities' : 'fifo', isFifo, {}, false));
    const applies = assumptions.every(({ holds, isNeeded }) => holds || !isNeeded);
    // An endless line and one that fills both grow as long as they can.
    const grows = assumptions.every(
      ({ key, holds, isNeeded }) => holds || !isNeeded || key === 'theory.assume.stable' || key === 'theory.assume.room',
    );
    return [
      {
        component: service.id,
        model: model.name,
        modelKey: model.key,
        isApproximate: model.isApproximate,
        assumptions,
        arrivalsPerSecond: station.perSecond,
        capacityPerSecond: station.workers / station.serviceSeconds,
        predictions:
          applies && model.numbers
            ? {
                ...model.numbers,
                meanTMs: model.numbers.meanSojournMs + feed.linkMeanMs,
                reliability: scenario.deadlineMicros === undefined ? feed.reliability * (1 - model.numbers.blocking) : undefined,
              }
            : undefined,
        curves:
          work && model.numbers && assumptions.every(({ holds }) => holds)
            ? { station, work, model: model.key.replace('theory.model.', '') }
            : undefined,
        growthPerSecond: grows ? model.growthPerSecond : undefined,
      },
    ];
  }
  return [
    {
      component: service.id,
      model: `${feed.isPoisson ? 'M' : 'G'}/${work === undefined ? 'G' : letterOf(work)}/${service.workers}`,
      modelKey: 'theory.model.unknown',
      isApproximate: false,
      assumptions,
      arrivalsPerSecond: feed.perSecond,
      capacityPerSecond: moments && moments.meanMicros > 0 ? (service.workers * 1e6) / moments.meanMicros : undefined,
      predictions: undefined,
      curves: undefined,
      growthPerSecond: undefined,
    },
  ];
}

/** Something fails or is changed during the run at the service, at who calls it, or on the way between. */
function isDisturbed({ id }: Service, clients: readonly string[], { faults, links }: Scenario): boolean {
  const about = new Set([id, ...clients]);
  const between = (index: number): boolean => about.has(links[index]!.from) && about.has(links[index]!.to);
  return faults.some(
    (fault) =>
      ('components' in fault && fault.components.some((component) => about.has(component))) ||
      ('links' in fault && fault.links.some((link) => between(typeof link === 'number' ? link : link.link))),
  );
}

function stationOf(service: Service, scenario: Scenario, work: Distribution, moments: Moments, perSecond: number): Station | undefined {
  const serviceSeconds = moments.meanMicros / 1e6;
  if (serviceSeconds === 0 || !Number.isFinite(serviceSeconds)) return undefined;
  return {
    perSecond,
    serviceSeconds,
    cvSquared: moments.cvSquared,
    letter: letterOf(work),
    workers: service.workers,
    waitingLimit: service.waitingLimit,
    load: (perSecond * serviceSeconds) / service.workers,
    runSeconds: scenario.durationMicros / 1e6,
  };
}

/** Kendall's letter of a service distribution. */
function letterOf(work: Distribution): 'M' | 'D' | 'G' {
  if (work.kind === 'exponential') return 'M';
  return work.kind === 'constant' ? 'D' : 'G';
}
