/** The files of a scenario: who uses one, and how they come, go and change their names. Pure; a file of any shape gives a file. */
import * as v from 'valibot';
import { asWritten, problem, type Problem } from '../problem';
import { fileName } from '../scenario-file';
import { isRecord, type JsonRecord } from '../variant';
import { componentsOf, faultsOf, freeName, variantsOf } from './parts';

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

/** Why a file cannot be called that, a new one or one that has another name now; undefined when it can. */
export function fileNameProblem(scenario: JsonRecord, name: string, old?: string): Problem | undefined {
  const path = `files.${old ?? name}`;
  if (!v.safeParse(fileName, name).success) return problem(path, 'problem.fileName', { value: name });
  if (partsOf(scenario).some((part) => Object.hasOwn(filesOf(part), name))) return problem(path, 'problem.fileTaken', { value: name });
  return undefined;
}

/** A new file that says what a handler is, under the first free name. */
export function addFile(scenario: JsonRecord): { readonly file: JsonRecord; readonly name: string } {
  const name = `${freeName('handler', (taken) => fileNameProblem(scenario, `${taken}.ts`)?.key === 'problem.fileTaken')}.ts`;
  return { file: { ...scenario, files: { ...filesOf(scenario), [name]: NEW_HANDLER } }, name };
}

const NEW_HANDLER = `/** Answers one request: what it returns is the reply. */
export async function onRequest(request: Request, ctx: Ctx) {
  await ctx.work('10ms');
}
`;

/** The file under another name, in its place; whoever uses it follows, in the variants too. */
export function renameFile(scenario: JsonRecord, old: string, name: string): JsonRecord {
  const inPart = (part: JsonRecord): JsonRecord => ({
    ...part,
    ...(isRecord(part['files']) && { files: renamedKey(part['files'], old, name) }),
    ...(isRecord(part['components']) && {
      components: eachRecord(part['components'], (entry) => renamedValue(entry, 'handler', old, name)),
    }),
    ...(isRecord(part['policies']) && { policies: eachRecord(part['policies'], (entry) => renamedValue(entry, 'machine', old, name)) }),
    ...(Array.isArray(part['faults']) && { faults: part['faults'].map((fault: unknown) => renamedDeploy(fault, old, name)) }),
  });
  const renamed = inPart(scenario);
  return isRecord(renamed['variants']) ? { ...renamed, variants: eachRecord(renamed['variants'], inPart) } : renamed;
}

/** Without the file. Whoever uses it keeps its name, and the scenario says that it is missing. */
export function removeFile(scenario: JsonRecord, name: string): JsonRecord {
  const without = (part: JsonRecord): JsonRecord =>
    isRecord(part['files']) ? { ...part, files: Object.fromEntries(Object.entries(part['files']).filter(([key]) => key !== name)) } : part;
  const left = without(scenario);
  return isRecord(left['variants']) ? { ...left, variants: eachRecord(left['variants'], without) } : left;
}

function filesOf(part: JsonRecord): JsonRecord {
  return isRecord(part['files']) ? part['files'] : {};
}

function renamedKey(record: JsonRecord, old: string, name: string): JsonRecord {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key === old ? name : key, value]));
}

function renamedValue(entry: JsonRecord, key: string, old: string, name: string): JsonRecord {
  return entry[key] === old ? { ...entry, [key]: name } : entry;
}

function renamedDeploy(fault: unknown, old: string, name: string): unknown {
  if (!isRecord(fault) || !isRecord(fault['deploy'])) return fault;
  return { ...fault, deploy: renamedValue(fault['deploy'], 'code', old, name) };
}

function eachRecord(record: JsonRecord, change: (entry: JsonRecord) => JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, isRecord(value) ? change(value) : value]));
}
