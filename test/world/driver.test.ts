import { describe, expect, it } from 'vitest';
import { assign, createMachine, emit, enqueueActions, fromPromise, raise, sendTo, setup, spawnChild, type AnyStateMachine } from 'xstate';
import { callMachine, serviceMachine, workerMachine } from '../../src/machines/index';
import { Driver } from '../../src/world/driver';

const lamp = setup({
  types: {
    context: {} as { lit: number; last: unknown },
    events: {} as { type: 'press'; payload?: unknown } | { type: 'twice' } | { type: 'fail' },
  },
  actions: {
    notice: () => undefined,
    fall: () => {
      throw new Error('fell');
    },
  },
  delays: { patience: ({ context }) => 100 * context.lit },
}).createMachine({
  id: 'lamp',
  context: { lit: 0, last: undefined },
  initial: 'off',
  states: {
    off: {
      on: {
        press: { target: 'on', actions: [assign({ lit: ({ context }) => context.lit + 1, last: ({ event }) => event.payload }), 'notice'] },
        fail: { actions: 'fall' },
      },
    },
    on: { on: { press: 'off', twice: { actions: [raise({ type: 'press' }), 'notice'] } }, after: { patience: 'off' } },
  },
});

describe.each(['specialised', 'xstate'] as const)('the %s engine', (engine) => {
  it('hands the payload to guards, assigns and actions', () => {
    const definition = new Driver(engine).define(lamp);
    const noticed: unknown[] = [];
    const instance = definition.create({}, { actions: { notice: (payload) => noticed.push(payload) } });
    const payload = { any: 'thing' };
    instance.send(definition.event('press'), payload);
    expect(noticed).toEqual([payload]);
    expect(instance.context).toEqual({ lit: 1, last: payload });
  });

  it('starts and cancels timers through the hooks and takes their events back by type', () => {
    const definition = new Driver(engine).define(lamp);
    const timers: unknown[] = [];
    const instance = definition.create(
      {},
      {
        schedule: (...timer) => timers.push(timer),
        cancel: (id) => timers.push(id),
      },
    );
    const press = definition.event('press');
    instance.send(press);
    instance.send(press);
    instance.send(press);
    const type = 'xstate.after.patience.lamp.on';
    expect(timers).toEqual([[type, 100, type], type, [type, 200, type]]);
    instance.send(definition.event(type));
    expect(definition.chart.configurations[instance.configuration]).toEqual(['lamp', 'lamp.off']);
  });

  it('reports each change of configuration once, and none for the first', () => {
    const definition = new Driver(engine).define(workerMachine);
    const reported: number[] = [];
    const instance = definition.create({}, { stateChanged: (configuration) => reported.push(configuration) });
    for (const type of ['take', 'take', 'work', 'worked', 'release']) instance.send(definition.event(type));
    expect(reported.map((configuration) => definition.chart.configurations[configuration]!.at(-1))).toEqual([
      'worker.running',
      'worker.working',
      'worker.running',
      'worker.free',
    ]);
  });

  it('lets an event that an action sends to its own instance wait, and one to another instance go at once', () => {
    const definition = new Driver(engine).define(serviceMachine);
    const [arrive, done] = [definition.event('arrive'), definition.event('done')];
    const seen: string[] = [];
    const input = { workers: 1, waitingLimit: 3 };
    const other = definition.create(input, { actions: { serve: () => seen.push('other serves') } });
    const instance = definition.create(input, {
      actions: {
        serve: (payload) => {
          seen.push(`serve ${String(payload)}`);
          if (payload === 1) {
            instance.send(done);
            instance.send(arrive, 2);
            other.send(arrive);
          }
          seen.push(`served ${String(payload)} ${instance.context['busy'] as number}`);
        },
      },
    });
    instance.send(arrive, 1);
    expect(seen).toEqual(['serve 1', 'other serves', 'served 1 1', 'serve 2', 'served 2 1']);
    expect([instance.context['busy'], other.context['busy']]).toEqual([1, 1]);
  });

  it('throws what a hook throws, and refuses to go on with that instance', () => {
    const definition = new Driver(engine).define(lamp);
    const instance = definition.create(
      {},
      {
        actions: {
          notice: () => {
            throw new Error('broken');
          },
        },
      },
    );
    expect(() => instance.send(definition.event('press'))).toThrow('broken');
    expect(() => instance.send(definition.event('press'))).toThrow('earlier error');
    const sound = definition.create({}, {});
    expect(() => sound.send(definition.event('fail'))).toThrow('fell');
  });

  it('keeps instances apart, though the machine has one context object', () => {
    const definition = new Driver(engine).define(lamp);
    const instance = definition.create({}, {});
    instance.send(definition.event('press'));
    expect(definition.create({}, {}).context).toEqual({ lit: 0, last: undefined });
  });

  it('does not write into the input when the context is the input', () => {
    const machine = createMachine({
      context: ({ input }) => input as unknown as { n: number },
      on: { add: { actions: assign({ n: ({ context }) => (context['n'] as number) + 1 }) } },
    }) as unknown as AnyStateMachine;
    const definition = new Driver(engine).define(machine);
    const input = { n: 1 };
    const instance = definition.create(input, {});
    instance.send(definition.event('add'));
    expect([input.n, instance.context['n']]).toEqual([1, 2]);
  });

  it('ignores unknown events and events after the end', () => {
    const machine = createMachine({
      id: 'short',
      initial: 'a',
      states: { a: { on: { end: 'z' } }, z: { type: 'final' } },
      on: { end: '.a' },
    });
    const definition = new Driver(engine).define(machine as unknown as AnyStateMachine);
    const instance = definition.create({}, {});
    for (const type of ['unheard of', 'end', 'end', 'unheard of']) instance.send(definition.event(type));
    expect(definition.chart.configurations[instance.configuration]).toEqual(['short', 'short.z']);
  });

  it('makes one definition of a machine', () => {
    const driver = new Driver(engine);
    expect(driver.define(callMachine)).toBe(driver.define(callMachine));
    expect(driver.define(callMachine)).not.toBe(driver.define(workerMachine));
  });

  it.each([
    ['invoke', { invoke: { src: fromPromise(() => Promise.resolve(1)) } }],
    ['enqueueActions', { entry: enqueueActions(() => undefined) }],
    ['spawnChild', { entry: spawnChild(fromPromise(() => Promise.resolve(1))) }],
    ['sendTo', { entry: sendTo('other', { type: 'x' }) }],
    ['emit', { entry: emit({ type: 'x' }) }],
    ['raise of a computed event', { entry: raise(() => ({ type: 'x' })) }],
    ['raise with a delay and without an id', { entry: raise({ type: 'x' }, { delay: 1 }) }],
    ['the unknown guard "nobody"', { on: { x: { guard: 'nobody' } } }],
    ['the unknown delay "whenever"', { initial: 'a', states: { a: { after: { whenever: {} } } } }],
  ])('says that a machine with %s cannot be specialised', (feature, config) => {
    const machine = createMachine({ id: 'clever', ...config } as never) as unknown as AnyStateMachine;
    expect(() => new Driver(engine).define(machine)).toThrow(`Machine "clever" cannot be specialised: it uses ${feature}`);
  });
});

