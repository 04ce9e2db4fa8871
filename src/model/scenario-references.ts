/**
 * The second half of reading a scenario file: do its parts fit together? These checks forgive every wrong shape (the schema has
 * reported it), so that one reading names all that is wrong.
 */
import { checkAlerts } from './alerts/alert-file';
import { checkAttackers } from './attackers/attacker-file';
import { checkFaults } from './faults/fault-checks';
import { checkBalancer } from './kinds/balancer';
import { checkClient } from './kinds/client';
import { checkLinks } from './kinds/link';
import { checkQueue } from './kinds/queue';
import { checkService } from './kinds/service';
import { checkStore } from './kinds/store';
import { checkTopic } from './kinds/topic';
import { checkPolicies } from './policies/policy-file';
import { instancesIn, replicaProblems } from './replicas';
import { asWritten, problem, type Problem } from './problem';
import type { Reading } from './scenario-reading';
import { parseDuration } from './time';
import { isRecord, type JsonRecord } from './variant';

/** What does not fit together in a file of any shape. */
export function referenceProblems(file: JsonRecord): Problem[] {
  const components = recordsOf(file['components']);
  const reading: Reading = {
    components,
    instances: instancesIn((id) => components.get(id), file['faults']),
    policies: recordsOf(file['policies']),
    fileNames: new Set(Object.keys(asRecord(file['files']))),
    files: new Map(Object.entries(asRecord(file['files'])).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : []))),
    links: Array.isArray(file['links']) ? file['links'].map(asRecord) : [],
    attackers: recordsOf(file['attackers']),
    problems: [],
  };
  checkTimes(file, reading);
  if (![...reading.components.values()].some((component) => component['kind'] === 'client')) {
    reading.problems.push(problem('components', 'problem.noClient'));
  }
  for (const [id, component] of reading.components) CHECKS[asWritten(component['kind'])]?.(id, component, reading);
  reading.problems.push(...replicaProblems(reading));
  checkLinks(reading);
  checkPolicies(reading);
  checkFaults(file, reading);
  checkAlerts(file, reading);
  checkAttackers(reading);
  return reading.problems;
}

function recordsOf(part: unknown): Map<string, JsonRecord> {
  return new Map(Object.entries(asRecord(part)).map(([id, record]) => [id, asRecord(record)]));
}

function asRecord(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

function checkTimes(file: JsonRecord, { problems }: Reading): void {
  const micros = (value: unknown): number | undefined => (typeof value === 'string' ? parseDuration(value) : undefined);
  const [duration, warmup] = [micros(file['duration']), micros(file['warmup'])];
  if (duration !== undefined && warmup !== undefined && warmup >= duration) {
    problems.push(problem('warmup', 'problem.warmup', { value: asWritten(file['warmup']), duration: asWritten(file['duration']) }));
  }
}

type Check = (id: string, component: JsonRecord, reading: Reading) => void;

// A map without a prototype: the kind is whatever the file says.
const CHECKS: Readonly<Record<string, Check>> = Object.assign(Object.create(null) as Record<string, Check>, {
  client: checkClient,
  service: checkService,
  queue: checkQueue,
  store: checkStore,
  balancer: checkBalancer,
  topic: checkTopic,
});
