/** Fields whose text is the name of something in the scenario: what there is to choose from. */
import { isRecord, type JsonRecord } from '../../../model/variant';

const KINDS_OF_KEY: Readonly<Record<string, readonly string[] | undefined>> = {
  calls: ['service', 'balancer'],
  deadLetter: ['queue'],
  component: undefined,
  crash: undefined,
  pause: undefined,
  from: undefined,
  to: undefined,
  service: ['service'],
};

/** Undefined when the text is free. */
export function namesFor(key: string, scenario: JsonRecord): readonly string[] | undefined {
  const files = isRecord(scenario['files']) ? Object.keys(scenario['files']) : [];
  if (key === 'handler') return files.filter((name) => name.endsWith('.ts'));
  if (key === 'machine') return files.filter((name) => name.endsWith('.machine.json'));
  if (!Object.hasOwn(KINDS_OF_KEY, key)) return undefined;
  const kinds = KINDS_OF_KEY[key];
  const components = isRecord(scenario['components']) ? Object.entries(scenario['components']) : [];
  return components
    .filter(([, component]) => !kinds || (isRecord(component) && kinds.includes(String(component['kind']))))
    .map(([id]) => id);
}
