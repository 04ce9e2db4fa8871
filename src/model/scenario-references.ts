/**
 * The second half of reading a scenario file: do its parts fit together? These checks forgive every wrong shape (the schema has
 * reported it), so that one reading names all that is wrong.
 */
import { nearest } from './nearest';
import { problem, type Problem } from './problem';
import { pathText } from './scenario-shape';
import { parseDuration } from './time';
import { isRecord, type JsonRecord } from './variant';

interface Reading {
  readonly components: ReadonlyMap<string, JsonRecord>;
  readonly fileNames: ReadonlySet<string>;
  readonly links: readonly JsonRecord[];
  readonly problems: Problem[];
}

/** What does not fit together in a file of any shape. */
export function referenceProblems(file: JsonRecord): Problem[] {
  const reading: Reading = {
    components: new Map(Object.entries(asRecord(file['components'])).map(([id, component]) => [id, asRecord(component)])),
    fileNames: new Set(Object.keys(asRecord(file['files']))),
    links: Array.isArray(file['links']) ? file['links'].map(asRecord) : [],
    problems: [],
  };
  checkTimes(file, reading);
  if (![...reading.components.values()].some((component) => component['kind'] === 'client')) {
    reading.problems.push(problem('components', 'problem.noClient'));
  }
  for (const [id, component] of reading.components) CHECKS[String(component['kind'])]?.(id, component, reading);
  checkLinks(reading);
  return reading.problems;
}

function asRecord(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

function checkTimes(file: JsonRecord, { problems }: Reading): void {
  const micros = (value: unknown): number | undefined => (typeof value === 'string' ? parseDuration(value) : undefined);
  const [duration, warmup] = [micros(file['duration']), micros(file['warmup'])];
  if (duration !== undefined && warmup !== undefined && warmup >= duration) {
    problems.push(problem('warmup', 'problem.warmup', { value: String(file['warmup']), duration: String(file['duration']) }));
  }
}

type Check = (id: string, component: JsonRecord, reading: Reading) => void;

// A map without a prototype: the kind is whatever the file says.
const CHECKS: Readonly<Record<string, Check>> = Object.assign(Object.create(null) as Record<string, Check>, {
  client: checkClient,
  service: checkService,
  queue: checkQueue,
});

function checkClient(id: string, client: JsonRecord, reading: Reading): void {
  const { problems, components, links } = reading;
  const where = (key?: string): string => pathText(['components', id, ...(key === undefined ? [] : [key])]);
  const [open, closed] = [client['arrivals'] !== undefined, client['users'] !== undefined];
  if (open === closed) problems.push(problem(where(), 'problem.arrivalsOrUsers'));
  if (!closed && client['thinkTime'] !== undefined) problems.push(problem(where('thinkTime'), 'problem.thinkTimeAlone'));
  checkCode(id, client, 'calls', reading);
  const calls = client['calls'];
  if (typeof calls !== 'string') return;
  const called = components.get(calls);
  if (!called) problems.push(unknownComponent(where('calls'), calls, components));
  else if (called['kind'] === 'client' || called['kind'] === 'queue')
    problems.push(problem(where('calls'), 'problem.callsNoService', { value: calls }));
  else if (!links.some((link) => link['from'] === id && link['to'] === calls)) {
    problems.push(problem(where('calls'), 'problem.callsWithoutLink', { from: id, to: calls }));
  }
}

function checkService(id: string, service: JsonRecord, reading: Reading): void {
  checkCode(id, service, 'work', reading);
}

/** Code or what stands in for it: exactly one. */
function checkCode(id: string, component: JsonRecord, instead: 'calls' | 'work', { problems, fileNames }: Reading): void {
  const handler = component['handler'];
  if (handler === undefined && component[instead] === undefined) {
    problems.push(problem(pathText(['components', id]), 'problem.doesNothing', { instead }));
  }
  if (handler !== undefined && component[instead] !== undefined) {
    problems.push(problem(pathText(['components', id, instead]), 'problem.twoBehaviours', { instead }));
  }
  if (typeof handler !== 'string' || fileNames.has(handler)) return;
  const path = pathText(['components', id, 'handler']);
  const near = nearest(handler, fileNames);
  problems.push(
    near === undefined
      ? problem(path, 'problem.noFile', { value: handler })
      : problem(path, 'problem.noFileNear', { value: handler, nearest: near }),
  );
}

function checkQueue(id: string, _queue: JsonRecord, { problems, components, links }: Reading): void {
  const ends = links.flatMap((link) => (link['from'] === id && typeof link['to'] === 'string' ? [link['to']] : []));
  if (ends.length === 0) problems.push(problem(pathText(['components', id]), 'problem.queueWithoutConsumer'));
  for (const end of ends) {
    // A client takes replies from a queue; a service takes messages.
    if (components.get(end)?.['kind'] === 'queue')
      problems.push(problem(pathText(['components', id]), 'problem.queueConsumer', { value: end }));
  }
}

function checkLinks({ problems, components, links }: Reading): void {
  const seen = new Set<string>();
  for (const [index, link] of links.entries()) {
    const { from, to } = link;
    for (const end of ['from', 'to']) {
      const id = link[end];
      if (typeof id === 'string' && !components.has(id)) problems.push(unknownComponent(`links[${index}].${end}`, id, components));
    }
    if (typeof from !== 'string' || typeof to !== 'string') continue;
    if (from === to) problems.push(problem(`links[${index}]`, 'problem.linkToItself', { value: from }));
    const key = JSON.stringify([from, to]);
    if (seen.has(key)) problems.push(problem(`links[${index}]`, 'problem.linkTwice', { from, to }));
    seen.add(key);
  }
}

function unknownComponent(path: string, id: string, components: ReadonlyMap<string, unknown>): Problem {
  const near = nearest(id, components.keys());
  if (near === undefined) return problem(path, 'problem.noComponent', { value: id, known: [...components.keys()].join(', ') });
  return problem(path, 'problem.noComponentNear', { value: id, nearest: near });
}
