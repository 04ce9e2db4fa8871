/** `ctx.store`, as a handler sees it. Every operation is a call over the link to the store. */
import { copyValue } from '../handlers/copy-value';
import { LIMITS } from '../model/limits';
import { catchable } from '../sim/step-limit';
import type { VirtualPromise } from '../sim/virtual-promise';
import { PLAIN_CALL, type Call, type CallObserver } from './call';
import type { Invocation } from './invocation';
import type { Message } from './message';
import { Operation } from './operation';
import { beginCall } from './policies/begin-call';
import { CallFailed } from './status';
import { given, keyOf } from './store-values';
import type { StoreAnswer, StoreOperation } from './stored-data';
import { handlerKey } from './tracing/tracer';
import { Transaction } from './transaction';

export class StoreView {
  readonly #invocation: Invocation;

  constructor(invocation: Invocation) {
    this.#invocation = invocation;
  }

  get(key: unknown): VirtualPromise {
    return askStore(this.#invocation, { op: 'get', key: keyOf(key) }, valueOf).promise;
  }

  put(key: unknown, value: unknown): VirtualPromise {
    return askStore(this.#invocation, { op: 'put', key: keyOf(key), value: given(value) }, nothing).promise;
  }

  delete(key: unknown): VirtualPromise {
    return askStore(this.#invocation, { op: 'delete', key: keyOf(key) }, nothing).promise;
  }

  /** Fulfilled with whether the value was the one expected, and has been replaced. */
  compareAndSet(key: unknown, expected: unknown, value: unknown): VirtualPromise {
    const operation = { op: 'compareAndSet', key: keyOf(key), expected: copyValue(expected), value: given(value) } as const;
    return askStore(this.#invocation, operation, (answer) => 'done' in answer && answer.done).promise;
  }

  /** Runs the code and commits what it wrote, all of it or nothing. */
  transaction(code: unknown): VirtualPromise {
    if (typeof code !== 'function') throw new TypeError('ctx.store.transaction needs a function');
    const transaction = new Transaction(this.#invocation, (operation, read) => askStore(this.#invocation, operation, read));
    let result: unknown;
    try {
      result = (code as (tx: unknown) => unknown)(transaction.view);
    } catch (error) {
      transaction.settled(false, catchable(error));
      return transaction.promise;
    }
    transaction.follow(result);
    return transaction.promise;
  }
}

// As with Context: the way to the class would be one to the simulator.
Reflect.deleteProperty(StoreView.prototype, 'constructor');

/** Sends one operation to the store that is linked, and settles with what `read` makes of its answer. */
function askStore(invocation: Invocation, operation: StoreOperation, read: (answer: StoreAnswer) => unknown): Operation {
  const { world, node, request, chain, stopped } = invocation;
  const asked = new StoreCall(invocation, chain.copy(), read);
  const ways = [...node.ways.values()].filter((way) => way.to.isStore);
  if (ways.length !== 1) {
    const why =
      ways.length === 0 ? `no link leads from ${node.id} to a store` : `${node.id} has links to ${ways.length} stores: ctx.store needs one`;
    asked.fail(new CallFailed('UNAVAILABLE', why));
    return asked;
  }
  if (stopped) {
    asked.fail(new CallFailed(stopped, `nobody waits for ${node.id} any more`));
    return asked;
  }
  invocation.hold(world.kernel.now);
  // An operation under way is done, whoever waits for it: no deadline goes with it.
  const span = world.tracer && handlerKey(invocation);
  beginCall({ world, request, chain: asked.chain, way: ways[0]!, body: operation, options: PLAIN_CALL, observer: asked, span }, -1);
  return asked;
}

class StoreCall extends Operation implements CallObserver {
  constructor(
    invocation: Invocation,
    chain: Invocation['chain'],
    private readonly read: (answer: StoreAnswer) => unknown,
  ) {
    super(invocation, chain, 'td');
  }

  callAnswered(_call: Call, reply: Message): void {
    this.invocation.release(this.invocation.world.kernel.now);
    this.chain.follow(reply.chain);
    const answer = reply.body as StoreAnswer;
    if ('full' in answer) this.fail(new CallFailed('RESOURCE_EXHAUSTED', `the store holds ${LIMITS.storeKeys} keys and takes no more`));
    else this.succeed(this.read(answer));
  }

  callFailed(_call: Call, error: CallFailed): void {
    this.invocation.release(this.invocation.world.kernel.now);
    this.fail(error);
  }
}

function valueOf(answer: StoreAnswer): unknown {
  return 'value' in answer ? answer.value : undefined;
}

function nothing(): undefined {
  return undefined;
}
