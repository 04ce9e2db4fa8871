/** Policies as people write them in a scenario file, and what they become. */
import * as v from 'valibot';
import { LIMITS } from '../limits';
import { nearest } from '../nearest';
import { asWritten, problem } from '../problem';
import { readDuration, readRate } from '../resolve';
import { DURATION_PATTERN, parseDuration, type Micros } from '../time';
import { unknownComponent, type Reading } from '../scenario-reading';
import { pathText } from '../path-text';
import { isRecord, type JsonRecord } from '../variant';
import { choice, delay, duration, list, name, number, object, rate, says, text, truth, wholeNumber } from '../schema-parts';
import { readMachineFile, VOCABULARIES, type EditableKind, type EditedMachine } from './machine-file';
import { resolveServiceConfig, serviceConfigSchema, statuses } from './service-config';
import { BACKOFFS, POLICY_SIDES, standsOn, type Policy, type PolicyKind, type PolicySide } from './policy';

/** What a policy does when the file does not say. */
export const RETRY_DEFAULTS = { baseMicros: 100_000, maxMicros: LIMITS.delayMicros } as const;
const BUDGET_BURST = 10;
/** As in Netflix concurrency-limits. */
const SHEDDING_DEFAULTS = { most: 200, backoff: 0.9 } as const;
/** Answers are kept for a day, as Stripe does. */
const IDEMPOTENCY_DEFAULTS = { key: 'idempotencyKey', ttl: '24h' } as const;
const BREAKER_DEFAULTS = { failureRate: 0.5, window: 20, minCalls: 10, openFor: '5s', probes: 3 } as const;

/** What a service tells those whom it refuses. */
const retryAfter = v.optional(
  v.pipe(
    v.string(says('problem.retryAfter')),
    v.regex(new RegExp(`^never$|${DURATION_PATTERN.source}`), says('problem.retryAfter')),
    v.check((given) => (parseDuration(given) ?? 0) <= LIMITS.delayMicros, says('problem.retryAfter')),
  ),
);

const kinds = [
  object({ kind: v.literal('timeout'), after: duration(LIMITS.delayMicros, 1) }),
  object({ kind: v.literal('deadline'), after: duration(LIMITS.delayMicros, 1) }),
  object({
    kind: v.literal('hedge'),
    after: delay,
    attempts: v.optional(wholeNumber(2, LIMITS.attempts)),
    nonFatal: v.optional(statuses),
  }),
  object({
    kind: v.literal('shedding'),
    limit: wholeNumber(1, LIMITS.waitingLimit),
    target: v.optional(duration(LIMITS.delayMicros, 1)),
    least: v.optional(wholeNumber(1, LIMITS.waitingLimit)),
    most: v.optional(wholeNumber(1, LIMITS.waitingLimit)),
    backoff: v.optional(number(0.5, 0.999)),
    retryAfter,
  }),
  serviceConfigSchema,
  object({
    kind: v.literal('retry'),
    attempts: wholeNumber(1, LIMITS.attempts),
    backoff: v.optional(choice(...BACKOFFS)),
    base: v.optional(delay),
    max: v.optional(delay),
    multiplier: v.optional(number(0.1, 100)),
    on: v.optional(statuses),
    budget: v.optional(object({ ratio: number(0, 10), burst: v.optional(wholeNumber(1, LIMITS.tokens)) })),
  }),
  object({
    kind: v.literal('breaker'),
    failureRate: v.optional(number(0, 1)),
    window: v.optional(v.union([wholeNumber(1, LIMITS.windowCalls), duration(LIMITS.delayMicros, 1)], says('problem.breakerWindow'))),
    minCalls: v.optional(wholeNumber(1, LIMITS.windowCalls)),
    openFor: v.optional(duration(LIMITS.delayMicros, 1)),
    probes: v.optional(wholeNumber(1, LIMITS.windowCalls)),
    machine: name,
  }),
  object({ kind: v.literal('bulkhead'), limit: wholeNumber(1, LIMITS.workers), machine: name, retryAfter }),
  object({ kind: v.literal('rate-limit'), rate, burst: v.optional(wholeNumber(1, LIMITS.tokens)), machine: name, retryAfter }),
  object({
    kind: v.literal('idempotency-key'),
    key: v.optional(v.pipe(text(LIMITS.idLength), v.regex(/^[^.]+(\.[^.]+)*$/, says('problem.keyPath')))),
    required: v.optional(truth),
    ttl: v.optional(duration(LIMITS.delayMicros, 1)),
    inFlight: v.optional(choice('wait', 'conflict')),
    durable: v.optional(truth),
  }),
] as const;

