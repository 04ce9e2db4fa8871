import { describe, expect, it } from 'vitest';
import { and, createMachine, not, stateIn, type AnyStateMachine } from 'xstate';
import { callMachine, workerMachine } from '../../src/machines/index';
import { chartOf } from '../../src/world/machine-chart';

const charted = (config: object) => chartOf(createMachine(config as never) as unknown as AnyStateMachine);

describe('chartOf', () => {
  it('lists states and transitions in the order of the document', () => {
    const chart = chartOf(workerMachine);
    expect(chart.states).toEqual([
      { id: 'worker', parent: undefined, kind: 'compound', initial: true },
      { id: 'worker.free', parent: 'worker', kind: 'atomic', initial: true },
      { id: 'worker.running', parent: 'worker', kind: 'atomic', initial: false },
      { id: 'worker.working', parent: 'worker', kind: 'atomic', initial: false },
    ]);
    expect(chart.transitions[0]).toEqual({ from: 'worker.free', to: 'worker.running', event: 'take', guard: undefined, actions: [] });
    expect(chart.configurations).toEqual([
      ['worker', 'worker.free'],
      ['worker', 'worker.running'],
      ['worker', 'worker.working'],
    ]);
  });

  it('names guards and actions as the machine does', () => {
    expect(chartOf(callMachine).transitions.filter(({ event }) => event === 'error')).toEqual([
      { from: 'call.sent', to: 'call.backingOff', event: 'error', guard: 'attemptsLeft', actions: ['backOff'] },
      { from: 'call.sent', to: 'call.failed', event: 'error', guard: undefined, actions: ['fail'] },
    ]);
    const chart = charted({
      on: {
        x: [
          { guard: and(['a', not('b')] as never) },
          { guard: stateIn('#y') },
          { guard: () => true, actions: [{ type: 'c', params: {} }, () => undefined] },
        ],
      },
    });
    expect(chart.transitions.map(({ guard }) => guard)).toEqual(['(a and not b)', 'in #y', 'guard']);
    expect(chart.transitions[2]!.actions).toEqual(['c', 'inline']);
  });

  it('shows delayed, eventless and completion transitions', () => {
    const chart = charted({
      id: 'm',
      initial: 'a',
      states: {
        a: {
          initial: 'b',
          after: { 20: '.b', patience: '.c' },
          always: '.c',
          onDone: 'd',
          states: { b: {}, c: { type: 'final' }, back: { type: 'history' } },
        },
        d: {},
      },
    });
    expect(chart.transitions.map(({ event, to }) => [event, to])).toEqual([
      ['done', 'm.d'],
      ['after 20', 'm.a.b'],
      ['after patience', 'm.a.c'],
      ['always', 'm.a.c'],
    ]);
    expect(chart.states.find(({ id }) => id === 'm.a.back')).toEqual({ id: 'm.a.back', parent: 'm.a', kind: 'history', initial: false });
  });

  it('knows every configuration of parallel states', () => {
    const region = { initial: 'x', states: { x: {}, y: {} } };
    const chart = charted({ id: 'm', type: 'parallel', states: { a: region, b: region } });
    expect(chart.configurations).toEqual([
      ['m', 'm.a', 'm.a.x', 'm.b', 'm.b.x'],
      ['m', 'm.a', 'm.a.x', 'm.b', 'm.b.y'],
      ['m', 'm.a', 'm.a.y', 'm.b', 'm.b.x'],
      ['m', 'm.a', 'm.a.y', 'm.b', 'm.b.y'],
    ]);
    expect(chart.states.filter(({ initial }) => initial).map(({ id }) => id)).toEqual(['m', 'm.a', 'm.a.x', 'm.b', 'm.b.x']);
  });

  it('refuses a machine with more configurations than a trace can name', () => {
    const region = { initial: 's0', states: Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`s${index}`, {}])) };
    expect(() => charted({ type: 'parallel', states: { a: region, b: region, c: region } })).toThrow('more than 65536 configurations');
  });
});
