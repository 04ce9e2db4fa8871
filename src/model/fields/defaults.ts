/**
 * What counts where the file says nothing: read off a small scenario that says nothing, so that a form never shows a default that the
 * simulator does not use.
 */
import { formatDuration } from '../time';
import { readScenario } from '../read-scenario';
import { isRecord } from '../variant';

const SILENT = {
  version: 1,
  duration: '1s',
  components: {
    client: { kind: 'client', arrivals: { constant: '1/s' }, calls: 'service' },
    service: { kind: 'service', work: '1ms' },
    queue: { kind: 'queue' },
    topic: { kind: 'topic', retention: {}, groups: { group: { members: ['service'] } } },
    balancer: { kind: 'balancer', healthCheck: {}, outlierDetection: {} },
    store: { kind: 'store' },
  },
  links: ['client', 'queue', 'topic', 'balancer'].map((from) => ({ from, to: 'service' })),
} as const;

let known: { readonly components: Readonly<Record<string, unknown>>; readonly link: unknown } | undefined;

function resolved(): NonNullable<typeof known> {
  if (known) return known;
  const read = readScenario(SILENT, null);
  const components = read.ok ? Object.fromEntries(read.value.components.map((component) => [component.kind, component])) : {};
  known = { components, link: read.ok ? read.value.links[0]?.forth : undefined };
  return known;
}

/** The default of a parameter, as one would write it; undefined when there is none. `keys` lead to it inside a component of the kind, or a link. */
export function defaultOf(kind: string, keys: readonly string[]): string | undefined {
  const { components, link } = resolved();
  const [first = ''] = keys;
  const said: unknown = Object.entries(SILENT.components).find(([id]) => id === kind)?.[1];
  if (isRecord(said) && said[first] !== undefined && !isRecord(said[first])) return undefined;
  let value: unknown = kind === 'link' ? link : components[kind];
  for (const [depth, key] of keys.entries()) {
    if (!isRecord(value)) return undefined;
    const isLast = depth === keys.length - 1;
    const name = [key, `${key}Micros`, `${key}Bytes`].find((candidate) => isRecord(value) && Object.hasOwn(value, candidate));
    if (name === undefined) return undefined;
    value = value[name];
    if (isLast) return asWritten(value, name);
  }
  return undefined;
}

function asWritten(value: unknown, name: string): string | undefined {
  if (typeof value === 'number') {
    if (name.endsWith('Micros')) return formatDuration(value);
    return name.endsWith('Bytes') ? `${value}B` : String(value);
  }
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  return isRecord(value) && value['kind'] === 'constant' && typeof value['micros'] === 'number'
    ? formatDuration(value['micros'])
    : undefined;
}
