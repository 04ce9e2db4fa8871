/**
 * Replicas: a service that runs several times. Reading a scenario expands it into components of their own, named `greeter#1`, `greeter#2`
 * and so on, each linked to whatever the service is linked to; no other room has to know more than that the names belong together.
 */
import { problem, type Problem } from './problem';
import { pathText } from './path-text';
import type { Reading } from './scenario-reading';
import { isRecord } from './variant';
import { LIMITS } from './limits';

/** Ids that people write cannot have it. */
const MARK = '#';

/** The name of a replica; they count from 1. */
function replicaId(service: string, number: number): string {
  return `${service}${MARK}${number}`;
}

/** The service whose replica this is; any other component is its own service. */
export function serviceOf(id: string): string {
  const mark = id.indexOf(MARK);
  return mark < 0 ? id : id.slice(0, mark);
}

/** Which replica of its service this is, from 1; 0 for a component that is none. */
export function replicaNumber(id: string): number {
  const mark = id.indexOf(MARK);
  return mark < 0 ? 0 : Number(id.slice(mark + 1));
}

/** The components that each component of a file becomes: itself, or as many replicas as it ever has. */
export type Instances = (id: string) => readonly string[];

/** For a file of any shape: `set` entries of its list of faults may give a service more replicas than it begins with. */
export function instancesIn(components: (id: string) => unknown, faults: unknown): Instances {
  const settings = (Array.isArray(faults) ? faults : []).flatMap((fault: unknown) =>
    isRecord(fault) && isRecord(fault['set']) ? Object.entries(fault['set']) : [],
  );
  return (id) => {
    const component = components(id);
    if (!isRecord(component) || component['kind'] !== 'service') return [id];
    const given = [component['replicas'], ...settings.filter(([path]) => path === `components.${id}.replicas`).map(([, value]) => value)];
    const most = Math.max(1, ...given.filter((count) => typeof count === 'number' && Number.isInteger(count)).map(Number));
    if (most === 1) return [id];
    return Array.from({ length: Math.min(most, LIMITS.replicas) }, (_, index) => replicaId(id, index + 1));
  };
}

/** One link of the expanded scenario: between two instances, by the index of its link in the file. */
export interface ExpandedLink {
  readonly index: number;
  readonly from: string;
  readonly to: string;
}

/** What the links of a file become: one between each instance of the one end and each of the other, in the order of the file. */
export function expandLinks(
  links: readonly { readonly from: string; readonly to: string }[],
  instances: Instances,
): readonly ExpandedLink[] {
  return links.flatMap(({ from, to }, index) =>
    instances(from).flatMap((oneEnd) => instances(to).map((otherEnd) => ({ index, from: oneEnd, to: otherEnd }))),
  );
}

/** Of a file whose services have so many replicas that there are too many components or links. */
export function replicaProblems({ components, links, instances }: Pick<Reading, 'components' | 'links' | 'instances'>): Problem[] {
  const count = (id: unknown): number => (typeof id === 'string' ? instances(id).length : 1);
  const expanded = {
    components: [...components.keys()].reduce((sum, id) => sum + count(id), 0),
    links: links.reduce((sum, link) => sum + count(link['from']) * count(link['to']), 0),
  };
  const [largest] = [...components.keys()].sort((one, other) => count(other) - count(one));
  return (['components', 'links'] as const).flatMap((part) =>
    largest !== undefined && count(largest) > 1 && expanded[part] > LIMITS[part]
      ? [problem(pathText(['components', largest, 'replicas']), 'problem.tooManyReplicas', { value: expanded[part], max: LIMITS[part] })]
      : [],
  );
}
