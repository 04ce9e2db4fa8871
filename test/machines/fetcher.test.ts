import { describe, expect, it } from 'vitest';
import { fetcherMachine } from '../../src/machines/index';
import { Driver } from '../../src/world/driver';

/** A fetcher that tells what it does. */
function fetcher(maxDeliveries = 3) {
  const definition = new Driver('specialised').define(fetcherMachine);
  const done: string[] = [];
  const names = ['fetch', 'handOver', 'advance', 'backOff', 'passOver', 'released'];
  const instance = definition.create(
    { maxDeliveries },
    { actions: Object.fromEntries(names.map((name) => [name, () => void done.push(name)])) },
  );
  return (event: string, payload?: number): string[] => {
    done.length = 0;
    instance.send(definition.event(event), payload);
    return [...done];
  };
}

describe('the fetcher machine', () => {
  it('hands records over one by one and fetches again after the last', () => {
    const after = fetcher();
    expect(after('start')).toEqual(['fetch']);
    expect(after('records', 2)).toEqual(['handOver']);
    expect(after('handled')).toEqual(['advance', 'handOver']);
    expect(after('handled')).toEqual(['advance', 'fetch']);
    expect(after('elapsed')).toEqual(['fetch']);
  });

  it('tries a record again, and passes over it after the last delivery', () => {
    const after = fetcher(2);
    after('start');
    after('records', 2);
    expect(after('failed')).toEqual(['backOff']);
    expect(after('elapsed')).toEqual(['handOver']);
    expect(after('failed')).toEqual(['passOver', 'advance', 'handOver']);
    // The next record has all its deliveries before it.
    expect(after('failed')).toEqual(['backOff']);
  });

  it('finishes the record in hand before it lets the partition go, and leaves the rest', () => {
    const after = fetcher();
    after('start');
    after('records', 5);
    expect(after('stop')).toEqual([]);
    expect(after('handled')).toEqual(['advance', 'released']);
    expect(after('start')).toEqual(['fetch']);
    expect(after('stop')).toEqual(['released']);
  });

  it('leaves a record that fails while it stops to the next reader', () => {
    const after = fetcher();
    after('start');
    after('records', 1);
    after('stop');
    expect(after('failed')).toEqual(['released']);
  });

  it('gives up the rest of what it fetched when it is to read elsewhere', () => {
    const after = fetcher();
    after('start');
    after('records', 5);
    after('rewind');
    expect(after('handled')).toEqual(['advance', 'fetch']);
  });

  it('is idle at once when the partition is taken away', () => {
    const after = fetcher();
    after('start');
    after('records', 5);
    expect(after('drop')).toEqual([]);
    expect(after('handled')).toEqual([]);
    expect(after('start')).toEqual(['fetch']);
  });
});
