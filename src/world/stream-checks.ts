/** Streams that can never be opened, as far as links and code tell before a run: gRPC alone carries any number of messages each way. */
import type { CompiledModule } from '../handlers/compile';
import type { Link } from '../model/kinds/link';
import type { CodeProblem, Problem } from '../model/problem';
import { serviceOf } from '../model/replicas';
import type { Component, Scenario } from '../model/scenario';

const START = { line: 1, column: 1 };

/** What is wrong with the streams that a component opens or serves. */
export function streamProblems(scenario: Scenario, component: Component, module: CompiledModule): CodeProblem[] {
  const id = serviceOf(component.id);
  const problemAt = (place: typeof START, key: Problem['key'], params: Problem['params']): CodeProblem => ({
    path: `files.${module.file}`,
    key,
    params,
    file: module.file,
    ...place,
  });
  const links = linksOf(scenario);
  const opened = module.streams.flatMap(({ target, place }) => {
    const bad = badLink(scenario, links, id, target);
    return bad ? [problemAt(place, 'problem.streamNeedsGrpc', { from: bad.from, to: bad.to })] : [];
  });
  const asking = links.filter(({ from, to }) => to === id && CALLERS.includes(kindOf(scenario, from) ?? ''));
  const isServed = asking.length === 0 || asking.some(({ isGrpc }) => isGrpc);
  if (component.kind !== 'service' || !module.exports.includes('onStream') || isServed) return opened;
  return [...opened, problemAt(START, 'problem.onStreamNeedsGrpc', { component: id, from: asking[0]!.from })];
}

const CALLERS: readonly string[] = ['client', 'service', 'balancer'];

interface Named {
  readonly from: string;
  readonly to: string;
  readonly isGrpc: boolean;
}

/** By the names of services, whatever their replicas are. */
function linksOf({ links }: Scenario): Named[] {
  return links.map(({ from, to, connection }: Link) => ({
    from: serviceOf(from),
    to: serviceOf(to),
    isGrpc: connection?.protocol.kind === 'grpc',
  }));
}

function kindOf({ components }: Scenario, id: string): Component['kind'] | undefined {
  return components.find((component) => serviceOf(component.id) === id)?.kind;
}

/** The first link on the way of a stream that is not gRPC; behind a balancer too. */
function badLink(scenario: Scenario, links: readonly Named[], from: string, to: string): Named | undefined {
  const first = links.find((link) => link.from === from && link.to === to);
  if (!first || !['service', 'balancer'].includes(kindOf(scenario, to) ?? '')) return undefined;
  if (!first.isGrpc) return first;
  return kindOf(scenario, to) === 'balancer' ? links.find((link) => link.from === to && !link.isGrpc) : undefined;
}
