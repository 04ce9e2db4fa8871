/** What the checks of references know of a scenario file, and the two that several kinds share. */
import { nearest } from './nearest';
import { problem, type Problem } from './problem';
import type { Instances } from './replicas';
import { pathText } from './path-text';
import type { JsonRecord } from './variant';

export interface Reading {
  readonly components: ReadonlyMap<string, JsonRecord>;
  readonly fileNames: ReadonlySet<string>;
  /** Texts of the files. */
  readonly files: ReadonlyMap<string, string>;
  readonly links: readonly JsonRecord[];
  readonly instances: Instances;
  readonly policies: ReadonlyMap<string, JsonRecord>;
  readonly attackers: ReadonlyMap<string, JsonRecord>;
  readonly problems: Problem[];
}

/** Code or what stands in for it: exactly one. */
export function checkCode(id: string, component: JsonRecord, instead: 'calls' | 'work', { problems, fileNames }: Reading): void {
  const handler = component['handler'];
  if (handler === undefined && component[instead] === undefined) {
    problems.push(problem(pathText(['components', id]), 'problem.doesNothing', { instead }));
  }
  if (handler !== undefined && component[instead] !== undefined) {
    problems.push(problem(pathText(['components', id, instead]), 'problem.twoBehaviours', { instead }));
  }
  if (handler !== undefined && component['size'] !== undefined)
    problems.push(problem(pathText(['components', id, 'size']), 'problem.sizeWithCode'));
  if (typeof handler === 'string' && !fileNames.has(handler))
    problems.push(unknownFile(pathText(['components', id, 'handler']), handler, fileNames));
}

export function unknownFile(path: string, name: string, fileNames: ReadonlySet<string>): Problem {
  const near = nearest(name, fileNames);
  if (near === undefined) return problem(path, 'problem.noFile', { value: name });
  return problem(path, 'problem.noFileNear', { value: name, nearest: near });
}

export function unknownComponent(path: string, id: string, components: ReadonlyMap<string, unknown>): Problem {
  const near = nearest(id, components.keys());
  if (near === undefined) return problem(path, 'problem.noComponent', { value: id, known: [...components.keys()].join(', ') });
  return problem(path, 'problem.noComponentNear', { value: id, nearest: near });
}
