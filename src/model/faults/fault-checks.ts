/** Whether the entries of the list of faults fit the rest of the file: one verb each, places that exist, verbs that make sense there. */
import { asWritten, problem } from '../problem';
import { replicaNumber, serviceOf, type Instances } from '../replicas';
import { unknownComponent, unknownFile, type Reading } from '../scenario-reading';
import { isRecord, type JsonRecord } from '../variant';
import { checkSet } from './set-checks';
import { FAULT_VERBS, type FaultVerb } from './fault';

/** Faults of a file of any shape. */
export function checkFaults(file: JsonRecord, reading: Reading): void {
  const faults = Array.isArray(file['faults']) ? file['faults'].map((fault: unknown): JsonRecord => (isRecord(fault) ? fault : {})) : [];
  for (const [index, fault] of faults.entries()) {
    const path = `faults[${index}]`;
    const verbs = FAULT_VERBS.filter((verb) => fault[verb] !== undefined);
    if (verbs.length !== 1) {
      const key = verbs.length === 0 ? 'problem.faultWithoutVerb' : 'problem.faultTwoVerbs';
      reading.problems.push(problem(path, key, { verbs: (verbs.length === 0 ? FAULT_VERBS : verbs).join(', ') }));
    } else if (verbs[0] !== 'set') checkVerb(verbs[0]!, fault, path, reading);
    else if (isRecord(fault['set'])) checkSet(fault['set'], `${path}.set`, file, reading);
  }
}

function checkVerb(verb: FaultVerb, fault: JsonRecord, path: string, reading: Reading): void {
  const { problems } = reading;
  const value = fault[verb];
  const where = `${path}.${verb}`;
  if (verb === 'crash' || verb === 'pause') {
    if (verb === 'crash' && reading.components.get(serviceOf(asWritten(value)))?.['kind'] === 'topic' && asWritten(value).includes('#'))
      return checkBroker(asWritten(value), where, reading);
    // A topic is kept by brokers, which fail one by one.
    if (reading.components.get(asWritten(value))?.['kind'] === 'topic')
      problems.push(problem(where, 'problem.faultOfTopic', { value: asWritten(value) }));
    return checkComponent(value, where, reading);
  }
  if (!isRecord(value)) return;
  if (verb === 'deploy') return checkDeploy(value, fault, path, reading);
  if (verb === 'slow') {
    const { component, from, to, oneWay, factor, add } = value;
    const onLink = [from, to, oneWay, add].some((part) => part !== undefined);
    if ((component !== undefined) === onLink || (onLink && (from === undefined || to === undefined))) {
      problems.push(problem(where, 'problem.slowWhat'));
      return;
    }
    if (factor === undefined && add === undefined) problems.push(problem(where, 'problem.slowHow'));
    if (component === undefined) return checkLink(value, where, reading);
    if (reading.components.get(asWritten(component))?.['kind'] === 'queue')
      problems.push(problem(`${where}.component`, 'problem.slowQueue', { value: asWritten(component) }));
  }
  if (verb === 'skew' || verb === 'slow') return checkComponent(value['component'], `${where}.component`, reading);
  checkLink(value, where, reading);
}

/** `orders#2`: the second broker of a topic that is kept in several copies. */
function checkBroker(id: string, path: string, { components, problems }: Reading): void {
  const topic = serviceOf(id);
  const { replication, brokers = replication } = components.get(topic)! as Partial<Record<string, unknown>>;
  const count = typeof brokers === 'number' && typeof replication === 'number' && replication > 1 ? brokers : 0;
  const number = /^\d+$/.test(id.slice(topic.length + 1)) ? replicaNumber(id) : 0;
  if (count === 0) problems.push(problem(path, 'problem.brokerOfOne', { topic }));
  else if (number < 1 || number > count) problems.push(problem(path, 'problem.brokerUnknown', { value: id, topic, brokers: count }));
}

function checkDeploy({ service, code }: JsonRecord, fault: JsonRecord, path: string, { components, fileNames, problems }: Reading): void {
  const where = `${path}.deploy`;
  if (fault['for'] !== undefined) problems.push(problem(`${path}.for`, 'problem.deployFor'));
  const component = typeof service === 'string' ? components.get(service) : undefined;
  if (typeof service === 'string' && !component) problems.push(unknownComponent(`${where}.service`, service, components));
  else if (component && component['kind'] !== 'service')
    problems.push(problem(`${where}.service`, 'problem.deployWhat', { value: asWritten(service) }));
  if (typeof code !== 'string') return;
  if (!fileNames.has(code)) problems.push(unknownFile(`${where}.code`, code, fileNames));
  else if (component?.['kind'] === 'service' && component['handler'] === undefined)
    problems.push(problem(`${where}.code`, 'problem.deployCode', { value: asWritten(service) }));
}

function checkComponent(id: unknown, path: string, { components, instances, problems }: Reading): void {
  if (typeof id === 'string' && !isThere(id, components, instances)) problems.push(unknownComponent(path, id, components));
}

/** Whether this is a component, or one of the replicas of a service: `greeter#2`. */
function isThere(id: string, components: Reading['components'], instances: Instances): boolean {
  return components.has(id) || (components.has(serviceOf(id)) && instances(serviceOf(id)).includes(id));
}

function checkLink({ from, to }: JsonRecord, path: string, { links, problems, components, instances }: Reading): void {
  if (typeof from !== 'string' || typeof to !== 'string') return;
  const joins = (link: JsonRecord, one: string, other: string): boolean =>
    link['from'] === serviceOf(one) && link['to'] === serviceOf(other);
  const areThere = [from, to].every((end) => serviceOf(end) === end || isThere(end, components, instances));
  if (areThere && links.some((link) => joins(link, from, to) || joins(link, to, from))) return;
  problems.push(problem(path, 'problem.faultWithoutLink', { from, to }));
}
