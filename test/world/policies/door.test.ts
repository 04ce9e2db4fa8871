/** What a service lets in: policies at its door, on scenarios small enough to be counted by hand. */
import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../../src/model/trace';
import { sheddingMachine } from '../../../src/machines/index';
import { Driver } from '../../../src/world/driver';
import { readScenario } from '../../../src/model/read-scenario';
import { merge } from '../../model/example-files';
import { recordsOf, rowsOf, runFile } from '../run-file';
import { CALLED } from '../scenarios';

const at = (policies: Readonly<Record<string, unknown>>, times: readonly number[], service: unknown = {}) =>
  merge(CALLED, {
    policies,
    components: {
      client: { arrivals: { list: times.map((ms) => `${ms}ms`) } },
      server: { policies: Object.keys(policies), ...(service as object) },
    },
  });

describe('at the door of a service', () => {
  it('shedding refuses whoever would be one too many in the line and in service', () => {
    const lane = runFile(at({ shed: { kind: 'shedding', limit: 2 } }, [0, 1, 2, 100, 101]));
    // Work ends at 120 and 220 ms; what starts at 100 arrives at 120, when one place is free again.
    expect(rowsOf(lane).map(({ outcome, endedMs }) => [outcome, endedMs])).toEqual([
      ['ok', 150],
      ['ok', 250],
      ['RESOURCE_EXHAUSTED', 52],
      ['ok', 350],
      ['RESOURCE_EXHAUSTED', 151],
    ]);
    expect(lane.summary.components['server']).toMatchObject({ arrivals: 5, refused: 2, completions: 3 });
    expect(lane.summary.policies).toMatchObject([{ policy: 'shed', machine: 'shedding', of: 'server', to: null, acts: { refused: 2 } }]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('a rate limit and a bulkhead refuse too, and who is refused by the line leaves the bulkhead', () => {
    const pace = runFile(at({ pace: { kind: 'rate-limit', rate: '10/s', burst: 2 } }, [0, 1, 2, 103]));
    expect(rowsOf(pace).map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'RESOURCE_EXHAUSTED', 'ok']);
    const room = runFile(at({ room: { kind: 'bulkhead', limit: 2 } }, [0, 1, 2, 130], { waitingLimit: 0 }));
    expect(rowsOf(room).map(({ outcome }) => outcome)).toEqual(['ok', 'RESOURCE_EXHAUSTED', 'RESOURCE_EXHAUSTED', 'ok']);
    expect(room.summary.policies).toMatchObject([{ acts: { refused: 0 } }]);
    expect(recordsOf(room, RecordKind.refused)).toHaveLength(2);
  });

  it('a policy of callers is a problem, and at a caller one of services is', () => {
    const keys = (file: unknown) => {
      const read = readScenario(file, null);
      return read.ok ? [] : read.problems.map(({ path, key }) => `${path} ${key}`);
    };
    expect(keys(at({ soon: { kind: 'timeout', after: '1s' } }, [0]))).toEqual(['components.server.policies[0] problem.policyOfCaller']);
    const shed = merge(CALLED, { policies: { shed: { kind: 'shedding', limit: 1 } }, components: { client: { policies: ['shed'] } } });
    expect(keys(shed)).toEqual(['components.client.policies[0] problem.policyOfService']);
  });
});

describe('a limit that adapts', () => {
  function limitAfter(...events: readonly (number | 'in')[]): number {
    const definition = new Driver('specialised').define(sheddingMachine);
    const instance = definition.create({ limit: 10, leastLimit: 5, mostLimit: 12, targetMicros: 100, backoff: 0.9 }, {});
    for (const event of events) {
      if (event === 'in') instance.send(definition.event('arrive'));
      else instance.send(definition.event('done'), { sojournMicros: event });
    }
    return instance.context['limit'] as number;
  }
  const full = Array.from({ length: 10 }, () => 'in' as const);

  it('grows by one with each fast request while half of it is used, and not when it is not', () => {
    expect(limitAfter(...full, 50)).toBe(11);
    expect(limitAfter('in', 'in', 50)).toBe(10);
    expect(limitAfter(...full, 50, 'in', 50, 'in', 50, 'in', 50)).toBe(12);
  });

  it('shrinks to nine tenths with each slow one, down to the least', () => {
    expect(limitAfter(...full, 101)).toBe(9);
    expect(limitAfter(...full, 101, 101)).toBeCloseTo(8.1);
    expect(limitAfter(...full, ...Array.from({ length: 10 }, () => 500))).toBe(5);
  });
});