describe('the code of a transition that only asks, assigns and moves', () => {
  const evaluate = (parameters: string[], code: string) => new Function(...parameters, code) as () => unknown;
  const counter = setup({
    types: { context: {} as { sum: number }, events: {} as { type: 'add'; payload?: unknown } },
    guards: { isLarge: ({ event }) => large(event.payload) },
    actions: { sum: assign({ sum: ({ context, event }) => context.sum + (event.payload as number) }) },
  }).createMachine({
    id: 'counter',
    context: () => ({ sum: 0 }),
    initial: 'small',
    states: { small: { on: { add: [{ guard: 'isLarge', target: 'large' }, { actions: 'sum' }] } }, large: { on: { add: 'small' } } },
  });
  const large = (payload: unknown): boolean => {
    if (typeof payload !== 'number') throw new Error('no number');
    return payload > 100;
  };
  const start = () => {
    const definition = new Driver('specialised', { evaluate, afterWalks: 1 }).define(counter);
    const seen: number[] = [];
    const instance = definition.create({}, { stateChanged: (configuration) => seen.push(configuration) });
    const add = (payload: unknown): void => instance.send(definition.event('add'), payload);
    for (let turn = 0; turn < 10; turn++) add(turn);
    return { instance, seen, add };
  };

  it('counts once, also when it meets a branch that it does not know', () => {
    const { instance, seen, add } = start();
    add(1_000);
    add(1);
    for (let turn = 0; turn < 10; turn++) add(turn);
    expect(instance.context).toEqual({ sum: 90 });
    expect(seen).toEqual([1, 0]);
  });

  it('throws what a guard throws, and refuses to go on with that instance', () => {
    const { instance, add } = start();
    expect(() => add('text')).toThrow('no number');
    expect(() => add(1)).toThrow('earlier error');
    expect(instance.context).toEqual({ sum: 45 });
  });
});
