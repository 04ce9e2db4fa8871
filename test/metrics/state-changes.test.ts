import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SceneReader } from '../../src/metrics/scene';
import { startOf, stateChangeAt, stateChangesInSteps } from '../../src/metrics/state-changes';
import { atOnce } from '../../src/metrics/steps';
import { RecordKind } from '../../src/model/trace';
import { runFile } from '../world/run-file';

const lane = runFile(JSON.parse(readFileSync('public/scenarios/circuit-breaker.json', 'utf8')));
const reader = new SceneReader(lane);
const place = lane.places.findIndex((one) => one.kind === 'part' && one.id === 'breaker');
const chart = lane.charts[lane.chartOfPlace[place]!]!;
const found = atOnce(stateChangesInSteps(lane, place));
const records = [...found.records];
const changes = records.map((record) => stateChangeAt(reader, chart, record, found));
const last = (id: string): string => id.slice(id.lastIndexOf('.') + 1);

describe('changes of state', () => {
  it('are all those of the place, in order', () => {
    const all = Array.from({ length: reader.trace.end }, (_, record) => reader.trace.row(record));
    expect(records.length).toBeGreaterThan(3);
    expect(records).toEqual(all.filter((row) => row.kind === RecordKind.stateChanged && row.place === place).map(({ record }) => record));
    expect(changes.map(({ timeMicros }) => timeMicros)).toEqual(records.map((record) => reader.trace.timeOf(record)));
  });

  it('begin where the machine starts, and each leaves what the one before entered', () => {
    const first = changes.find(({ instance }) => instance === changes[0]!.instance)!;
    for (const id of first.left) expect(startOf(chart)).toContain(id);
    const inWhich = new Map<number, readonly string[]>();
    for (const { instance, left, entered } of changes) {
      for (const id of left) expect(inWhich.get(instance) ?? startOf(chart)).toContain(id);
      const { detail } = reader.trace.row(records[changes.findIndex((change) => change.entered === entered)]!);
      inWhich.set(instance, chart.configurations[detail]!);
    }
    expect(changes.slice(0, 2).map(({ left, entered }) => `${left.map(last).join(' ')} > ${entered.map(last).join(' ')}`)).toEqual([
      'closed > open',
      'open > halfOpen',
    ]);
  });

  it('name what may have set them off, the innermost state first', () => {
    const said = changes.map(
      ({ left, entered, events }) => `${left.map(last).join(' ')} > ${entered.map(last).join(' ')}: ${events.join(' ')}`,
    );
    expect(new Set(said)).toEqual(
      new Set([
        'closed > open: failed succeeded',
        'open > halfOpen: after openFor',
        'halfOpen > open: failed after openFor',
        'halfOpen > closed: succeeded',
      ]),
    );
  });

  it('name a crash and a live change only once something has gone wrong or has been changed', () => {
    const service = lane.places.findIndex(({ kind }) => kind === 'service');
    const chartOfService = lane.charts[lane.chartOfPlace[service]!]!;
    const undisturbed = atOnce(stateChangesInSteps(lane, service));
    const [first] = undisturbed.records;
    expect(undisturbed.disturbedFromMicros).toBe(Infinity);
    expect(stateChangeAt(reader, chartOfService, first!, undisturbed).events).toEqual(['arrive']);
    expect(stateChangeAt(reader, chartOfService, first!, { disturbedFromMicros: 0 }).events).toEqual(['arrive', 'configure']);
    const crashed = runFile(JSON.parse(readFileSync('public/scenarios/partition.json', 'utf8')));
    expect(atOnce(stateChangesInSteps(crashed, service)).disturbedFromMicros).toBe(20e6);
  });
});

it('starts in every region of a parallel state, and in no state beside the first', () => {
  const state = (id: string, parent: string | undefined, kind: 'atomic' | 'compound' | 'parallel', initial: boolean) => ({
    id,
    parent,
    kind,
    initial,
  });
  const states = [
    state('m', undefined, 'parallel', true),
    state('m.a', 'm', 'compound', true),
    state('m.a.one', 'm.a', 'atomic', true),
    state('m.a.two', 'm.a', 'compound', false),
    state('m.a.two.in', 'm.a.two', 'atomic', true),
    state('m.b', 'm', 'atomic', true),
  ];
  expect(startOf({ id: 'm', states, transitions: [], configurations: [] })).toEqual(['m', 'm.a', 'm.a.one', 'm.b']);
});
