import { and, assign, cancel, not, or, raise, setup, stateIn, type AnyStateMachine } from 'xstate';

/** What the actions of a random machine write to, and the way they send events to the instance that runs them. */
export interface Sink {
  log: string[];
  send: (type: string, payload: unknown) => void;
  /** How many more events the actions may send during the present step. */
  sendsLeft: number;
}

interface Args {
  context: { n: number; m: number };
  event: { type: string; payload?: unknown };
}
type Config = Record<string, unknown>;

export const EVENTS = ['A', 'B', 'C', 'D', 'unknown'];
export type Chance = (below: number) => number;

/** A small generator with a fixed seed: the same seed gives the same machine and the same events. */
export function chanceOf(seed: number): Chance {
  let state = (seed * 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

const payloadOf = (event: { payload?: unknown }): number => (typeof event.payload === 'number' ? event.payload : 0);

/**
 * A machine with nested and parallel states, history, final states and onDone, always, raise, after (numbers and functions), delayed
 * raise and cancel, entry, exit, reenter, wildcards, guards with params and combinators, and every form of assign.
 */
export function randomMachine(chance: Chance, sink: Sink): AnyStateMachine {
  const ids: string[] = [];
  const oneIn = (n: number) => chance(n) === 0;
  const note = (tag: string) => (args: Args) => {
    sink.log.push(`${tag} ${args.event.type} ${payloadOf(args.event)} ${args.context.n} ${args.context.m}`);
  };
  const tested = setup({
    types: { context: {} as { n: number; m: number }, events: {} as { type: string; payload?: number } },
    guards: {
      even: ({ context }) => context.n % 2 === 0,
      multiple: ({ context, event }, params: { of: number }) => (context.n + payloadOf(event)) % params.of === 0,
      evenOrThird: or(['even', ({ context }) => context.m % 3 === 0]),
    },
    actions: {
      noted: (args) => note('named')(args),
      notedWith: (args, params: { tag: string; n: number }) => note(`${params.tag}${params.n}`)(args),
      add: assign({ n: ({ context }, params: { by: number }) => (context.n + params.by) % 1_000 }),
      swap: assign({ n: ({ context }) => context.m, m: ({ context }) => context.n }),
      fromPayload: assign(({ context, event }) => ({ m: (context.m + payloadOf(event)) % 1_000 })),
      again: (args) => {
        note('again')(args);
        if (sink.sendsLeft-- > 0) sink.send(EVENTS[args.context.n % 4]!, args.context.m % 7);
      },
      hooked: () => undefined,
    },
    delays: { byContext: ({ context }) => 1 + (context.n % 9), fixed: 4 },
  });

  function action(tag: string): unknown {
    switch (chance(12)) {
      case 0:
        return assign({ n: ({ context }: Args) => (context.n + 1) % 1_000 } as never);
      case 1:
        return 'swap';
      case 2:
        return 'fromPayload';
      case 3:
        return { type: 'add', params: { by: 1 + chance(5) } };
      case 4:
        return { type: 'notedWith', params: ({ context }: Args) => ({ tag, n: context.n }) };
      case 5:
        return 'noted';
      case 6:
        return 'hooked';
      case 7:
        return oneIn(3) ? 'again' : note(tag);
      case 8:
        return oneIn(2) ? raise({ type: 'R', payload: chance(5) } as never) : note(tag);
      case 9:
        return oneIn(2)
          ? raise({ type: 'D' } as never, { id: `t${chance(3)}`, delay: oneIn(2) ? 'byContext' : 1 + chance(9) } as never)
          : note(tag);
      case 10:
        return oneIn(2) ? cancel(`t${chance(3)}`) : assign({ m: 3 } as never);
      default:
        return note(tag);
    }
  }
  const actions = (tag: string) => Array.from({ length: chance(3) }, (_, index) => action(`${tag}${index}`));
  const target = () => `#${ids[chance(ids.length)]!}`;

  function guard(depth = 2): unknown {
    const divisor = 2 + chance(3);
    switch (chance(depth > 0 ? 8 : 5)) {
      case 0:
        return 'even';
      case 1:
        return { type: 'multiple', params: { of: divisor } };
      case 2:
        return 'evenOrThird';
      case 3:
        return ({ context }: Args) => context.m % divisor === 0;
      case 4:
        return { type: 'multiple', params: ({ context }: Args) => ({ of: 1 + (context.m % divisor) }) };
      case 5:
        return and([guard(depth - 1), guard(depth - 1)] as never);
      case 6:
        return or([guard(depth - 1), oneIn(3) ? stateIn(target()) : guard(depth - 1)] as never);
      default:
        return not(guard(depth - 1) as never);
    }
  }

  function transition(tag: string): Config {
    return {
      ...(chance(6) > 0 ? { target: target() } : {}),
      ...(oneIn(2) ? { guard: guard() } : {}),
      ...(oneIn(6) ? { reenter: true } : {}),
      actions: actions(tag),
    };
  }

  function state(depth: number): Config {
    const id = `s${ids.length}`;
    ids.push(id);
    const kind = depth > 0 ? chance(4) : 0;
    const config: Config = { id, entry: actions(`in-${id}-`), exit: actions(`out-${id}-`) };
    if (kind === 0) return config;
    const states: Config = {};
    const count = kind === 3 ? 2 : 2 + chance(2);
    for (let index = 0; index < count; index++) states[`x${index}`] = state(depth - 1);
    if (oneIn(4)) {
      const history = `h${ids.length}`;
      ids.push(history);
      states['back'] = {
        id: history,
        type: 'history',
        history: oneIn(2) ? 'deep' : 'shallow',
        ...(kind !== 3 && oneIn(2) ? { target: 'x1' } : {}),
      };
    }
    if (kind === 3) return { ...config, type: 'parallel', states };
    if (oneIn(3)) {
      const end = `f${ids.length}`;
      ids.push(end);
      states['end'] = { id: end, type: 'final', entry: actions('end') };
    }
    return { ...config, initial: oneIn(3) ? { target: 'x0', actions: actions('initial') } : 'x0', states };
  }

  /** Transitions need the names of all states, so they come second. */
  function connect(config: Config, isRoot: boolean): void {
    const states = (config['states'] ?? {}) as Record<string, Config>;
    const id = String(config['id'] ?? 'root');
    if (config['type'] === 'history' || config['type'] === 'final') return;
    const on: Config = {};
    for (const event of ['A', 'B', 'C', 'D', 'R']) {
      if (chance(100) < (isRoot ? 10 : 40))
        on[event] = oneIn(2) ? transition(`${event}-${id}-`) : [transition(`${event}-${id}-`), transition(`${event}-${id}-`)];
    }
    if (oneIn(20)) on['*'] = transition('any');
    config['on'] = on;
    if (!isRoot && oneIn(4))
      config['after'] = { [oneIn(2) ? 'byContext' : oneIn(3) ? 'fixed' : 1 + chance(9)]: transition(`after-${id}-`) };
    if (oneIn(8))
      config['always'] = {
        target: target(),
        guard: ({ context }: Args) => context.n % 7 === 3,
        actions: [{ type: 'add', params: { by: 1 } }],
      };
    if (states['end'] !== undefined || (config['type'] === 'parallel' && oneIn(2))) config['onDone'] = transition(`done-${id}-`);
    for (const child of Object.values(states)) connect(child, false);
  }

  const states: Record<string, Config> = {};
  const count = 2 + chance(3);
  for (let index = 0; index < count; index++) states[`x${index}`] = state(2);
  if (oneIn(10)) {
    ids.push('finished');
    states['finished'] = { id: 'finished', type: 'final', entry: actions('finished') };
  }
  const root: Config = { id: 'root', initial: 'x0', context: { n: 0, m: 1 }, states, options: { maxIterations: 200 } };
  connect(root, true);
  return tested.createMachine(root as never) as unknown as AnyStateMachine;
}
