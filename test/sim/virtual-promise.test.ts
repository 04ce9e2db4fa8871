import { afterEach, describe, expect, it } from 'vitest';
import { StepLimitReached } from '../../src/sim/step-limit';
import { asyncStackOf, at, startTask, Task } from '../../src/sim/task';
import { clearJobs, drainJobs, fulfil, observe, reject, takeUnhandledRejections, VirtualPromise } from '../../src/sim/virtual-promise';

afterEach(clearJobs);

class Operation extends VirtualPromise {
  readonly place = 3;
}

function task(name: string, body: () => Generator<unknown, unknown, unknown>): Task {
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
    const operation = new Operation();
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
    const operation = new Operation();
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
    const operation = new Operation();
    observe(operation, { settled: () => undefined });
    reject(operation, 'observed');
    drainJobs();
    expect(takeUnhandledRejections()).toEqual(['alone']);
    expect(takeUnhandledRejections()).toEqual([]);
  });

  it('cannot be changed by the code that gets hold of it', () => {
    const promise = new Operation();
    expect(() => Object.assign(VirtualPromise.prototype, { then: () => 'mine' })).toThrow(TypeError);
    expect(() => Object.assign(VirtualPromise, { resolve: () => 'mine' })).toThrow(TypeError);
    expect(promise.then()).toBeInstanceOf(VirtualPromise);
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
  it('runs to its first await at once and knows what it waits for', () => {
    const operation = new Operation();
    const running = task('onTick', function* () {
      return [yield at(7, operation)];
    });
    expect(running).toBeInstanceOf(VirtualPromise);
    expect(running.awaits).toBe(operation);
    expect(running.line).toBe(7);
    fulfil(operation, 'done');
    drainJobs();
    expect(running.awaits).toBeUndefined();
    expect(running.value).toEqual(['done']);
  });

  it('notes who waited for the one that threw, through combinators', () => {
    const error = new Error('deep');
    const operation = new Operation();
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
