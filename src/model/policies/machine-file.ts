/**
 * The statechart of a policy as a file of the scenario: the part of XState's configuration that data can say. A state has `on`, `after`,
 * `entry` and `exit`; guards, actions and delays are those that the policy's own machine has, by name. What the file cannot say, such as
 * states in states or functions, is a problem with its place.
 */
import { nearest } from '../nearest';
import { problem, type CodeProblem, type Problem, type Result } from '../problem';
import { pathText } from '../path-text';
import { LIMITS } from '../limits';
import { parseDuration, type Micros } from '../time';
import { isRecord } from '../variant';
import { jsonPlace } from './json-place';

/** The words of the machines that can be edited. A test holds them against the machines. */
export const VOCABULARIES = {
  breaker: {
    events: ['call', 'succeeded', 'failed'],
    guards: ['tooManyFailures', 'probesLeft', 'lastProbe'],
    actions: ['countProbe', 'countSuccess', 'forgetProbes', 'permit', 'refuse', 'clearWindow'],
    delays: ['openFor'],
  },
  bulkhead: {
    events: ['enter', 'leave'],
    guards: ['lastPlace', 'lastInside'],
    actions: ['countIn', 'countOut', 'permit', 'refuse'],
    delays: [],
  },
  'rate-limit': {
    events: ['call', 'configure'],
    guards: ['moreLeft'],
    actions: ['takeToken', 'addToken', 'permit', 'refuse', 'reconfigure'],
    delays: ['untilToken'],
  },
} as const satisfies Record<string, Vocabulary>;

export type EditableKind = keyof typeof VOCABULARIES;

interface Vocabulary {
  readonly events: readonly string[];
  readonly guards: readonly string[];
  readonly actions: readonly string[];
  readonly delays: readonly string[];
}

export interface EditedMachine {
  readonly initial: string;
  readonly states: Readonly<Record<string, EditedState>>;
}

export interface EditedState {
  readonly entry: readonly string[];
  readonly exit: readonly string[];
  readonly on: Readonly<Record<string, readonly EditedTransition[]>>;
  readonly after: readonly { readonly delay: string | Micros; readonly transitions: readonly EditedTransition[] }[];
}

export interface EditedTransition {
  readonly target: string | undefined;
  readonly guard: EditedGuard | undefined;
  readonly actions: readonly string[];
}

export type EditedGuard =
  string | { readonly not: EditedGuard } | { readonly and: readonly EditedGuard[] } | { readonly or: readonly EditedGuard[] };

const STATES_MAX = 64;
const GUARD_DEPTH = 8;

/** Reads the text of a machine file; every problem has its place in `files`. */
export function readMachineFile(file: string, text: string, kind: EditableKind): Result<EditedMachine> {
  const reader = new MachineReader(['files', file], VOCABULARIES[kind]);
  const machine = reader.read(text);
  return reader.problems.length > 0 || !machine ? { ok: false, problems: reader.problems } : { ok: true, value: machine };
}

type Path = readonly (string | number)[];
type Word = 'guard' | 'action' | 'event' | 'delay' | 'target';

class MachineReader {
  readonly problems: CodeProblem[] = [];
  private text = '';
  private names: readonly string[] = [];

  constructor(
    private readonly path: Path,
    private readonly words: Vocabulary,
  ) {}

  read(text: string): EditedMachine | undefined {
    this.text = text;
    let config: unknown;
    try {
      config = JSON.parse(text);
    } catch {
      this.report(this.path, 'problem.machineJson');
      return undefined;
    }
    const { path } = this;
    if (!this.hasKeys(config, path, ['id', 'description', 'initial', 'states'])) return undefined;
    const states = config['states'];
    if (!isRecord(states) || Object.keys(states).length === 0) return this.report([...path, 'states'], 'problem.machineStates');
    this.names = Object.keys(states);
    if (this.names.length > STATES_MAX) return this.report([...path, 'states'], 'problem.tooMany', { max: STATES_MAX });
    const initial = this.word('target', config['initial'], [...path, 'initial'], this.names);
    const read = this.names.map((name) => [name, this.state(states[name], [...path, 'states', name])] as const);
    const machine = { initial, states: Object.fromEntries(read) };
    if (this.problems.length === 0) this.checkReach(machine);
    return machine;
  }

  private state(state: unknown, path: Path): EditedState {
    const empty: EditedState = { entry: [], exit: [], on: {}, after: [] };
    if (!this.hasKeys(state, path, ['description', 'entry', 'exit', 'on', 'after'])) return empty;
    const [on, after] = [state['on'] ?? {}, state['after'] ?? {}];
    if (!isRecord(on) || !isRecord(after)) {
      this.report(path, 'problem.object', { value: '' });
      return empty;
    }
    return {
      entry: this.actions(state['entry'], [...path, 'entry']),
      exit: this.actions(state['exit'], [...path, 'exit']),
      on: Object.fromEntries(
        Object.entries(on).map(([event, given]) => {
          const at = [...path, 'on', event];
          this.word('event', event, at, this.words.events);
          return [event, this.transitions(given, at)];
        }),
      ),
      after: Object.entries(after).map(([delay, given]) => {
        const at = [...path, 'after', delay];
        return { delay: this.delay(delay, at), transitions: this.transitions(given, at) };
      }),
    };
  }

