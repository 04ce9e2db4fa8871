/** From a scenario file to a program that can run: read the variant, compile the code that it uses, look whether it exports what it must. */
import { compile, type CompiledModule } from '../handlers/compile';
import { describeFailure } from '../handlers/failure';
import { loadModule, type Evaluate, type HandlerExports } from '../handlers/load-module';
import type { CodeProblem, Problem, Result } from '../model/problem';
import { readScenario } from '../model/read-scenario';
import { replicaNumber, serviceOf } from '../model/replicas';
import type { Component, Scenario } from '../model/scenario';
import { streamProblems } from './stream-checks';

export interface Program {
  readonly scenario: Scenario;
  readonly variant: string | null;
  readonly seed: number;
  /** By file name; only the files that components of this variant use. */
  readonly modules: ReadonlyMap<string, CompiledModule>;
}

export interface PrepareOptions {
  readonly variant: string | null;
  /** Without it, the scenario's own. */
  readonly seed?: number;
  readonly evaluate: Evaluate;
}

export function prepareRun(file: unknown, { variant, seed, evaluate }: PrepareOptions): Result<Program> {
  const read = readScenario(file, variant);
  if (!read.ok) return read;
  const scenario = read.value;
  const modules = new Map<string, CompiledModule>();
  const problems: Problem[] = [];
  const users = usersOf(scenario);
  for (const component of users) {
    const name = handlerOf(component);
    if (name === undefined || modules.has(name)) continue;
    const compiled = compile(scenario.files[name] ?? '', name);
    if (compiled.ok) modules.set(name, compiled.module);
    else problems.push(...compiled.problems);
  }
  const program: Program = { scenario, variant, seed: seed ?? scenario.seed, modules };
  if (problems.length === 0) {
    problems.push(...users.flatMap((component) => [...missingExports(program, component, evaluate), ...badStreams(program, component)]));
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: program };
}

/** Every component with every version of its code that is deployed in the run. Replicas share theirs: one of them stands for all. */
function usersOf({ components, faults }: Scenario): Component[] {
  const deployed = faults.flatMap((fault) => (fault.kind === 'deploy' && fault.code !== undefined ? [{ ...fault, code: fault.code }] : []));
  return components.flatMap((component): Component[] => {
    if (replicaNumber(component.id) > 1) return [];
    if (component.kind !== 'service') return [component];
    const later = deployed.filter((deploy) => deploy.components.includes(component.id));
    return [component, ...later.map(({ code }) => ({ ...component, handler: code }))];
  });
}

/** A fresh instance of a component's module: its top-level variables belong to this component and this run alone. */
export function loadHandlers(program: Program, component: Component, evaluate: Evaluate): HandlerExports {
  const module = program.modules.get(handlerOf(component) ?? '');
  return module ? loadModule(module, evaluate) : {};
}

function badStreams({ scenario, modules }: Program, component: Component): CodeProblem[] {
  const module = modules.get(handlerOf(component) ?? '');
  return module ? streamProblems(scenario, component, module) : [];
}

function missingExports(program: Program, component: Component, evaluate: Evaluate): CodeProblem[] {
  const file = handlerOf(component);
  if (file === undefined) return [];
  try {
    const handlers = loadHandlers(program, component, evaluate);
    if (component.kind === 'client' ? handlers.onTick : (handlers.onRequest ?? handlers.onStream ?? handlers.onMessage)) return [];
  } catch (error) {
    return [describeFailure(error, file, 0)];
  }
  const wanted = component.kind === 'client' ? 'onTick' : 'onRequest';
  return [
    {
      path: `files.${file}`,
      key: 'problem.missingExport',
      params: { file, wanted, component: serviceOf(component.id) },
      file,
      line: 1,
      column: 1,
    },
  ];
}

function handlerOf(component: Component): string | undefined {
  return 'handler' in component ? component.handler : undefined;
}
