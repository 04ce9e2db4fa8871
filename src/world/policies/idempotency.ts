/**
 * The idempotency keys of a service: what comes with a key that has been answered gets that answer, and its handler does not run. A duplicate
 * takes a worker as every request does, because it is the service's own code that looks the key up.
 */
import { canonicalJson } from '../../handlers/canonical-json';
import { idempotencyKeyMachine } from '../../machines/index';
import { LIMITS } from '../../model/limits';
import type { IdempotencyPolicy } from '../../model/policies/policy';
import { PolicyAct } from '../../model/trace';
import { catchable } from '../../sim/step-limit';
import { fulfil, reject, VirtualPromise } from '../../sim/virtual-promise';
import type { Definition, Instance } from '../driver';
import { MachineTimers } from '../machine-timers';
import type { Message } from '../message';
import { Answered, type Status } from '../status';
import type { World } from '../world';
import { Part, type PartNames } from './part';

/** What a service runs in place of its handler. */
export type Instead = () => unknown;

interface Held {
  readonly message: Message;
  readonly promise: VirtualPromise;
}

const EVENTS = ['request', 'answered', 'failed', 'crash'] as const;

export class Idempotency extends Part {
  private readonly keys = new Map<string, Key>();
  /** What was found for the request that has just asked. */
  private instead: Instead | undefined = undefined;
  private readonly events: Readonly<Record<(typeof EVENTS)[number], number>>;
  private readonly definition: Definition;

  constructor(
    world: World,
    names: PartNames,
    private readonly policy: IdempotencyPolicy,
  ) {
    const definition = world.driver.define(idempotencyKeyMachine);
    // The keys have a machine each; that of the place stands for none of them.
    super(world, names, definition, inputOf(policy));
    this.events = Object.fromEntries(EVENTS.map((name) => [name, definition.event(name)])) as Idempotency['events'];
    this.definition = definition;
  }

  /** What is to be done in place of the handler; undefined when it runs, as the first with its key or without one. */
  insteadOf(message: Message): Instead | undefined {
    const { policy, keys } = this;
    const name = keyIn(message.body, policy.path);
    if (name === undefined) return policy.required ? answering('INVALID_ARGUMENT', `${policy.path.join('.')} is missing`) : undefined;
    let key = keys.get(name);
    if (!key) {
      if (keys.size >= LIMITS.idempotencyKeys) return answering('RESOURCE_EXHAUSTED', `${LIMITS.idempotencyKeys} keys are remembered`);
      keys.set(name, (key = this.keyFor(name, message)));
    } else if (key.fingerprint !== fingerprintOf(message.body)) {
      this.record(PolicyAct.refused, message.request, message.id);
      return answering('INVALID_ARGUMENT', `the key ${name} came with another request before`);
    }
    this.instead = undefined;
    key.machine.send(this.events.request, message);
    return this.instead;
  }

  /**
   * The handler has ended. An answer with a status is one to remember, unless it says to come again; what throws or is called
   * off has no answer, and may run again.
   * @param reply undefined for a message, which has none
   */
  ended(message: Message, ok: boolean, value: unknown, reply: Message | undefined): void {
    const name = keyIn(message.body, this.policy.path);
    const key = name === undefined ? undefined : this.keys.get(name);
    if (key?.first !== message) return;
    if (ok && reply?.status === undefined) key.answer = () => reply?.body;
    else if (value instanceof Answered && isFinal(value) && !message.attempt?.stopped) key.answer = answering(value.status, value.message);
    key.machine.send(key.answer ? this.events.answered : this.events.failed);
  }

  /** The process is gone: nobody waits any more, and only what is durable is remembered. */
  crash(): void {
    for (const key of [...this.keys.values()]) {
      for (const { message } of key.held.splice(0)) message.request.hopes--;
      key.machine.send(this.events.crash);
    }
  }

  private keyFor(name: string, first: Message): Key {
    const key = new Key(first, fingerprintOf(first.body));
    const timers = new MachineTimers(this.world.kernel, (type) => key.machine.send(this.definition.event(type)));
    key.machine = this.definition.create(inputOf(this.policy), {
      actions: {
        hold: (message: unknown) => this.hold(key, message as Message),
        conflict: (message: unknown) => this.conflict(name, message as Message),
        replay: (message: unknown) => this.replay(key, message as Message),
        release: () => this.release(key),
        forget: () => this.keys.delete(name),
      },
      schedule: (type, delay, id) => timers.schedule(type, delay, id),
      cancel: (id) => timers.cancel(id),
    });
    return key;
  }

  private hold(key: Key, message: Message): void {
    const promise = new VirtualPromise();
    message.request.hopes++;
    key.held.push({ message, promise });
    this.record(PolicyAct.held, message.request, message.id);
    this.instead = () => promise;
  }

  private conflict(name: string, { request, id }: Message): void {
    this.record(PolicyAct.refused, request, id);
    this.instead = answering('ABORTED', `a request with the key ${name} is under way`);
  }

  private replay(key: Key, { request, id }: Message): void {
    this.record(PolicyAct.replayed, request, id);
    this.instead = key.answer;
  }

  /** Those held go on: with the answer of the first; without one, they may try again. */
  private release({ held, answer }: Key): void {
    for (const { message, promise } of held.splice(0)) {
      message.request.hopes--;
      try {
        fulfil(promise, (answer ?? answering('ABORTED', 'the request with the same key has failed'))());
      } catch (error) {
        reject(promise, error);
      }
    }
  }
}

/** What is known of one key. */
class Key {
  machine!: Instance;
  answer: Instead | undefined = undefined;
  readonly held: Held[] = [];

  constructor(
    readonly first: Message,
    readonly fingerprint: string | undefined,
  ) {}
}

function inputOf({ ttlMicros, inFlight, durable }: IdempotencyPolicy) {
  return { ttlMicros, waits: inFlight === 'wait', durable };
}

function answering(status: Status, text: string): Instead {
  return () => {
    throw new Answered(status, text);
  };
}

/** Another time the answer may be another: gRPC says of these statuses that the client may try again (google/rpc/code.proto). */
const PASSING: ReadonlySet<Status> = new Set<Status>(['UNAVAILABLE', 'RESOURCE_EXHAUSTED', 'ABORTED', 'DEADLINE_EXCEEDED', 'CANCELLED']);

function isFinal(answer: Answered): boolean {
  return !PASSING.has(answer.status) && Answered.pushBackOf(answer) === undefined;
}

/** The text or number at a path of the body. */
function keyIn(body: unknown, path: readonly string[]): string | undefined {
  let value = body;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Two requests are the same when their bodies are; a body that has no canonical text is like any other of that kind. */
function fingerprintOf(body: unknown): string | undefined {
  try {
    return canonicalJson(body);
  } catch (error) {
    catchable(error);
    return undefined;
  }
}