  private transitions(given: unknown, path: Path): EditedTransition[] {
    if (!Array.isArray(given)) return [this.transition(given, path)];
    return given.map((one: unknown, index) => this.transition(one, [...path, index]));
  }

  private transition(given: unknown, path: Path): EditedTransition {
    if (typeof given === 'string') return { target: this.word('target', given, path, this.names), guard: undefined, actions: [] };
    if (!this.hasKeys(given, path, ['description', 'target', 'guard', 'actions', 'reenter'])) {
      return { target: undefined, guard: undefined, actions: [] };
    }
    const { target, guard, actions } = given;
    return {
      target: target === undefined ? undefined : this.word('target', target, [...path, 'target'], this.names),
      guard: guard === undefined ? undefined : this.guard(guard, [...path, 'guard'], 0),
      actions: this.actions(actions, [...path, 'actions']),
    };
  }

  private guard(given: unknown, path: Path, depth: number): EditedGuard {
    if (!isRecord(given)) return this.word('guard', given, path, this.words.guards);
    const [how, ...more] = Object.keys(given);
    if (depth > GUARD_DEPTH || more.length > 0 || (how !== 'not' && how !== 'and' && how !== 'or')) {
      this.report(path, 'problem.machineGuard', { value: JSON.stringify(given).slice(0, 60), known: this.words.guards.join(', ') });
      return '';
    }
    if (how === 'not') return { not: this.guard(given[how], [...path, how], depth + 1) };
    const parts = Array.isArray(given[how]) ? (given[how] as unknown[]) : [given[how]];
    const guards = parts.map((part, index) => this.guard(part, [...path, how, index], depth + 1));
    return how === 'and' ? { and: guards } : { or: guards };
  }

  private actions(given: unknown, path: Path): string[] {
    if (given === undefined) return [];
    if (!Array.isArray(given)) return [this.word('action', given, path, this.words.actions)];
    return given.map((one: unknown, index) => this.word('action', one, [...path, index], this.words.actions));
  }

  /** A delay of the policy, a duration, or milliseconds as XState has them. */
  private delay(name: string, path: Path): string | Micros {
    const micros = /^\d+$/.test(name) ? Number(name) * 1_000 : parseDuration(name);
    if (micros !== undefined && micros > 0 && micros <= LIMITS.delayMicros) return micros;
    return this.word('delay', name, path, this.words.delays);
  }

  /** A name that must be among those known. */
  private word(what: Word, name: unknown, path: Path, known: readonly string[]): string {
    if (typeof name === 'string' && known.includes(name)) return name;
    const value = typeof name === 'string' ? name : JSON.stringify(name ?? null).slice(0, 60);
    const near = nearest(value, known);
    const [key, keyNear] = WORDS[what];
    if (near === undefined) this.report(path, key, { value, known: known.join(', ') });
    else this.report(path, keyNear, { value, nearest: near });
    return known[0] ?? '';
  }

  private hasKeys(given: unknown, path: Path, known: readonly string[]): given is Readonly<Record<string, unknown>> {
    if (!isRecord(given)) {
      this.report(path, 'problem.object', { value: JSON.stringify(given ?? null).slice(0, 60) });
      return false;
    }
    for (const key of Object.keys(given)) {
      if (!known.includes(key)) this.report([...path, key], 'problem.unknownKey', { key, known: known.join(', ') });
    }
    return true;
  }

  /** Every state can be reached from the first, whatever the guards say. */
  private checkReach({ initial, states }: EditedMachine): void {
    const reached = new Set([initial]);
    for (const name of reached) {
      const { on, after } = states[name]!;
      const transitions = [...Object.values(on).flat(), ...after.flatMap((one) => one.transitions)];
      for (const { target } of transitions) if (target !== undefined) reached.add(target);
    }
    for (const name of this.names) {
      if (!reached.has(name)) this.report([...this.path, 'states', name], 'problem.machineUnreachable', { value: name });
    }
  }

  private report(path: Path, key: Problem['key'], params: Problem['params'] = {}): undefined {
    const [, file = '', ...inside] = path;
    this.problems.push({ ...problem(pathText(path), key, params), file: String(file), ...jsonPlace(this.text, inside) });
    return undefined;
  }
}

const WORDS = {
  guard: ['problem.machineGuard', 'problem.machineGuardNear'],
  action: ['problem.machineAction', 'problem.machineActionNear'],
  event: ['problem.machineEvent', 'problem.machineEventNear'],
  delay: ['problem.machineDelay', 'problem.machineDelayNear'],
  target: ['problem.machineTarget', 'problem.machineTargetNear'],
} as const;
