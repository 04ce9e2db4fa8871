/** The files of a scenario: who uses one. Pure; it takes a file of any shape. */
import { asWritten } from '../problem';
import { isRecord, type JsonRecord } from '../variant';
import { componentsOf, faultsOf, variantsOf } from './parts';

/** What a file is used by. */
interface FileUser {
  readonly kind: 'component' | 'deploy' | 'policy';
  /** The component's or the policy's name; of a deploy, the services it changes. */
  readonly name: string;
}

/** Who uses a file, in the scenario and in its variants, each once. */
export function usersOf(scenario: JsonRecord, file: string): readonly FileUser[] {
  const found = new Map<string, FileUser>();
  const note = (kind: FileUser['kind'], name: string): unknown => found.set(`${kind} ${name}`, { kind, name });
  for (const part of partsOf(scenario)) {
    for (const [id, component] of Object.entries(componentsOf(part)))
      if (isRecord(component) && component['handler'] === file) note('component', id);
    for (const { deploy } of faultsOf(part)) if (isRecord(deploy) && deploy['code'] === file) note('deploy', asWritten(deploy['service']));
    for (const [id, policy] of Object.entries(isRecord(part['policies']) ? part['policies'] : {}))
      if (isRecord(policy) && policy['machine'] === file) note('policy', id);
  }
  return [...found.values()];
}

/** The base and what each variant writes. */
function partsOf(scenario: JsonRecord): readonly JsonRecord[] {
  return [scenario, ...Object.values(variantsOf(scenario)).filter(isRecord)];
}
