import { setup } from 'xstate';

/**
 * One worker of a service.
 *
 * Events: `take` (it begins to handle something), `work` and `worked` (inside `ctx.work`), `release` (its handler has ended).
 * `running` is everything the handler does that is not work: with a blocking worker this includes waiting for others.
 * Not modelled here: what it works on, how long, crashes.
 */
export const workerMachine = setup({
  types: { events: {} as { type: 'take' } | { type: 'work' } | { type: 'worked' } | { type: 'release' } },
}).createMachine({
  id: 'worker',
  initial: 'free',
  states: {
    free: { on: { take: 'running' } },
    running: { on: { work: 'working', release: 'free' } },
    working: { on: { worked: 'running', release: 'free' } },
  },
});
