/** What the comparisons read of a run's summary. Shares are from 0 to 1. */
import type { LaneResult } from '../../../src/model/run-result';
import type { ClientSummary, QueueSummary, RequestsSummary, RunSummary, ServiceSummary } from '../../../src/model/summary';
import type { Measure } from './row';

export function ofSummary(read: (summary: RunSummary) => number | null): Measure {
  return { of: ({ summary }: LaneResult) => read(summary) ?? NaN, needsTrace: false };
}

export function ofRequests(read: (requests: RequestsSummary) => number | null): Measure {
  return ofSummary(({ requests }) => read(requests));
}

export function ofService(id: string, read: (service: ServiceSummary) => number | null): Measure {
  return ofSummary(({ components }) => {
    const component = components[id];
    if (component?.kind !== 'service') throw new Error(`no service ${id}`);
    return read(component);
  });
}

export function ofQueue(id: string, read: (queue: QueueSummary) => number | null): Measure {
  return ofSummary(({ components }) => {
    const component = components[id];
    if (component?.kind !== 'queue') throw new Error(`no queue ${id}`);
    return read(component);
  });
}

export function ofClient(id: string, read: (client: ClientSummary) => number | null): Measure {
  return ofSummary(({ components }) => {
    const component = components[id];
    if (component?.kind !== 'client') throw new Error(`no client ${id}`);
    return read(component);
  });
}

export const meanWaiting = (id = 'server'): Measure => ofService(id, (service) => service.meanWaiting);
export const meanInSystem = (id = 'server'): Measure => ofService(id, (service) => service.meanInSystem);
export const meanWaitMs = (id = 'server'): Measure => ofService(id, (service) => service.meanWaitMs);
export const meanSojournMs = (id = 'server'): Measure => ofService(id, (service) => service.meanSojournMs);
export const utilization = (id = 'server'): Measure => ofService(id, (service) => service.utilization);
export const refusedShare = (id = 'server'): Measure => ofService(id, (service) => service.refused / service.arrivals);

export const meanTMs = ofRequests(({ T }) => T.meanMs);
export const reliability = ofRequests(({ R }) => R);
export const throughput = ofRequests(({ QPerSecond }) => QPerSecond);

/** Messages sent from one component to another, for each request that the clients started. */
export function sentPerRequest(from: string, to: string): Measure {
  return ofSummary(({ links, requests }) => {
    const link = links.find((candidate) => candidate.from === from && candidate.to === to);
    if (!link) throw new Error(`no link from ${from} to ${to}`);
    return link.sent / requests.N;
  });
}
