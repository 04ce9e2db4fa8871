/** Opens the machine of a policy as a file of the scenario: from then on the file says what the policy does. */
import { asWritten } from '../problem';
import type { Chart } from '../chart';
import { isRecord, type JsonRecord } from '../variant';
import { VOCABULARIES } from './machine-file';
import { machineText } from './machine-text';

/** The scenario with the file in it, and the file's name; undefined when the policy has no machine that can be edited. */
export function openMachine(
  file: JsonRecord,
  policy: string,
  chart: Chart,
): { readonly file: JsonRecord; readonly name: string } | undefined {
  const policies = isRecord(file['policies']) ? file['policies'] : {};
  const given = Object.hasOwn(policies, policy) ? policies[policy] : undefined;
  if (!isRecord(given) || !Object.hasOwn(VOCABULARIES, asWritten(given['kind']))) return undefined;
  if (typeof given['machine'] === 'string') return { file, name: given['machine'] };
  const name = `${policy}.machine.json`;
  const files = isRecord(file['files']) ? file['files'] : {};
  return {
    file: {
      ...file,
      policies: { ...policies, [policy]: { ...given, machine: name } },
      files: { ...files, [name]: files[name] ?? machineText(chart) },
    },
    name,
  };
}
