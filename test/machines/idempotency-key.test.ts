import { describe, expect, it } from 'vitest';
import { idempotencyKeyMachine } from '../../src/machines/index';
import { Driver } from '../../src/world/driver';

function key(input: { waits?: boolean; durable?: boolean } = {}) {
  const definition = new Driver('specialised').define(idempotencyKeyMachine);
  const done: string[] = [];
  const names = new Set(definition.chart.transitions.flatMap(({ actions }) => actions));
  const timers: string[] = [];
  const instance = definition.create(
    { ttlMicros: 1_000, waits: true, durable: true, ...input },
    {
      actions: Object.fromEntries([...names].map((name) => [name, () => done.push(name)])),
      schedule: (type) => timers.push(type),
      cancel: () => timers.pop(),
    },
  );
  const send = (type: string): string[] => {
    done.length = 0;
    instance.send(definition.event(type));
    return [...done];
  };
  return { send, timers, expire: () => send(timers.pop()!) };
}

describe('an idempotency key', () => {
  it('runs the first request, and gives its answer to all others', () => {
    const { send } = key();
    expect(send('request')).toEqual(['run']);
    expect(send('answered')).toEqual(['remember', 'release']);
    expect([send('request'), send('request')]).toEqual([['replay'], ['replay']]);
  });

  it('holds a duplicate of one under way, or says that it is a conflict', () => {
    const [waiting, refusing] = [key(), key({ waits: false })];
    for (const { send } of [waiting, refusing]) send('request');
    expect([waiting.send('request'), refusing.send('request')]).toEqual([['hold'], ['conflict']]);
  });

  it('runs the next request after one that has failed', () => {
    const { send } = key();
    send('request');
    expect(send('failed')).toEqual(['release', 'forget']);
    expect(send('request')).toEqual(['run']);
  });

  it('forgets the answer when its time is over', () => {
    const { send, expire, timers } = key();
    send('request');
    send('answered');
    expect(timers).toHaveLength(1);
    expect(expire()).toEqual(['forget']);
    expect(send('request')).toEqual(['run']);
  });

  it('keeps over a crash what is durable, and nothing that is under way', () => {
    for (const durable of [true, false]) {
      const { send } = key({ durable });
      send('request');
      expect(send('crash')).toEqual(['forget']);
      send('request');
      send('answered');
      send('crash');
      expect(send('request')).toEqual([durable ? 'replay' : 'run']);
    }
  });
});
