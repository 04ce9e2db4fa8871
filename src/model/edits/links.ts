/** Links are made and unmade, with what a component must say for its link to be of use. Whether a link makes sense the reader of scenarios decides. */
import { problem, type Problem } from '../problem';
import { readScenario } from '../read-scenario';
import { isRecord, type JsonRecord } from '../variant';
import { componentsOf, kindOf, linksOf } from './parts';
import { renumberLinks } from './references';
import { STARTER_LINK } from './starters';

/** The file with a link between two components. A client without code calls what it is joined to; a queue sends its dead letters to a queue. */
export function connect(file: JsonRecord, from: string, to: string): JsonRecord {
  const joined = { ...file, links: [...linksOf(file), { from, to, ...STARTER_LINK }] };
  const component = componentsOf(file)[from];
  if (!isRecord(component)) return joined;
  const [one, other] = [kindOf(file, from), kindOf(file, to)];
  if (
    one === 'client' &&
    (other === 'service' || other === 'balancer') &&
    component['calls'] === undefined &&
    component['handler'] === undefined
  ) {
    return { ...joined, components: { ...componentsOf(file), [from]: { ...component, calls: to } } };
  }
  if (one === 'queue' && other === 'queue' && component['deadLetter'] === undefined) {
    return { ...joined, components: { ...componentsOf(file), [from]: { ...component, deadLetter: to } } };
  }
  return joined;
}

/** Why a link from one component to another makes no sense; undefined when it does. A file that is wrong elsewhere may be joined all the same. */
export function linkProblem(file: JsonRecord, from: string, to: string): Problem | undefined {
  if (kindOf(file, to) === 'client' && kindOf(file, from) !== 'queue') return problem('', 'problem.linkIntoClient', { value: to });
  const known = new Set(problemsOf(file).map(textOf));
  return problemsOf(connect(file, from, to)).find((item) => !known.has(textOf(item)));
}

function problemsOf(file: JsonRecord): readonly Problem[] {
  const read = readScenario(file, null);
  return read.ok ? [] : read.problems;
}

const textOf = ({ path, key, params }: Problem): string => JSON.stringify([path, key, params]);

/** Without these links, and without what needed them: calls, dead letters. */
export function removeLinks(file: JsonRecord, indices: ReadonlySet<number>): JsonRecord {
  if (indices.size === 0) return file;
  const gone = linksOf(file).filter((_, index) => indices.has(index));
  const kept = linksOf(file).flatMap((_, index) => (indices.has(index) ? [] : [index]));
  const links = kept.map((index) => linksOf(file)[index]);
  const components = Object.entries(componentsOf(file)).map(([id, component]) => {
    return [id, isRecord(component) ? gone.reduce((left, link) => withoutEnd(left, id, link), component) : component] as const;
  });
  const rest = { ...file, links, components: Object.fromEntries(components) };
  return renumberLinks(rest, (index) => (kept.includes(index) ? kept.indexOf(index) : undefined));
}

function withoutEnd(component: JsonRecord, id: string, link: JsonRecord): JsonRecord {
  if (link['from'] !== id) return component;
  const left = Object.entries(component).filter(([key, value]) => !((key === 'calls' || key === 'deadLetter') && value === link['to']));
  return left.length === Object.keys(component).length ? component : Object.fromEntries(left);
}
