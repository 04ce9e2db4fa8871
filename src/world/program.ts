/** From a scenario file to a program that can run: read the variant, compile the code that it uses, look whether it exports what it must. */
import { compile, type CompiledModule } from '../handlers/compile';
import { describeFailure } from '../handlers/failure';
import type { Probes } from '../handlers/probes';
import { loadModule, type Evaluate, type Handler, type HandlerExports } from '../handlers/load-module';
import type { CodeProblem, Problem, Result } from '../model/problem';
import { readScenario } from '../model/read-scenario';
import { replicaNumber, serviceOf } from '../model/replicas';
import type { Component, Scenario } from '../model/scenario';
import { requestOf } from './context';
import { streamProblems } from './stream-checks';

export interface Program {
  readonly scenario: Scenario;
  readonly variant: string | null;
  readonly seed: number;
  /** By file name; only the files that components of this variant use. */
  readonly modules: ReadonlyMap<string, CompiledModule>;
  /** Only of a run that is executed again to look what its variables held. */
  readonly probes: Probes | undefined;
}

export interface PrepareOptions {
  readonly variant: string | null;
  /** Without it, the scenario's own. */
  readonly seed?: number;
  readonly evaluate: Evaluate;
  /** Told what the variables of the handlers hold as the run goes on; the run is the same. */
  readonly probes?: Probes;
}

export function prepareRun(file: unknown, { variant, seed, evaluate, probes }: PrepareOptions): Result<Program> {
  const read = readScenario(file, variant);
  if (!read.ok) return read;
  const scenario = read.value;
  const modules = new Map<string, CompiledModule>();
  const problems: Problem[] = [];
  const users = usersOf(scenario);
  for (const component of users) {
    const name = handlerOf(component);
    if (name === undefined || modules.has(name)) continue;
    const compiled = compile(scenario.files[name] ?? '', name, probes);
    if (compiled.ok) modules.set(name, compiled.module);
    else problems.push(...compiled.problems);
  }
  const program: Program = { scenario, variant, seed: seed ?? scenario.seed, modules, probes };
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
  if (!module) return {};
  const { probes } = program;
  return probes ? loadProbed(module, component, evaluate, probes) : loadModule(module, evaluate);
}

/** The same handlers, which say for which request they run. */
function loadProbed(module: CompiledModule, { id }: Component, evaluate: Evaluate, probes: Probes): HandlerExports {
  const handlers = probes.inTheNameOf({ component: id, request: 0 }, () => loadModule(module, evaluate, probes.globals));
  const named = Object.entries(handlers).map(([name, handler]: [string, Handler]) => {
    const run: Handler = (...parameters) =>
      probes.inTheNameOf({ component: id, request: requestOf(parameters.at(-1)) }, () => handler(...parameters));
    return [name, run];
  });
  return Object.fromEntries(named) as HandlerExports;
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
