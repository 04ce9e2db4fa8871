import { afterEach, describe, expect, it } from 'vitest';
import { StepLimitReached } from '../../src/sim/step-limit';
import { asyncStackOf, at, startTask } from '../../src/sim/task';
import {
  clearJobs,
  drainJobs,
  fulfil,
  isPromise,
  markHandled,
  observe,
  reject,
  takeUnhandledRejections,
  VirtualPromise,
} from '../../src/sim/virtual-promise';

afterEach(clearJobs);

function task(name: string, body: () => Generator<unknown, unknown, unknown>): VirtualPromise {
  return startTask(body, name, undefined, []);
}

describe('VirtualPromise', () => {
  it('runs nothing before the jobs are drained', () => {
    const seen: unknown[] = [];
    VirtualPromise.resolve(1).then((value) => seen.push(value));
    expect(seen).toEqual([]);
    drainJobs();
    expect(seen).toEqual([1]);
  });

  it('is settled from outside, once, with the value as it is', () => {
    const seen: unknown[] = [];
    const operation = new VirtualPromise();
    const thenable = { then: () => seen.push('asked') };
    operation.then((value) => seen.push(value === thenable));
    fulfil(operation, thenable);
    fulfil(operation, 2);
    reject(operation, 3);
    drainJobs();
    expect(seen).toEqual([true]);
    expect(takeUnhandledRejections()).toEqual([]);
  });

  it('tells an observer in one job how it ended', () => {
    const seen: unknown[] = [];
    const note = (name: string) => ({ settled: (ok: boolean, value: unknown) => void seen.push([name, ok, value]) });
    const operation = new VirtualPromise();
    observe(operation, note('a'));
    operation.catch(() => seen.push('then'));
    observe(operation, note('b'));
    reject(operation, 'no');
    observe(operation, note('late'));
    expect(seen).toEqual([]);
    drainJobs();
    expect(seen).toEqual([['a', false, 'no'], 'then', ['b', false, 'no'], ['late', false, 'no']]);
  });

  it('keeps the order of more jobs than the ring first holds', () => {
    const seen: number[] = [];
    for (let index = 0; index < 700; index++) VirtualPromise.resolve().then(() => undefined);
    drainJobs();
    for (let index = 0; index < 5_000; index++) VirtualPromise.resolve(index).then((value) => seen.push(value));
    drainJobs();
    expect(seen).toEqual(Array.from({ length: 5_000 }, (_, index) => index));
  });

  it('lists the rejections that nobody waits for, once, at the end of the event', () => {
    const late = VirtualPromise.reject('late');
    VirtualPromise.reject('alone');
    late.catch(() => undefined);
    const operation = new VirtualPromise();
    observe(operation, { settled: () => undefined });
    reject(operation, 'observed');
    drainJobs();
    expect(takeUnhandledRejections()).toEqual(['alone']);
    expect(takeUnhandledRejections()).toEqual([]);
  });

  it('cannot be changed by the code that gets hold of it', () => {
    const promise = new VirtualPromise();
    expect(() => Object.assign(VirtualPromise.prototype, { then: () => 'mine' })).toThrow(TypeError);
    expect(() => Object.assign(VirtualPromise, { resolve: () => 'mine' })).toThrow(TypeError);
    expect(promise.then()).toBeInstanceOf(VirtualPromise);
  });

  it('shows its holders nothing but ways to wait', () => {
    const promise = new VirtualPromise();
    const waiting = promise.then(() => undefined);
    for (const shown of [promise, waiting, VirtualPromise.reject(1).catch(() => undefined)]) expect(Reflect.ownKeys(shown)).toEqual([]);
    const members = Reflect.ownKeys(VirtualPromise.prototype).map(String).sort();
    expect(members).toEqual(['Symbol(Symbol.toStringTag)', 'catch', 'constructor', 'finally', 'then']);
  });

  it('takes nothing for a promise that only looks like one', () => {
    const seen: unknown[] = [];
    const note = (error: unknown) => void seen.push((error as Error).name);
    const fakes: unknown[] = [Object.create(VirtualPromise.prototype), new Proxy(new VirtualPromise(), {})];
    for (const fake of fakes) {
      expect(isPromise(fake)).toBe(false);
      VirtualPromise.resolve(fake).catch(note);
      VirtualPromise.all([fake]).catch(note);
      task('waits', function* () {
        yield at(1, fake);
      }).catch(note);
    }
    drainJobs();
    expect(seen).toEqual(new Array(6).fill('TypeError'));
    class Own extends VirtualPromise {}
    expect(isPromise(new Own())).toBe(true);
    expect(takeUnhandledRejections()).toEqual([]);
  });

  it('does not list a rejection that is no fault', () => {
    const promise = new VirtualPromise();
    markHandled(promise);
    reject(promise, 'no');
    drainJobs();
    expect(takeUnhandledRejections()).toEqual([]);
  });

  it('lets the end of a run through: no callback sees it', () => {
    const stop = new StepLimitReached('steps', 1, 10);
    const seen: unknown[] = [];
    VirtualPromise.resolve()
      .then(() => {
        throw stop;
      })
      .catch((error) => seen.push(error));
    expect(drainJobs).toThrow(stop);
    clearJobs();
    drainJobs();
    expect(seen).toEqual([]);
  });
});

describe('Task', () => {
  it('runs to its first await at once, and on when that is settled', () => {
    const seen: unknown[] = [];
    const operation = new VirtualPromise();
    const running = task('onTick', function* () {
      seen.push('begins');
      return [yield at(7, operation)];
    });
    expect(running).toBeInstanceOf(VirtualPromise);
    expect(seen).toEqual(['begins']);
    running.then((value) => seen.push(value));
    drainJobs();
    expect(seen).toEqual(['begins']);
    fulfil(operation, 'done');
    drainJobs();
    expect(seen).toEqual(['begins', ['done']]);
  });

  it('gives its caller nothing that would resume it', () => {
    const running = task('onTick', function* () {
      yield at(1, new VirtualPromise());
    });
    expect(Object.getPrototypeOf(running)).toBe(VirtualPromise.prototype);
    expect(Reflect.ownKeys(running)).toEqual([]);
  });

  it('notes who waited for the one that threw, through combinators', () => {
    const error = new Error('deep');
    const operation = new VirtualPromise();
    const inner = () =>
      task('inner', function* () {
        yield at(2, operation);
        throw error;
      });
    const outer = task('outer', function* () {
      yield at(
        9,
        VirtualPromise.all([inner()]).then((values) => values),
      );
    });
    observe(outer, { settled: () => undefined });
    fulfil(operation, 1);
    drainJobs();
    expect(asyncStackOf(error)).toEqual([{ functionName: 'outer', line: 9 }]);
    expect(asyncStackOf('text')).toEqual([]);
  });

  it('ends with the run when it is stopped, without its finally', () => {
    const seen: unknown[] = [];
    task('looping', function* () {
      try {
        yield at(
          1,
          task('inner', function* () {
            yield at(2, null);
            throw new StepLimitReached('steps', 2, 10);
          }),
        );
      } finally {
        seen.push('finally');
      }
    });
    expect(drainJobs).toThrow(StepLimitReached);
    clearJobs();
    drainJobs();
    expect(seen).toEqual([]);
  });
});