export const policySchema = v.variant('kind', kinds, says('problem.choice', { choices: Object.keys(POLICY_SIDES).join(', ') }));
/** Names of policies, as a component gives them. */
export const policyNames = v.optional(list(text(LIMITS.idLength), LIMITS.policies));

type PolicyFile = v.InferOutput<typeof policySchema>;

/** @param files those of the scenario, found to be right */
export function resolvePolicy(file: PolicyFile, files: Readonly<Record<string, string>>): Policy {
  const machine = 'machine' in file && file.machine !== undefined ? machineIn(files, file.machine, file.kind) : undefined;
  switch (file.kind) {
    case 'timeout':
      return { kind: 'timeout', afterMicros: readDuration(file.after) };
    case 'deadline':
      return { kind: 'deadline', afterMicros: readDuration(file.after) };
    case 'hedge':
      return { kind: 'hedge', afterMicros: readDuration(file.after), attempts: file.attempts ?? 2, nonFatal: file.nonFatal };
    case 'shedding':
      return {
        kind: 'shedding',
        limit: file.limit,
        targetMicros: file.target === undefined ? undefined : readDuration(file.target),
        least: Math.min(file.limit, file.least ?? 1),
        most: Math.max(file.limit, file.most ?? SHEDDING_DEFAULTS.most),
        backoff: file.backoff ?? SHEDDING_DEFAULTS.backoff,
        pushBackMicros: pushBackOf(file.retryAfter),
      };
    case 'service-config':
      return resolveServiceConfig(file);
    case 'retry':
      return {
        kind: 'retry',
        attempts: file.attempts,
        backoff: file.backoff ?? 'none',
        baseMicros: file.base === undefined ? RETRY_DEFAULTS.baseMicros : readDuration(file.base),
        maxMicros: file.max === undefined ? RETRY_DEFAULTS.maxMicros : readDuration(file.max),
        multiplier: file.multiplier ?? 2,
        on: file.on,
        budget: file.budget && { ratio: file.budget.ratio, burst: file.budget.burst ?? BUDGET_BURST },
      };
    case 'breaker': {
      const { failureRate, window, minCalls, openFor, probes } = BREAKER_DEFAULTS;
      const looksAt = file.window ?? window;
      return {
        kind: 'breaker',
        failureRate: file.failureRate ?? failureRate,
        window: typeof looksAt === 'number' ? { calls: looksAt } : { micros: readDuration(looksAt) },
        minCalls: file.minCalls ?? (typeof looksAt === 'number' ? Math.min(minCalls, looksAt) : minCalls),
        openMicros: readDuration(file.openFor ?? openFor),
        probes: file.probes ?? probes,
        machine,
      };
    }
    case 'bulkhead':
      return { kind: 'bulkhead', limit: file.limit, machine, pushBackMicros: pushBackOf(file.retryAfter) };
    case 'rate-limit':
      return {
        kind: 'rate-limit',
        perSecond: readRate(file.rate),
        burst: file.burst ?? 1,
        machine,
        pushBackMicros: pushBackOf(file.retryAfter),
      };
    case 'idempotency-key':
      return {
        kind: 'idempotency-key',
        path: (file.key ?? IDEMPOTENCY_DEFAULTS.key).split('.'),
        required: file.required ?? false,
        ttlMicros: readDuration(file.ttl ?? IDEMPOTENCY_DEFAULTS.ttl),
        inFlight: file.inFlight ?? 'wait',
        durable: file.durable ?? true,
      };
  }
}

function pushBackOf(retryAfter: string | undefined): Micros | undefined {
  if (retryAfter === undefined) return undefined;
  return retryAfter === 'never' ? -1 : readDuration(retryAfter);
}

