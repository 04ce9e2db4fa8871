/** What reaches a service from its clients, as far as the scenario shows it. */
import type { Client } from '../model/kinds/client';
import type { Service } from '../model/kinds/service';
import { serviceOf } from '../model/replicas';
import type { Scenario } from '../model/scenario';
import { roundTrip } from './composition';
import { momentsOf } from './moments';

export interface Feed {
  readonly clients: readonly string[];
  /** Components that are no clients of the service and have a link to it, and attackers who send to it. */
  readonly others: readonly string[];
  /** Clients whose calls have policies, and the service itself when it has some or lets in only some: what reaches the service then depends on how it answers. */
  readonly guarded: readonly string[];
  /** Clients whose link carries more than delay and loss: connections or a bandwidth shape what arrives, and when. */
  readonly shaped: readonly string[];
  /**
   * Poisson streams together are Poisson, a random part of one is (so a lossy link only thins it), and delays that do not depend on each
   * other leave it so. S. M. Ross, Introduction to Probability Models, ch. 5.
   */
  readonly isPoisson: boolean;
  /** Requests that reach the service, losses on the way taken off; undefined for closed clients, ramps, bursts and lists. */
  readonly perSecond: number | undefined;
  /** Mean time on the links, both ways, over the clients by their rates, without those in the background. The next too. */
  readonly linkMeanMs: number;
  /** Share of the clients' requests that neither way of the links loses, over the clients by their rates. */
  readonly reliability: number;
}

export function feedOf(service: Service, scenario: Scenario, hintedCalls: Readonly<Record<string, string>>): Feed {
  const clients: string[] = [];
  const others: string[] = [];
  const shaped: string[] = [];
  const isGuarded = service.policies.length > 0 || service.allow !== undefined || service.identity === 'proved';
  const guarded: string[] = isGuarded ? [service.id] : [];
  // By its name a caller comes to any of the replicas; chosen at random, each gets a Poisson stream of its own.
  const [name, share] = [serviceOf(service.id), 1 / service.replicas];
  let [isPoisson, rate]: [boolean, number | undefined] = [true, 0];
  let [counted, linkMicros, sent, answered] = [0, 0, 0, 0];
  for (const link of scenario.links) {
    if (link.to !== service.id) continue;
    const from = scenario.components.find((component) => component.id === link.from);
    if (from?.kind !== 'client' || (from.calls ?? hintedCalls[from.id]) !== name) {
      others.push(link.from);
      continue;
    }
    clients.push(from.id);
    if (from.policies.length > 0) guarded.push(from.id);
    if (link.connection || link.forth.bytesPerSecond !== undefined || link.back.bytesPerSecond !== undefined) shaped.push(from.id);
    isPoisson &&= from.arrivals.kind === 'poisson' && (service.replicas === 1 || service.spread === 'random');
    const wholeRate = meanRate(from);
    const isShared = service.replicas === 1 || service.spread !== 'sticky';
    const clientRate = wholeRate === undefined || !isShared ? undefined : wholeRate * share;
    if (clientRate === undefined || rate === undefined) {
      rate = undefined;
      continue;
    }
    const reaching = clientRate * (1 - link.forth.loss);
    rate += reaching;
    // What works in the background loads the service, and nobody measures its T and R.
    if (from.background) continue;
    counted += reaching;
    sent += clientRate;
    answered += clientRate * roundTrip(link.forth.loss, link.back.loss);
    linkMicros += reaching * (momentsOf(link.forth.delay).meanMicros + momentsOf(link.back.delay).meanMicros);
  }
  for (const { id, ways, forge, replay, flood } of scenario.attackers) {
    const sends = forge ?? replay ?? flood;
    if (sends && ways.some(({ link, way }) => scenario.links[link]![way === 'forth' ? 'to' : 'from'] === service.id)) others.push(id);
  }
  return {
    clients,
    others,
    guarded,
    shaped,
    isPoisson,
    perSecond: rate,
    linkMeanMs: rate === undefined || counted === 0 ? 0 : linkMicros / counted / 1_000,
    reliability: sent === 0 ? 1 : answered / sent,
  };
}

function meanRate({ arrivals }: Client): number | undefined {
  return arrivals.kind === 'poisson' || arrivals.kind === 'constant' ? arrivals.perSecond : undefined;
}
