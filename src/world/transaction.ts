/** One transaction of a handler. The `transaction` machine decides, this does what it names. */
import { isPromise, observe, VirtualPromise } from '../sim/virtual-promise';
import type { Instance } from './driver';
import type { Invocation } from './invocation';
import { Operation } from './operation';
import { CallFailed } from './status';
import { given, keyOf } from './store-values';
import type { StoreAnswer, StoreOperation } from './stored-data';

type Ask = (operation: StoreOperation, read: (answer: StoreAnswer) => unknown) => Operation;

/** What the code of a transaction gets. */
interface TransactionView {
  get(key: unknown): VirtualPromise;
  put(key: unknown, value: unknown): void;
  delete(key: unknown): void;
}

export class Transaction {
  readonly view: TransactionView;
  private readonly operation: Operation;
  private readonly machine: Instance;
  private readonly events: Readonly<Record<'commit' | 'rollback' | 'committed' | 'conflict' | 'unreachable', number>>;
  /** Versions at the first reading. */
  private readonly reads = new Map<string, number>();
  private readonly writes = new Map<string, unknown>();
  private isOpen = true;
  /** What the code returned, or what it threw. */
  private outcome: unknown;

  constructor(
    invocation: Invocation,
    private readonly ask: Ask,
  ) {
    this.operation = new Operation(invocation, invocation.chain.copy(), 'td');
    const definition = invocation.world.transactionMachine;
    const actions = { ask: () => this.askToCommit(), succeed: () => this.operation.succeed(this.outcome), fail: () => this.fail() };
    this.machine = definition.create({}, { actions });
    const event = (name: string) => definition.event(name);
    this.events = {
      commit: event('commit'),
      rollback: event('rollback'),
      committed: event('committed'),
      conflict: event('conflict'),
      unreachable: event('unreachable'),
    };
    this.view = Object.freeze({
      get: (key: unknown) => this.get(keyOf(key)),
      put: (key: unknown, value: unknown) => this.write(keyOf(key), given(value)),
      delete: (key: unknown) => this.write(keyOf(key), undefined),
    });
  }

  get promise(): VirtualPromise {
    return this.operation.promise;
  }

  /** What the code has returned: at once, or by a promise. */
  follow(result: unknown): void {
    if (isPromise(result)) observe(result, this);
    else this.settled(true, result);
  }

  /** The code has ended. */
  settled(ok: boolean, value: unknown): void {
    this.isOpen = false;
    this.outcome = value;
    this.operation.chain.follow(this.operation.invocation.chain);
    this.machine.send(ok ? this.events.commit : this.events.rollback);
  }

  private get(key: string): VirtualPromise {
    this.mustBeOpen();
    if (!this.writes.has(key)) {
      return this.ask({ op: 'get', key }, (answer) => {
        if (!('version' in answer)) return undefined;
        if (!this.reads.has(key)) this.reads.set(key, answer.version);
        return answer.value;
      }).promise;
    }
    const own = new Operation(this.operation.invocation, this.operation.invocation.chain.copy(), 'td');
    own.succeed(this.writes.get(key));
    return own.promise;
  }

  private write(key: string, value: unknown): void {
    this.mustBeOpen();
    this.writes.set(key, value);
  }

  private mustBeOpen(): void {
    if (!this.isOpen) throw new CallFailed('INVALID_ARGUMENT', 'this transaction has ended');
  }

  private askToCommit(): void {
    const asked = this.ask({ op: 'commit', reads: [...this.reads], writes: [...this.writes] }, (answer) => 'done' in answer && answer.done);
    observe(asked.promise, {
      settled: (ok, value) => {
        this.operation.chain.follow(asked.chain);
        if (!ok) this.outcome = value;
        else if (!value) this.outcome = new CallFailed('ABORTED', 'another transaction has changed what this one has read');
        this.machine.send(!ok ? this.events.unreachable : value ? this.events.committed : this.events.conflict);
      },
    });
  }

  private fail(): void {
    this.operation.fail(this.outcome as Error);
  }
}