function machineIn(files: Readonly<Record<string, string>>, name: string, kind: EditableKind): EditedMachine | undefined {
  const read = readMachineFile(name, files[name] ?? '', kind);
  return read.ok ? read.value : undefined;
}

function isEditable(kind: unknown): kind is EditableKind {
  return typeof kind === 'string' && Object.hasOwn(VOCABULARIES, kind);
}

/** The machine file that a policy names must be there, and say a machine of its kind. */
function checkMachine(id: string, policy: JsonRecord, { problems, files }: Reading): void {
  const { kind, machine } = policy;
  if (typeof machine !== 'string' || !isEditable(kind)) return;
  const path = pathText(['policies', id, 'machine']);
  const near = nearest(machine, files.keys());
  if (files.has(machine)) {
    const read = readMachineFile(machine, files.get(machine)!, kind);
    if (!read.ok) problems.push(...read.problems);
  } else if (near === undefined) problems.push(problem(path, 'problem.noFile', { value: machine }));
  else problems.push(problem(path, 'problem.noFileNear', { value: machine, nearest: near }));
}

/** The services that a config is for must be there; an empty name is all of them, as in gRPC. */
function checkMethods(id: string, { methodConfig }: JsonRecord, { problems, components }: Reading): void {
  for (const [index, method] of (Array.isArray(methodConfig) ? (methodConfig as unknown[]) : []).entries()) {
    const names: unknown = isRecord(method) ? method['name'] : undefined;
    for (const [place, name] of (Array.isArray(names) ? (names as unknown[]) : []).entries()) {
      const service: unknown = isRecord(name) ? name['service'] : undefined;
      if (typeof service === 'string' && service !== '' && !components.has(service))
        problems.push(unknownComponent(pathText(['policies', id, 'methodConfig', index, 'name', place, 'service']), service, components));
    }
  }
}

/** Whether the parameters of each policy fit together. */
export function checkPolicies(reading: Reading): void {
  const { problems, policies } = reading;
  for (const [id, policy] of policies) {
    checkMachine(id, policy, reading);
    if (policy['kind'] === 'service-config') checkMethods(id, policy, reading);
    const [window, minCalls] = [policy['window'] ?? BREAKER_DEFAULTS.window, policy['minCalls']];
    if (
      policy['kind'] === 'breaker' &&
      typeof window === 'number' &&
      Number.isInteger(window) &&
      window >= 1 &&
      typeof minCalls === 'number' &&
      minCalls > window
    ) {
      problems.push(problem(pathText(['policies', id, 'minCalls']), 'problem.breakerMinCalls', { value: minCalls, max: window }));
    }
  }
}

/** Whether the policies that a component names exist, can stand on this side, and are of different kinds. */
export function checkPolicyNames(id: string, names: unknown, side: PolicySide, { problems, policies }: Reading): void {
  if (!Array.isArray(names)) return;
  const kindsSeen = new Map<unknown, string>();
  for (const [index, name] of names.entries()) {
    if (typeof name !== 'string') continue;
    const path = pathText(['components', id, 'policies', index]);
    const kind = policies.get(name)?.['kind'];
    if (!policies.has(name)) {
      const near = nearest(name, policies.keys());
      problems.push(
        near === undefined
          ? problem(path, 'problem.noPolicy', { value: name })
          : problem(path, 'problem.noPolicyNear', { value: name, nearest: near }),
      );
    } else if (isPolicyKind(kind) && !standsOn(kind, side)) {
      problems.push(problem(path, side === 'call' ? 'problem.policyOfService' : 'problem.policyOfCaller', { value: name, kind }));
    }
    const other = kindsSeen.get(kind);
    if (kind !== undefined && other !== undefined)
      problems.push(problem(path, 'problem.policyTwice', { value: name, other, kind: asWritten(kind) }));
    kindsSeen.set(kind, name);
  }
  if (kindsSeen.has('retry') && kindsSeen.has('hedge'))
    problems.push(problem(pathText(['components', id, 'policies']), 'problem.retryOrHedge'));
}

function isPolicyKind(kind: unknown): kind is PolicyKind {
  return typeof kind === 'string' && Object.hasOwn(POLICY_SIDES, kind);
}
