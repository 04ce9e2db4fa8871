import { describe, expect, it } from 'vitest';
import { serviceMachine } from '../../src/machines/index';
import { chanceOf } from '../world/random-machine';
import { started } from './started';

describe('the service machine', () => {
  it('serves while a worker is free, then lets wait, then refuses', () => {
    const service = started(serviceMachine, { workers: 2, waitingLimit: 2 });
    const states = [service.state];
    const actions = Array.from({ length: 5 }, () => {
      const [action] = service.after('arrive');
      states.push(service.state);
      return action;
    });
    expect(actions).toEqual(['serve', 'serve', 'join', 'join', 'refuse']);
    expect(states).toEqual(['idle', 'working', 'saturated', 'queueing', 'full', 'full']);
  });

  it('gives a freed worker the next of the line', () => {
    const service = started(serviceMachine, { workers: 1, waitingLimit: 2 });
    service.after('arrive', 'arrive', 'arrive');
    const states: string[] = [];
    const actions = Array.from({ length: 4 }, () => {
      const caused = service.after('done');
      states.push(service.state);
      return caused;
    });
    expect(actions).toEqual([['serveNext'], ['serveNext'], [], []]);
    expect(states).toEqual(['queueing', 'saturated', 'idle', 'idle']);
  });

  it.each([
    [1, 'full'],
    [2, 'working'],
  ])('with %i workers and no line loses what finds them all busy', (workers, afterFirst) => {
    const service = started(serviceMachine, { workers, waitingLimit: 0 });
    expect(service.after('arrive')).toEqual(['serve']);
    expect(service.state).toBe(afterFirst);
    for (let more = 1; more < workers; more++) service.after('arrive');
    expect(service.state).toBe('full');
    expect(service.after('arrive')).toEqual(['refuse']);
    expect(service.after('done')).toEqual([]);
    expect(service.state).toBe(workers === 1 ? 'idle' : 'working');
  });

  it.each([
    [1, 0],
    [1, 1],
    [1, 3],
    [2, 0],
    [3, 1],
    [4, 6],
  ])('with %i workers and %i places loses nobody and lets nobody wait for a free worker', (workers, waitingLimit) => {
    const service = started(serviceMachine, { workers, waitingLimit });
    const chance = chanceOf(workers * 100 + waitingLimit);
    let [present, served] = [0, 0];
    for (let step = 0; step < 5_000; step++) {
      const arrives = chance(10) < (Math.floor(step / 50) % 2 === 0 ? 7 : 3);
      const wasFull = present === workers + waitingLimit;
      const [action] = service.after(arrives ? 'arrive' : 'done');
      if (arrives && action !== 'refuse') present++;
      if (!arrives && present > 0) present--;
      if (action === 'serve' || action === 'serveNext') served++;
      const [busy, waiting] = [service.count('busy'), service.count('waiting')];
      expect(busy + waiting).toBe(present);
      expect(busy).toBe(Math.min(present, workers));
      expect(waiting).toBeLessThanOrEqual(waitingLimit);
      expect(action === 'refuse').toBe(arrives && wasFull);
      const state =
        busy === 0 ? 'idle' : busy < workers ? 'working' : waiting === waitingLimit ? 'full' : waiting === 0 ? 'saturated' : 'queueing';
      expect(service.state).toBe(state);
    }
    expect(served).toBeGreaterThan(500);
  });
});
