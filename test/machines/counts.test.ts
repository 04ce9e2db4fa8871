import { describe, expect, it } from 'vitest';
import { clientMachine, linkMachine, workerMachine } from '../../src/machines/index';
import { started } from './started';

describe('the client machine', () => {
  it('waits until the last open request is settled', () => {
    const client = started(clientMachine);
    client.after('start', 'start', 'settle');
    expect([client.state, client.count('open')]).toEqual(['waiting', 1]);
    client.after('settle');
    expect([client.state, client.count('open')]).toEqual(['quiet', 0]);
    client.after('settle');
    expect(client.count('open')).toBe(0);
  });
});

describe('the link machine', () => {
  it('carries until every message sent is delivered or lost', () => {
    const link = started(linkMachine);
    link.after('send', 'send', 'send', 'lose', 'deliver');
    expect([link.state, link.count('inFlight')]).toEqual(['carrying', 1]);
    link.after('deliver');
    expect([link.state, link.count('inFlight')]).toEqual(['quiet', 0]);
    link.after('lose', 'deliver');
    expect(link.count('inFlight')).toBe(0);
  });
});

describe('the worker machine', () => {
  it('takes, works, goes on and is released', () => {
    const worker = started(workerMachine);
    const states = ['take', 'work', 'worked', 'work', 'release'].map((event) => {
      worker.after(event);
      return worker.state;
    });
    expect(states).toEqual(['running', 'working', 'running', 'working', 'free']);
  });

  it('cannot work before it has taken something, nor take a second thing', () => {
    const worker = started(workerMachine);
    worker.after('work');
    expect(worker.state).toBe('free');
    worker.after('take', 'work', 'take');
    expect(worker.state).toBe('working');
  });
});
