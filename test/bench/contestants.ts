/** Who takes part, how each is started, and which of them are there on this machine. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export type Model = 'mm1' | 'chain';

export interface Contestant {
  readonly name: string;
  readonly command: readonly string[];
  /** Customers of M/M/1 and requests of the chain: slow ones get fewer. */
  readonly counts: Readonly<Record<Model, number>>;
}

export interface Field {
  readonly contestants: readonly Contestant[];
  /** Names of those that are not installed. */
  readonly missing: readonly string[];
}

/** @param bundles where the contestants written in TypeScript lie as JavaScript; @param sources where all others lie */
export function findContestants(bundles: string, sources: string): Field {
  const own = (name: string): string[] => [process.execPath, join(bundles, `${name}.js`)];
  const contestants: Contestant[] = [
    { name: 'Async Lab', command: own('product'), counts: { mm1: 1_000_000, chain: 100_000 } },
    { name: 'hand-tuned loop', command: own('hand'), counts: { mm1: 1_000_000, chain: 100_000 } },
    { name: 'SIM.JS', command: [process.execPath, join(sources, 'simjs.js')], counts: { mm1: 100_000, chain: 30_000 } },
    { name: 'SimScript', command: [process.execPath, join(sources, 'simscript.js')], counts: { mm1: 10_000, chain: 2_000 } },
  ];
  const missing: string[] = [];
  const add = (name: string, counts: Contestant['counts'], command: readonly string[] | undefined): void => {
    if (command) contestants.push({ name, command, counts });
    else missing.push(name);
  };
  const python = 'python3';
  const oldApi = `import sys; sys.path.append('/usr/lib/python3/dist-packages'); import SimPy.Simulation`;
  add('SimPy 4', { mm1: 20_000, chain: 3_000 }, works(python, '-c', 'import simpy') && [python, join(sources, 'simpy4.py')]);
  add('SimPy 2.3', { mm1: 20_000, chain: 3_000 }, works(python, '-c', oldApi) && [python, join(sources, 'simpy2.py')]);
  add(
    'C++ priority_queue',
    { mm1: 1_000_000, chain: 200_000 },
    compiled(join(sources, 'priority-queue.cpp'), join(bundles, 'priority-queue')),
  );
  add('ns-3', { mm1: 1_000_000, chain: 100_000 }, compiled(join(sources, 'ns3.cpp'), join(bundles, 'ns3'), '-lns3-core'));
  return { contestants, missing };
}

function works(command: string, ...parameters: string[]): true | undefined {
  return spawnSync(command, parameters, { stdio: 'ignore' }).status === 0 ? true : undefined;
}

function compiled(source: string, program: string, ...libraries: string[]): string[] | undefined {
  return works('g++', '-O3', '-march=native', '-std=c++17', '-o', program, source, ...libraries) && [program];
}
